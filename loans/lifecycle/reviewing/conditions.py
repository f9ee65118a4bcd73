"""Conditions: asked for with the recommendation, met with evidence or waived, and kept before signing and sending.

One that was marked as met by mistake is opened again, as long as what it stands before has not happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from accounts.models import User
from loans import rules
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Advance, Application, Condition, ConditionWords, Document, Event, Loan, Reopening, Waiver
from loans.models.loan import OVER


@dataclass(frozen=True)
class Passed:
    """Whether all have signed, and the highest number of an advance that has left, 0 for none."""

    is_signed: bool
    sent_up_to: int

    def holds(self, condition: Condition) -> bool:
        """Whether what the condition stands before has happened."""
        if condition.before == Condition.Before.SIGNING:
            return self.is_signed
        return bool(condition.guards(self.sent_up_to))


def _made(event: Event) -> Condition:
    condition: Condition = Condition.objects.get(event=event)
    return condition


def _touched(event: Event) -> Condition:
    condition: Condition = Condition.objects.get(pk=event.detail["condition"])
    return condition


@once_only(_made)
def add_condition(
    application: Application,
    *,
    by: User,
    before: str,
    advance: int | None = None,
    words: str = "",
    text_en: str = "",
    text_fr: str = "",
    once: Once | None = None,
) -> Condition:
    """Ask for something before signing, or before an advance (of this number, or any): Condition.Before.

    `words` is a code of the bank; else both texts are typed. Raises Refused: not_listed (before, words),
    condition_in_both_languages, advance_of_money.
    """
    if before not in Condition.Before.values:
        raise Refused("not_listed", field="before")
    if advance is not None and (before != Condition.Before.ADVANCE or not 1 <= advance <= 9):
        raise Refused("advance_of_money")
    typed = {"typed_en": text_en.strip() or None, "typed_fr": text_fr.strip() or None}
    if any(typed.values()) if words else not all(typed.values()):
        raise Refused("condition_in_both_languages")
    detail = {"before": before, **({"advance": advance} if advance else {})}
    with deed(application.add_condition, by=by, once=once, detail=detail) as case:
        condition: Condition = Condition.objects.create(
            application=case,
            event=case.event,
            words=_of_the_bank(case, words) if words else None,
            before=before,
            advance=advance,
            **typed,
        )
    return condition


@once_only(_touched)
def drop_condition(application: Application, *, by: User, condition: Condition, once: Once | None = None) -> Condition:
    """Take a condition out again before the decision. Raises Refused("condition_closed")."""
    with deed(application.drop_condition, by=by, once=once, detail={"condition": condition.pk}) as case:
        return _close(case, condition, Condition.Outcome.DROPPED)


@once_only(_touched)
def meet_condition(
    application: Application,
    *,
    by: User,
    condition: Condition,
    note: str = "",
    document: int | None = None,
    once: Once | None = None,
) -> Condition:
    """An officer has seen that it is met: `note` says what was seen, `document` is the key of an accepted paper.

    Raises Refused: no_evidence, not_an_accepted_paper, condition_closed.
    """
    if not note.strip() and document is None:
        raise Refused("no_evidence")
    with deed(application.meet_condition, by=by, once=once, detail={"condition": condition.pk}) as case:
        paper = None
        if document is not None:
            accepted = case.documents.filter(state=Document.State.ACCEPTED, erased_on=None)
            paper = accepted.filter(pk=document).first()
            if paper is None:
                raise Refused("not_an_accepted_paper")
        return _close(case, condition, Condition.Outcome.MET, note=note.strip() or None, document=paper)


@once_only(_touched)
def reopen_condition(
    application: Application, *, by: User, condition: Condition, reason: str, once: Once | None = None
) -> Condition:
    """It was marked as met by mistake: it is open again, and what had been seen stays in a row of its own.

    Raises Refused: no_words, condition_not_met, gate_passed.
    """
    if not reason.strip():
        raise Refused("no_words", field="reason")
    detail = {"condition": condition.pk}
    with deed(application.reopen_condition, by=by, note=reason.strip(), once=once, detail=detail) as case:
        found: Condition = case.conditions.get(pk=condition.pk)
        if found.outcome != Condition.Outcome.MET or found.closed is None:
            raise Refused("condition_not_met")
        if passed(case).holds(found):
            raise Refused("gate_passed")
        Reopening.objects.create(
            condition=found, event=case.event, met=found.closed, note=found.note, document=found.document
        )
        found.outcome, found.closed, found.note, found.document = "", None, None, None
        found.save()
    return found


@once_only(_touched)
def waive_condition(
    application: Application, *, by: User, condition: Condition, reason: str, once: Once | None = None
) -> Condition:
    """Somebody who may decide the case does without the condition, and says why.

    Above the sum that one person may grant it is waived once as many committee members have said so as must be in
    favour of a loan. Raises Refused: no_words, waived_already, condition_closed.
    """
    if not reason.strip():
        raise Refused("no_words", field="reason")
    with deed(application.waive_condition, by=by, once=once, detail={"condition": condition.pk}) as case:
        found = _open(case, condition)
        if found.waivers.filter(by=by).exists():
            raise Refused("waived_already")
        Waiver.objects.create(condition=found, by=by, event=case.event, reason=reason.strip())
        if counted(case, found.waivers.select_related("by")) >= waivers_needed(case):
            return _close(case, found, Condition.Outcome.WAIVED)
    return found


def counted(case: Application, waivers: Iterable[Waiver]) -> int:
    """How many of these count: of those who may still decide on this case."""
    return sum(rules.may_waive_condition(case, waiver.by) for waiver in waivers)


def waivers_needed(case: Application) -> int:
    """How many must do without a condition: one, or above the limit as many as carry a vote."""
    return int(case.product.votes_needed) if case.is_for_the_committee else 1


def named(case: Application) -> dict[str, Any]:
    """The keys of the conditions that stand now, as a line of the story keeps them; nothing where there are none."""
    keys = list(case.conditions.standing().values_list("pk", flat=True))
    return {"conditions": keys} if keys else {}


def refuse_other_conditions(case: Application) -> None:
    """Refuse a decision whose line names other conditions than stand. Called inside a step, when the case is locked.

    Raises Refused("stale_file").
    """
    if case.event.detail.get("conditions", []) != named(case).get("conditions", []):
        raise Refused("stale_file")


def decided_on(event: Event) -> list[Condition]:
    """The conditions that a recommendation or a yes named, as `event` keeps them."""
    keys = event.detail.get("conditions", [])
    return list(Condition.objects.filter(pk__in=keys).select_related("words")) if keys else []


def conditions_of(loan: Loan) -> list[Condition]:
    """What was asked for with this loan; of an offer that is over nothing is asked any more."""
    if loan.state in OVER:
        return []
    return list(loan.application.conditions.standing())


def passed(case: Application) -> Passed:
    """What of the loan of a case has happened; nothing where no offer stands."""
    sent = Max("advances__number", filter=Q(advances__state=Advance.State.SENT))
    standing = case.loans.exclude(state__in=OVER).annotate(sent=sent).order_by("-pk")
    state, sent_up_to = standing.values_list("state", "sent").first() or (Loan.State.OFFERED, None)
    return Passed(is_signed=state != Loan.State.OFFERED, sent_up_to=sent_up_to or 0)


def refuse_before_signing(loan: Loan) -> None:
    """Raise Refused("open_before_signing") while something is needed before the agreement is signed."""
    if loan.application.conditions.before_signing().exists():
        raise Refused("open_before_signing")


def refuse_before_advance(advance: Advance) -> None:
    """Raise Refused("open_before_advance") while something is needed before this advance leaves."""
    if advance.loan.application.conditions.before_advance(advance.number).exists():
        raise Refused("open_before_advance")


def _of_the_bank(case: Application, code: str) -> ConditionWords:
    offered: dict[str, ConditionWords] = {row.code: row for row in ConditionWords.in_force(case.product.purpose)}
    if code not in offered:
        raise Refused("not_listed", field="words")
    return offered[code]


def _open(case: Application, condition: Condition) -> Condition:
    """The condition afresh, of this case and still open; the case is locked."""
    found: Condition = case.conditions.get(pk=condition.pk)
    if not found.is_open:
        raise Refused("condition_closed")
    return found


def _close(
    case: Application,
    condition: Condition,
    outcome: Condition.Outcome,
    *,
    note: str | None = None,
    document: Document | None = None,
) -> Condition:
    found = _open(case, condition)
    found.outcome, found.closed, found.note, found.document = outcome, case.event, note, document
    found.save()
    return found

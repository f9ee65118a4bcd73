"""Flags: what should be looked at before a case is decided, worked out afresh, and what somebody answered about each.

A flag refuses nothing by itself. It is open until somebody answers it, and open again once its facts are others than
those of the answer. `flags_of` is the one place where they are worked out.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse

from accounts.models import User
from config import clock
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.flag_facts import KINDS, LIVING_RULE, SAME_PERSON, SANCTIONS, STAFF_TIE, found_in
from loans.lifecycle.reviewing.flag_file import File, Found
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.lifecycle.tell import tell_colleague
from loans.models import Application, BankAccount, EligibilityRule, Event, FlagAnswer, FlagCount, Party, Recommendation

__all__ = ["KINDS", "Flag", "answer_flag", "count", "count_flags", "flags_of", "told", "with_flags"]

Verdict = FlagAnswer.Verdict
ABOUT_A_PERSON = (SAME_PERSON, STAFF_TIE, SANCTIONS)  # who may turn out to be somebody else


@dataclass(frozen=True)
class Flag:
    """What was found, and the newest answer about it (None: nobody has answered); `holds` while it is about this."""

    found: Found
    answer: FlagAnswer | None
    holds: bool

    @property
    def kind(self) -> str:
        """One of loans.lifecycle.reviewing.flag_facts.KINDS."""
        return self.found.kind

    @property
    def key(self) -> str:
        """Its name among the flags of the case."""
        return self.found.key

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it: nobody has, or its facts have changed since."""
        return not self.holds

    @property
    def is_followed(self) -> bool:
        """Whether whoever looked at it says that more is to be done."""
        return self.holds and self.answer is not None and self.answer.verdict == Verdict.FOLLOW

    @property
    def verdicts(self) -> list[str]:
        """What may be answered."""
        is_person = self.kind in ABOUT_A_PERSON
        return [verdict for verdict in Verdict.values if is_person or verdict != Verdict.SOMEBODY_ELSE]

    @property
    def token(self) -> str:
        """What a form has seen of this flag: it changes with its facts."""
        return hashlib.sha256(told(self.found).encode()).hexdigest()[:32]


def told(found: Found) -> str:
    """The facts of a flag as one text: the same facts give the same text."""
    return json.dumps([found.kind, found.facts], sort_keys=True)


def flags_of(case: Application, reader: User | None = None) -> list[Flag]:
    """The flags of a case that was sent: open ones first, then those to be followed, then those answered.

    Plain values, for a page, the memo and the frozen record alike: `found.facts` are codes, keys, cents and days, and
    what is told `beside` them may hold names. With a `reader`, each case of somebody alike says whether they may open
    it. Writes nothing. Five queries for a case of `with_flags`: the findings, cases of people alike, staff, entries of
    the lists of sanctions, what the office said of it; where somebody else gave the same bank details, who; and where
    the product follows an index, its rate.
    """
    answers, references, terms = _said_by_the_office(case)
    flags = []
    for found in found_in(File(case, reader, references, terms)):
        answer = answers.get(found.key)
        flags.append(Flag(found, answer, answer is not None and answer.is_about(told(found))))
    return sorted(flags, key=lambda flag: (not flag.is_open, not flag.is_followed))


def _said_by_the_office(case: Application) -> tuple[dict[str, FlagAnswer], list[str], Recommendation | None]:
    """The newest answer about each flag, the names of those asked about the person, and the newest recommendation."""
    told_of = Q(flag_answer__isnull=False) | Q(reference__isnull=False) | Q(recommendation__isnull=False)
    events = case.events.filter(told_of).select_related("by", "note", "flag_answer", "reference", "recommendation")
    answers, references, terms = {}, [], None
    for event in events.order_by("pk"):
        if hasattr(event, "flag_answer"):
            event.flag_answer.event = event
            answers[event.flag_answer.flag] = event.flag_answer
        elif hasattr(event, "reference"):
            references.append(event.reference.name)
        else:
            terms = event.recommendation
    return answers, references, terms


def with_flags(cases: Any) -> Any:
    """These cases (a query), each with all that `flags_of` reads of it: two queries beside the one for the cases."""
    rows = EligibilityRule.objects.filter(product=OuterRef("product"), rule=LIVING_RULE)
    parties = Prefetch("parties", Party.objects.select_related("user"))
    cases = cases.select_related("product__fund", "applicant__user", "reviewer", "baseline")
    cases = cases.prefetch_related(parties, "submissions")
    same = BankAccount.objects.filter(number_hash=OuterRef("number_hash"))
    elsewhere = same.exclude(party__user=OuterRef("party__user")).exclude(
        party__application=OuterRef("party__application")
    )
    shared = BankAccount.objects.filter(Exists(elsewhere), party__application=OuterRef("pk")).exclude(number_hash="")
    return cases.annotate(living_limit=Subquery(rows.values("operand")[:1]), shares_account=Exists(shared))


def _answer_of(event: Event) -> FlagAnswer:
    answer: FlagAnswer = FlagAnswer.objects.get(event=event)
    return answer


@once_only(_answer_of)
def answer_flag(
    application: Application, *, by: User, flag: str, verdict: str, note: str, seen: str = "", once: Once | None = None
) -> FlagAnswer:
    """Say what a flag (its key) is, and in the note how one knows. A further answer about it takes the place of this.

    `seen` is the flag's token as the form showed it. Raises Refused: empty_note, unknown_flag, flag_changed,
    not_listed, flag_about_you.
    """
    if not note.strip():
        raise Refused("empty_note")
    told_so = {"flag": flag, "verdict": verdict}
    with deed(application.answer_flag, by=by, note=note.strip(), once=once, detail=told_so) as case:
        it = next((each for each in flags_of(case) if each.key == flag), None)
        if it is None:
            raise Refused("unknown_flag")
        if it.kind == STAFF_TIE and it.found.facts["person"] == by.pk:
            raise Refused("flag_about_you")
        if verdict not in it.verdicts:
            raise Refused("not_listed", field="verdict")
        if seen and seen != it.token:
            raise Refused("flag_changed")
        answer = FlagAnswer(application=case, event=case.event, flag=flag, verdict=verdict)
        answer.facts_hash = answer.hash_of(told(it.found))
        answer.save()
        count(case)
    return answer


def count(case: Application) -> FlagCount:
    """Count the flags of a case now; whoever calls holds its lock."""
    return _counted(case, flags_of(case))


def _counted(case: Application, flags: list[Flag]) -> FlagCount:
    counted = {
        "counted_at": clock.now(),
        "open": sum(flag.is_open for flag in flags),
        "followed": sum(flag.is_followed for flag in flags),
    }
    row: FlagCount = FlagCount.objects.update_or_create(application=case, defaults=counted)[0]
    return row


def count_flags(day: date) -> Tally:
    """The clock counts the flags of every case under way anew: other people came, a list was loaded, days went by.

    Of a name on a list of sanctions that is new, its officer gets a letter.
    """

    def count_afresh(row: Any) -> None:
        case = Application.objects.select_for_update().get(pk=row.pk)
        flags = flags_of(case)
        _tell_of_sanctions(case, flags, _counted(case, flags))

    return one_by_one(Application.objects.filter(state__in=Application.UNDER_WAY), "count_flags", count_afresh)


def _tell_of_sanctions(case: Application, flags: list[Flag], counted: FlagCount) -> None:
    """Write to the officer of the case about open names on lists: once about each."""
    hits = {flag.token for flag in flags if flag.kind == SANCTIONS and flag.is_open}
    new = sorted(hits - set(counted.sanctions_told))
    if not new or case.reviewer is None:
        return
    counted.sanctions_told = [*counted.sanctions_told, *new]
    counted.save(update_fields=["sanctions_told"])
    here = settings.SITE_URL + reverse("case_flags", args=[case.reference])
    occasion = f"sanctions:{case.pk}:{hashlib.sha256(''.join(new).encode()).hexdigest()[:32]}"
    tell_colleague(case, case.reviewer, "sanctions_hit", occasion=occasion, count=len(new), link=here)

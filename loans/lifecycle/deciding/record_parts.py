"""The parts of a file that a decision freezes, each by its name: what a decider read, as codes, sums and words.

A further part is a function here or in a file of its own, and its line in PARTS. It takes a CaseFile and gives plain
values: texts, whole numbers, lists, dictionaries. The live memo reads the same parts, but for those of FROZEN_ONLY.
No part reads what people told of themselves voluntarily.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from config import clock
from loans.lifecycle.deciding import record_checks, record_policy
from loans.lifecycle.deciding.record_figures import (
    Plain,
    case_in_figures,
    day,
    month_in_figures,
    recommended_figures,
    verdict_in_words,
)
from loans.lifecycle.reviewing.ladder import Standing, standing_of
from loans.models import Application, Document, Event, Submission, Vote

# The answers that say who asks for what and why; sums of the household and the plan stand among the figures.
QUOTED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "business": (
        ("business", ("business_name", "what", "stage", "structure", "began_on", "share")),
        ("work", ("work_status", "occupation", "trained_occupation")),
        ("month", ("sales", "goods", "rent", "wages", "other", "drawings", "ramp", "own_money")),
        ("signers", ("has_co_signer",)),
    ),
    "training": (
        ("study-plan", ("programme", "school", "goal", "starts_on", "ends_on")),
        ("work", ("work_status", "occupation", "trained_occupation")),
        ("signers", ("has_co_signer",)),
    ),
}
# Of these lines of the story the words are read too: they are said about the decision.
SPOKEN = ("send_back", "appeal", "approve", "decline", "uphold", "grant_appeal")
MOVES = ("declare_conflict", "lift_conflict", "hand_over")  # told in the story though no state moved


@dataclass
class CaseFile:
    """A case that was sent, and what several parts read of it, read once."""

    case: Application

    @cached_property
    def submission(self) -> Submission:
        """The newest form as it was sent."""
        found: Submission = list(self.case.submissions.all())[-1]
        return found

    @cached_property
    def standing(self) -> Standing:
        """Where the case stands by its figures."""
        return standing_of(self.case)

    @cached_property
    def story(self) -> list[Event]:
        """Every line of the story, oldest first, with what hangs on it."""
        hanging = ("by", "note", "reference", "task__for_whom", "task__letter__to", "conflict__user")
        return list(self.case.events.select_related(*hanging).order_by("pk"))


def asked(file: CaseFile) -> Plain:
    """Who asks for what, from which product, in which form."""
    case, sent, product = file.case, file.submission, file.case.product
    return {
        "reference": case.reference,
        "applicant": str(case.applicant),
        "sent": {"key": sent.pk, "number": sent.number, "on": day(sent.sent_at)},
        "requested_cents": sent.requested_cents,
        "repayment_months": sent.repayment_months,
        "costs_cents": sent.costs_cents,
        "misfits": sent.misfits,
        "product": {
            "key": product.pk,
            "code": product.code,
            "purpose": product.purpose,
            "name_en": product.name_en,
            "name_fr": product.name_fr,
            "from": product.effective_from.isoformat(),
            "min_cents": product.min_cents,
            "max_cents": product.max_cents,
        },
    }


def words(file: CaseFile) -> Plain:
    """The answers that are quoted, as understood: [page, question, value]."""
    found = []
    for section, fields in QUOTED.get(file.case.product.purpose, ()):
        said = dict(file.submission.lines(section)).get(0, {})
        found += [[section, field, said[field]] for field in fields if said.get(field) not in (None, "", [])]
    return found


def forms(file: CaseFile) -> Plain:
    """Every form as it was sent, by key and hash."""
    return [
        {"key": sent.pk, "number": sent.number, "on": day(sent.sent_at), "hash": record_policy.hash_of(sent.answers)}
        for sent in file.case.submissions.all()
    ]


def papers(file: CaseFile) -> Plain:
    """The papers by key and the hashes of their pages: one query."""
    held: dict[int, dict[str, Any]] = {}
    columns = ("pk", "kind", "state", "added_at", "erased_on", "page_hashes", "pages__file__sha256")
    rows = file.case.documents.exclude(state=Document.State.REPLACED).order_by("pk", "pages__number")
    for key, kind, state, added_at, erased_on, hashes, page in rows.values_list(*columns):
        new = {"key": key, "kind": kind, "state": state, "on": day(added_at), "hashes": list(hashes)}
        found = held.setdefault(key, {**new, "is_erased": erased_on is not None})
        found["hashes"] += [page] if page else []
    return list(held.values())


def references(file: CaseFile) -> Plain:
    """Who was asked about the person: how they know them and what they said. Their names stay in the diary."""
    found = [event.reference for event in file.story if hasattr(event, "reference")]
    return [
        {
            "relation": each.relation,
            "how": each.how,
            "on": each.on.isoformat(),
            "verdict": each.verdict,
            "said": each.said or "",
        }
        for each in found
    ]


def tasks(file: CaseFile) -> Plain:
    """What is still to be done."""
    found = [event.task for event in file.story if hasattr(event, "task")]
    return [
        {"what": task.words, "for": str(task.for_whom), "by": task.due_on.isoformat()}
        for task in found
        if task.closed_id is None
    ]


def conflicts(file: CaseFile) -> Plain:
    """Who may not work on the case. What the tie is stands on no memo."""
    found = [event.conflict for event in file.story if hasattr(event, "conflict")]
    return [{"person": str(each.user), "on": day(each.event.at)} for each in found if each.ended_at is None]


def recommendation(file: CaseFile) -> Plain:
    """The terms that an officer stands for, why, and what they come to; None before that."""
    terms = file.case.recommendation
    if terms is None:
        return None
    event = next(event for event in file.story if event.pk == terms.event_id)
    return {
        "key": terms.pk,
        "by": str(event.by),
        "on": day(event.at),
        "told": event.detail,
        "note": _note_of(event),
        **recommended_figures(file.case, terms),
    }


def votes(file: CaseFile) -> Plain:
    """The votes on the newest terms: by which rule, who voted, and how and why once they are counted."""
    if not file.case.is_for_the_committee:
        return None
    terms, product = file.case.recommendation, file.case.product
    counted = terms.vote_count if terms.is_counted else None
    return {
        "needed": counted.needed if counted else product.votes_needed,
        "quorum": counted.quorum if counted else product.quorum or product.votes_needed,
        "counted": counted
        and {
            "on": day(counted.counted_at),
            "seats": counted.seats,
            "in_favour": counted.in_favour,
            "against": counted.against,
            "is_carried": counted.is_carried,
        },
        "rows": [
            _vote(vote, is_open=counted is not None) for vote in Vote.objects.for_a_page().filter(recommendation=terms)
        ],
    }


def _vote(vote: Any, *, is_open: bool) -> dict[str, Any]:
    told = {"by": str(vote.by), "on": day(vote.event.at), "counts": vote.counts}
    return {**told, "said": vote.said, "why": _note_of(vote.event)} if is_open else told


def story(file: CaseFile) -> Plain:
    """The moves of the case, oldest first; of what was said about a decision the words too."""
    return [
        {
            "what": [event.subject_kind, event.verb],
            "who": str(event.by) if event.by else "",
            "on": day(event.at),
            **_spoken(event),
        }
        for event in file.story
        if event.subject_kind == "application" and (event.from_state != event.to_state or event.verb in MOVES)
    ]


def _spoken(event: Event) -> dict[str, Any]:
    if event.verb not in SPOKEN:
        return {"told": {}, "note": ""}
    told = {name: event.detail[name] for name in ("reasons", "words") if name in event.detail}
    return {"told": told, "note": _note_of(event)}


def _note_of(event: Event) -> str:
    return event.note.text if hasattr(event, "note") else ""


PARTS: dict[str, Callable[[CaseFile], Plain]] = {
    "asked": asked,
    "words": words,
    "verdict": lambda file: verdict_in_words(file.case, file.standing),
    "figures": lambda file: case_in_figures(file.standing),
    "month": lambda file: month_in_figures(file.standing),
    "credit_reports": lambda file: record_checks.reports_in_figures(file.case),
    "checklist": lambda file: record_checks.checklist_in_words(file.case),
    "flags": lambda file: record_checks.flags_in_words(file.case),
    "conditions": lambda file: record_checks.conditions_in_words(file.case),
    "papers": papers,
    "references": references,
    "tasks": tasks,
    "conflicts": conflicts,
    "recommendation": recommendation,
    "votes": votes,
    "story": story,
    "forms": forms,
    "policy": lambda file: record_policy.policy_of(file.case),
}
FROZEN_ONLY = ("forms", "policy")  # proof, not reading


def frozen_parts(file: CaseFile) -> dict[str, Any]:
    """All that a decision freezes."""
    return {"taken_on": clock.today().isoformat(), **{name: part(file) for name, part in PARTS.items()}}


def live_parts(file: CaseFile) -> dict[str, Any]:
    """What a memo shows, of the file as it stands."""
    shown = {name: part(file) for name, part in PARTS.items() if name not in FROZEN_ONLY}
    return {"taken_on": clock.today().isoformat(), **shown}

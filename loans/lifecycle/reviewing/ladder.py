"""The ladder of figures: what the officer finds about what was said, and where the case stands by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from applicants.target_group import TargetGroup
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.household import Load, Month, load_of, months_of, requested_terms
from loans.lifecycle.step import deed
from loans.models import Application, Event, Finding
from loans.models.ladder import LOOKED_AT, Group, Ladder, Line, ladder_of
from loans.sections import MOST_CENTS

PAPER, ADJUSTED = Finding.Rung.PAPER, Finding.Rung.ADJUSTED


def _finding_of(event: Event) -> Finding:
    found: Finding = Finding.objects.get(event=event)
    return found


@once_only(_finding_of)
def note_paper(
    application: Application,
    *,
    by: User,
    line: str,
    cents: int,
    document: int,
    note: str = "",
    seen: str = "",
    once: Once | None = None,
) -> Finding:
    """Write down what a paper of the case (`document`, its key) shows of a line; the note says where it stands.

    `seen` is the line's token as the form showed it. Raises Refused: unknown_line, figure_moved, not_a_sum,
    not_a_paper_of_the_case.
    """
    detail = {"line": line, "cents": cents, "document": document}
    with _on_line(application.note_paper, line, seen, by=by, note=note.strip(), detail=detail, once=once) as (case, it):
        if it.is_verdict:
            raise Refused("unknown_line")
        _check_sum(cents)
        if not case.documents.filter(pk=document, state__in=LOOKED_AT, erased_on=None).exists():
            raise Refused("not_a_paper_of_the_case")
        return _keep(case, it, PAPER, cents=cents, document_id=document)


@once_only(_finding_of)
def adjust(
    application: Application,
    *,
    by: User,
    line: str,
    note: str,
    cents: int | None = None,
    group: str = "",
    seen: str = "",
    once: Once | None = None,
) -> Finding:
    """Count another figure than was said or is on paper, or of the verdict another target `group`; the note says why.

    Raises Refused: empty_note, unknown_line, figure_moved, not_a_sum, unknown_group.
    """
    if not note.strip():
        raise Refused("empty_note")
    detail = {"line": line, "cents": cents, "group": group}
    with _on_line(application.adjust, line, seen, by=by, note=note.strip(), detail=detail, once=once) as (case, it):
        if it.is_verdict:
            if group not in list(TargetGroup):
                raise Refused("unknown_group")
            return _keep(case, it, ADJUSTED, group=group)
        _check_sum(cents)
        return _keep(case, it, ADJUSTED, cents=cents)


@once_only(_finding_of)
def take_back(
    application: Application,
    *,
    by: User,
    line: str,
    rung: str,
    note: str = "",
    seen: str = "",
    once: Once | None = None,
) -> Finding:
    """Take back what was found last on a rung: what lies below counts again. The rows before it stay.

    Raises Refused: unknown_line, figure_moved, nothing_found.
    """
    detail = {"line": line, "rung": rung}
    with _on_line(
        application.take_back, line, seen, by=by, note=note.strip(), detail=detail, once=once, may_be_gone=True
    ) as (case, it):
        if it.newest(rung) is None:
            raise Refused("nothing_found")
        return _keep(case, it, rung, is_taken_back=True)


@once_only(_finding_of)
def confirm_finding(
    application: Application, *, by: User, line: str, rung: str, seen: str = "", once: Once | None = None
) -> Finding:
    """Let what was found about an earlier answer count for the newest one too: a new row says so.

    Raises Refused: unknown_line, figure_moved, nothing_found, not_a_paper_of_the_case (it was refused since).
    """
    with _on_line(application.confirm_finding, line, seen, by=by, detail={"line": line, "rung": rung}, once=once) as (
        case,
        it,
    ):
        found = it.newest(rung)
        if found is None or not it.is_earlier(found):
            raise Refused("nothing_found")
        if it.is_refused(found):
            raise Refused("not_a_paper_of_the_case")
        return _keep(case, it, rung, cents=found.cents, group=found.group, document_id=found.document_id)


@contextmanager
def _on_line(
    move: Any, line: str, seen: str, *, may_be_gone: bool = False, **told: Any
) -> Iterator[tuple[Application, Line]]:
    """The road of every finding: the case afresh and locked, and the line as it stands on it."""
    with deed(move, **told) as case:
        it = ladder_of(case).lines().get(line)
        if it is None or (it.is_gone and not may_be_gone):
            raise Refused("unknown_line")
        if seen and seen != it.token:
            raise Refused("figure_moved")
        yield case, it


def _check_sum(cents: int | None) -> None:
    if cents is None or not 0 <= cents <= MOST_CENTS:
        raise Refused("not_a_sum")


def _keep(case: Application, it: Line, rung: str, **found: Any) -> Finding:
    kept: Finding = Finding.objects.create(
        application=case,
        event=case.event,
        section=it.section,
        field=it.field,
        line=it.number,
        rung=rung,
        said_cents=it.said_cents,
        said_as=it.said_as,
        **found,
    )
    return kept


@dataclass(frozen=True)
class Standing:
    """Where a case stands by its figures: the ladder, the household's month, and what the loan asks of it.

    `requested` and `recommended` are None when no plan can be made of the terms, or nobody has recommended any.
    """

    ladder: Ladder
    said: Month
    counting: Month
    requested: Load | None
    recommended: Load | None

    @property
    def groups(self) -> list[Group]:
        """Income, costs of the household, debts and costs of the plan; each has its lines."""
        return list(self.ladder.groups.values())

    @property
    def verdict(self) -> Line | None:
        """The target group: worked out, and as it counts."""
        return self.ladder.verdict


def standing_of(case: Application) -> Standing:
    """Where a case that was sent stands, from its newest form and what was found about it. Reads, writes nothing."""
    ladder = ladder_of(case)
    months = months_of(ladder)
    asked = requested_terms(case, list(case.submissions.all())[-1])
    terms = case.recommendation
    recommended = load_of(case, terms, months) if terms else None
    return Standing(ladder, *months, load_of(case, asked, months), recommended)

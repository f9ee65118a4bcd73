"""How long papers are kept: once the years that their kind names are over, what they show is erased.

The years run from the day the file was closed: a case that came to nothing, the day it ended; a loan, the day it was
repaid or written off. What a credit bureau said is kept a shorter time, from the day of the decision on, also while the
loan runs. A case that was taken up again is open, and nothing of it is erased.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from accounts.actors import CLOCK
from loans.lifecycle.applying.uploads import forget
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.models import Application, DecisionRecord, Document, Event, Loan, RecordBody, SignedPage, SigningRecord
from loans.paper_kinds import LOAN_YEARS, OFFICE_PAPER_KINDS, PAPER_KINDS, PERSON_YEARS, PaperKind
from money.calendar import add_months

CAME_TO_NOTHING = (
    Application.State.WITHDRAWN,
    Application.State.EXPIRED,
    Application.State.DECLINED,
    Application.State.DECISION_STANDS,
    Application.State.CLOSED_UNANSWERED,
)
DECIDED = (*CAME_TO_NOTHING, Application.State.APPROVED)
LOAN_OVER = (Loan.State.REPAID, Loan.State.WRITTEN_OFF)


def erase_old_papers(day: date) -> Tally:
    """The clock erases the papers whose years are over on `day`."""
    return one_by_one(due_papers(day), "erase_old_papers", lambda paper: _erase(paper, day))


def due_papers(day: date) -> "QuerySet[Document]":
    """The papers whose years are over on `day`: the file was closed, or for a report decided, before so many years."""
    over = _years_are_over(day, "closed_at", PAPER_KINDS.items())
    over |= _years_are_over(day, "decided_at", OFFICE_PAPER_KINDS.items())
    return _with_ends(Document.objects.filter(erased_on=None)).filter(over)


def due_records(day: date) -> "QuerySet[DecisionRecord]":
    """The frozen files whose years are over on `day`: of a loan those of the books, else those of a complaint."""
    there = DecisionRecord.objects.filter(body__isnull=False)
    return _with_ends(there).filter(_record_is_over(day, "application__state"))


def due_signings(day: date) -> "QuerySet[SigningRecord]":
    """The sealed files of signings whose years are over on `day`, in the same way."""
    there = SigningRecord.objects.filter(body__isnull=False)
    state = "loan__application__state"
    return _with_ends(there, case="loan__application", state=state).filter(_record_is_over(day, state))


def _record_is_over(day: date, state: str) -> Q:
    lent = Q(**{state: Application.State.APPROVED})
    over = Q(lent, closed_at__date__lt=add_months(day, -12 * LOAN_YEARS))
    return over | Q(~lent, closed_at__date__lt=add_months(day, -12 * PERSON_YEARS))


def erase_old_records(day: date) -> Tally:
    """The clock erases the frozen files whose years are over on `day`; their hashes stay in the story."""
    return one_by_one(due_records(day), "erase_record", lambda record: _erase_record(record, day))


def _erase_record(record: DecisionRecord, day: date) -> None:
    Application.objects.select_for_update().get(pk=record.application_id)  # whoever takes the case up again waits
    if not due_records(day).filter(pk=record.pk).exists():
        return
    with deed(record.application.erase_record, by=CLOCK, detail={"record_key": record.pk}):
        RecordBody.objects.filter(record=record).delete()


def erase_old_signings(day: date) -> Tally:
    """The clock erases the sealed files of signings whose years are over on `day`; their hashes stay."""
    return one_by_one(due_signings(day), "erase_signing", lambda record: _erase_signing(record, day))


def _erase_signing(record: SigningRecord, day: date) -> None:
    case = Application.objects.select_for_update().get(pk=record.loan.application_id)  # as above
    if not due_signings(day).filter(pk=record.pk).exists():
        return
    with deed(case.erase_record, by=CLOCK, detail={"signing_key": record.pk}):
        file = record.body.file
        record.body.delete()
        file.discard()


def closed_cases() -> "QuerySet[Application]":
    """The cases whose file is closed, each with the moment it was, as `closed_at`."""
    return _with_ends(Application.objects.all(), case="pk", state="state").filter(closed_at__isnull=False)


def _with_ends(
    rows: "QuerySet[Any]", *, case: str = "application", state: str = "application__state"
) -> "QuerySet[Any]":
    """Each with `decided_at`, once its case is decided, and `closed_at`, once its file is closed.

    The case stands at `case` of a row, its state at `state`.
    """
    moved = Event.objects.filter(case=OuterRef(case)).exclude(to_state=F("from_state")).order_by("-at", "-pk")
    case_ended = moved.filter(subject_kind="application", to_state=OuterRef(state)).values("at")[:1]
    loan_ended = moved.filter(subject_kind="loan", to_state__in=LOAN_OVER).values("at")[:1]
    lent_and_over = Application.objects.filter(state=Application.State.APPROVED, loans__state__in=LOAN_OVER)
    closed_at = Case(
        When(**{f"{state}__in": CAME_TO_NOTHING}, then=Subquery(case_ended)),
        When(**{f"{case}__in": lent_and_over.values("pk")}, then=Subquery(loan_ended)),
    )
    decided_at = Case(When(**{f"{state}__in": DECIDED}, then=Subquery(case_ended)))
    ended: QuerySet[Any] = rows.annotate(closed_at=closed_at, decided_at=decided_at)
    return ended


def _years_are_over(day: date, since: str, kinds: Iterable[tuple[str, PaperKind]]) -> Q:
    over = Q(pk=None)
    for kind, about in kinds:
        over |= Q(kind=kind, **{f"{since}__date__lt": add_months(day, -12 * about.kept_years)})
    return over


def _erase(paper: Document, day: date) -> None:
    """Drop the pages of a paper, in full and in small, and what never arrived; its row, kind and hashes stay."""
    Application.objects.select_for_update().get(pk=paper.application_id)  # whoever takes the case up again waits
    if not due_papers(day).filter(pk=paper.pk).exists():
        return
    with deed(paper.erase, by=CLOCK, detail={"pages": paper.pages.count()}) as paper:
        drop_pages(paper, day)
        if paper.is_of_the_office:
            paper.credit_report.forget()
    for upload in paper.application.uploads.filter(kind=paper.kind):
        forget(upload)


def drop_pages(paper: Document, day: date) -> None:
    """Forget what a paper shows; its row keeps the day and the hashes. Does not save it."""
    pages = list(paper.pages.select_related("file", "thumbnail"))
    paper.erased_on, paper.page_hashes = day, [page.file.sha256 for page in pages]
    for signed in SignedPage.objects.filter(scan__page__in=pages).select_related("scan", "thumbnail"):
        signed.let_go()
    for page in pages:
        page.discard()

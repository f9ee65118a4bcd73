"""How long what was noted beside a form is kept: as long as what shows what a person lives on, then it is erased.

That is the notes of the checklist and on conditions, why one was waived, how a helper is called, the number a person
gave for a code, the scans of signed pages that became no paper, and signatures on paper that never counted. Counted as
for papers (loans.lifecycle.erasing.retention), from the day the file was closed. The rows stay, with their days,
answers, hashes and who did it; of a signature that never counted only the story tells.
"""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actors import CLOCK
from loans.lifecycle.erasing.retention import closed_cases
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.models import (
    Application,
    Assistance,
    ChecklistAnswer,
    Condition,
    PaperSignature,
    Reopening,
    SignedPage,
    Waiver,
)
from loans.paper_kinds import PERSON_YEARS
from money.calendar import add_months

NOTE_YEARS = PERSON_YEARS  # what was noted of a person is needed no longer than a complaint can take
SAID = Q(note__isnull=False)  # of an answer, or on a condition
WHY = Q(reason__isnull=False)  # of a waiver
NAMED = Q(name__isnull=False) | Q(phone__isnull=False)  # of a help
SCANNED = Q(scan__isnull=False, scan__page=None)  # of a signed page: its scan became no paper
NEVER_COUNTED = Q(confirmed=None)  # of a signature on paper


def erase_old_notes(day: date) -> Tally:
    """The clock erases what was noted in the cases whose years are over on `day`."""
    return one_by_one(due_notes(day), "erase_old_notes", lambda case: _erase(case, day))


def due_notes(day: date) -> "QuerySet[Application]":
    """The cases closed before that day, so many years ago, of which something noted is still there."""
    over: dict[str, date] = {"closed_at__date__lt": add_months(day, -12 * NOTE_YEARS)}
    of_case = {"application": OuterRef("pk")}
    answers = ChecklistAnswer.objects.filter(SAID, **of_case)
    helps = Assistance.objects.filter(NAMED, **of_case)
    pages = SignedPage.objects.filter(SCANNED, **of_case)
    on_condition = {"condition__application": OuterRef("pk")}
    conditions = Condition.objects.filter(SAID, **of_case)
    reopenings = Reopening.objects.filter(SAID, **on_condition)
    waivers = Waiver.objects.filter(WHY, **on_condition)
    signatures = PaperSignature.objects.filter(NEVER_COUNTED, loan__application=OuterRef("pk"))
    noted = [Exists(rows) for rows in (answers, helps, pages, conditions, reopenings, waivers, signatures)]
    return closed_cases().filter(**over).filter(reduce(or_, noted))


def _erase(case: Application, day: date) -> None:
    """Drop notes, names, numbers and scans; the rows stay."""
    Application.objects.select_for_update().get(pk=case.pk)  # whoever takes the case up again waits
    if not due_notes(day).filter(pk=case.pk).exists():
        return
    answers, helps = case.checklist_answers.filter(SAID), case.assistances.filter(NAMED)
    pages = list(case.signed_pages.filter(SCANNED).select_related("scan", "thumbnail"))
    signatures = list(PaperSignature.objects.filter(NEVER_COUNTED, loan__application=case))
    conditions = case.conditions.filter(SAID)
    reopenings = Reopening.objects.filter(SAID, condition__application=case)
    waivers = Waiver.objects.filter(WHY, condition__application=case)
    on_conditions = conditions.count() + reopenings.count() + waivers.count()
    scans = len(pages) + len(signatures)
    detail = {"answers": answers.count(), "helps": helps.count(), "scans": scans, "conditions": on_conditions}
    with deed(case.erase_notes, by=CLOCK, detail=detail):
        for rows in (answers, conditions, reopenings):
            rows.update(note=None)
        waivers.update(reason=None)
        helps.update(name=None, phone=None)
        for page in pages:
            for file in page.let_go():
                file.discard()
        for signature in signatures:
            signature.discard()

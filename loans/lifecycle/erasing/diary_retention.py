"""How long the words of the diary are kept: as long as what shows what a person lives on, then they are erased.

Counted as for papers (loans.lifecycle.erasing.retention), from the day the file was closed. The rows stay, with their
days, their kinds and who wrote them; a case that was taken up again is open, and nothing of it is erased.
"""

from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.actors import CLOCK
from loans.lifecycle.erasing.retention import closed_cases
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.models import Application, Event, ReferenceContact, Task
from loans.paper_kinds import PERSON_YEARS
from money.calendar import add_months

DIARY_YEARS = PERSON_YEARS  # what was said of a person is needed no longer than a complaint can take


def erase_old_diaries(day: date) -> Tally:
    """The clock erases the words of the diaries whose years are over on `day`."""
    return one_by_one(due_diaries(day), "erase_old_diaries", lambda case: _erase(case, day))


def due_diaries(day: date) -> "QuerySet[Application]":
    """The cases closed before that day, so many years ago, in whose diary was written since it was erased last."""
    erased = Event.objects.filter(case=OuterRef("pk"), verb="erase_diary").order_by()
    newest = Coalesce(Subquery(erased.values("case").annotate(newest=Max("pk")).values("newest")), 0)
    since = OuterRef("erased")
    tasks = Task.objects.filter(Q(event__gt=since) | Q(closed__gt=since), application=OuterRef("pk"))
    references = ReferenceContact.objects.filter(application=OuterRef("pk"), event__gt=since)
    over: dict[str, date] = {"closed_at__date__lt": add_months(day, -12 * DIARY_YEARS)}
    return closed_cases().filter(**over).annotate(erased=newest).filter(Exists(tasks) | Exists(references))


def _erase(case: Application, day: date) -> None:
    """Drop the words of the tasks and of the references; the rows stay."""
    Application.objects.select_for_update().get(pk=case.pk)  # whoever takes the case up again waits
    if not due_diaries(day).filter(pk=case.pk).exists():
        return
    tasks, references = list(case.tasks.all()), list(case.references.all())
    with deed(case.erase_diary, by=CLOCK, detail={"tasks": len(tasks), "references": len(references)}):
        for task in tasks:
            task.what, task.with_whom, task.result = "", None, None
            task.save()
        for reference in references:
            reference.name, reference.relation, reference.said = "", "", None
            reference.save()

"""Letters that did not arrive: somebody is asked to ring, or to send it by post, until the person can be reached.

The task stands in the diary of the case. It ends when it is done (loans.lifecycle.reviewing.diary), when the letter is
in the post (loans.lifecycle.writing.letters_by_post), or when the person has another address.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actors import CLOCK
from accounts.models import User
from config import clock
from letters import bounce_box, returns
from letters.bounces import news_in
from letters.kinds import SECRET
from letters.models import FAILED, MAIL, Letter, Trace
from letters.returns import News
from loans import rules
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.models import Application, Task
from loans.models.application.states import SENT

LOOKED_BACK_DAYS = 30  # for letters that failed and of which nobody was told


def hear(news: News) -> None:
    """Write down what became of a letter; of one that did not arrive, somebody is told."""
    with transaction.atomic():
        trace: Trace | None = returns.take_in(news)
        if trace and returns.did_not_arrive(trace):
            ask_to_reach(trace.letter)


def read_bounces() -> int:
    """Read the mailbox to which mails come back; returns how many were read. Raises as letters.bounce_box.mails."""
    read = 0
    for data, mark_as_seen in bounce_box.mails():
        for news in news_in(data):
            hear(news)
        mark_as_seen()
        read += 1
    return read


@transaction.atomic
def ask_to_reach(letter: Letter) -> Task | None:
    """Put a task into the diary: this letter did not arrive. A mail is asked about once.

    None where it is of no case that was sent, where it carried a code, or where nobody works here who may do it; of
    those the clock asks again.
    """
    if letter.kind in SECRET:
        return None
    case = Application.objects.select_for_update().filter(reference=letter.case_reference, state__in=SENT).first()
    asked = Task.objects.filter(letter=letter)
    if (
        case is None
        or _is_to_a_colleague(letter, case)
        or (asked if letter.channel == MAIL else asked.filter(closed=None)).exists()
    ):
        return None
    keeper = _who_reaches(case)
    if keeper is None:
        return None
    with deed(case.report_undelivered, by=CLOCK, detail={"letter": letter.pk}) as case:
        task: Task = Task.objects.create(
            application=case, event=case.event, letter=letter, what="", for_whom=keeper, due_on=clock.today()
        )
    return task


def _is_to_a_colleague(letter: Letter, case: Application) -> bool:
    """Whether it went to somebody who works here: they find it on their desk."""
    return letter.to_id is not None and not case.parties.filter(user=letter.to_id).exists()


def _who_reaches(case: Application) -> User | None:
    """The officer of the case; while nobody has it, or that person has left, the first by name who may."""
    staff = User.objects.staff()
    first = [person for person in staff if person.pk == case.reviewer_id]
    return next((person for person in (*first, *staff) if rules.keeps_diary(case, person)), None)


def end_task(case: Application, letter: Letter) -> None:
    """The task about this letter is done by the event that is being written; called inside a deed on the case."""
    Task.objects.filter(application=case, letter=letter, closed=None).update(closed=case.event)


def look_after_undelivered(day: date) -> Tally:
    """The clock ends tasks of people who have another address now, and asks about letters that nobody could send."""
    open_tasks = Task.objects.filter(closed=None, letter__channel=MAIL).select_related("letter__to", "application")
    moved = [task.pk for task in open_tasks if task.letter and _has_moved(task.letter)]
    ended = one_by_one(Task.objects.filter(pk__in=moved), "reach_again", _end)
    asked = one_by_one(_failed(), "report_undelivered", ask_to_reach)
    return Tally(ended.done + asked.done, ended.passed_over + asked.passed_over)


def _has_moved(letter: Letter) -> bool:
    address = getattr(letter.to, "email", letter.address)
    return bool(address.strip().lower() != letter.address.strip().lower())


def _end(task: Task) -> None:
    with deed(task.application.reach_again, by=CLOCK, detail={"task": task.pk}) as case:
        case.tasks.filter(pk=task.pk, closed=None).update(closed=case.event)


def _failed() -> "QuerySet[Letter]":
    since = clock.now() - timedelta(days=LOOKED_BACK_DAYS)
    failed = Letter.objects.filter(channel=MAIL, state=FAILED, created_at__gte=since).exclude(kind__in=SECRET)
    sent = Application.objects.filter(reference=OuterRef("case_reference"), state__in=SENT)
    letters: QuerySet[Letter] = failed.filter(Exists(sent), ~Exists(Task.objects.filter(letter=OuterRef("pk"))))
    return letters

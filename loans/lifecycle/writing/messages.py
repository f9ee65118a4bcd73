"""The thread of a case: the applicant and the loan office write to each other, and each sees what the other has read.

Writing is open from the first sending on. Once nothing can come of a case any more it ends after CLOSED_DAYS, and what
was written stays to be read; whoever still has a question calls the office.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import F, Max
from django.urls import reverse

from accounts.models import User
from config import clock
from letters.post import post
from loans import rules
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.papers import clean_paper
from loans.lifecycle.step import deed
from loans.lifecycle.tell import tell_borrower
from loans.lifecycle.writing.ready_words import refuse_unfilled
from loans.models import Application, Event, Loan, Message
from vault.cleaning import Cleaned
from vault.models import StoredFile

CLOSED_DAYS = 90  # so long after the end of a case one may still write
MOST_FILES = 3
MOST_SIGNS = 5000
MOST_UNREAD = 30  # of one side; more is a machine, or somebody who should be called
OVER = (
    Application.State.WITHDRAWN,
    Application.State.DECLINED,
    Application.State.DECISION_STANDS,
    Application.State.CLOSED_UNANSWERED,
)


@dataclass(frozen=True)
class Attached:
    """A file that goes with a message: its bytes, and what its owner calls it."""

    name: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.name} {hashlib.sha256(self.data).hexdigest()}"  # what a once-key knows it by


def _message_of(event: Event) -> Message:
    message: Message = Message.objects.get(event=event)
    return message


@once_only(_message_of)
def write_to_office(
    application: Application, *, by: User, text: str, files: Sequence[Attached] = (), once: Once | None = None
) -> Message:
    """The applicant writes; the officer of the case hears by letter that something waits, and nothing of what.

    Raises Refused: empty_message, message_too_long, too_many_files, too_many_unread, thread_closed, and what
    `clean_paper` raises.
    """
    taken = _taken(text, files)
    with deed(application.write_to_office, by=by, once=once) as case:
        message = _write(case, by, text, taken, from_office=False)
        if case.reviewer and case.reviewer.is_active:
            post(
                "message_waiting",
                to=case.reviewer,
                facts={
                    "name": case.reviewer.name,
                    "link": settings.SITE_URL + reverse("case_messages", args=[case.reference]),
                },
                occasion=_occasion(case, message),
                case_reference=case.reference,
            )
    return message


@once_only(_message_of)
def write_to_applicant(
    application: Application, *, by: User, text: str, files: Sequence[Attached] = (), once: Once | None = None
) -> Message:
    """The office writes; the applicant hears by letter that something waits, and nothing of what.

    Raises Refused as `write_to_office`, and words_to_fill where a placeholder of a template stands in the text still.
    """
    refuse_unfilled(text)
    taken = _taken(text, files)
    with deed(application.write_to_applicant, by=by, once=once) as case:
        message = _write(case, by, text, taken, from_office=True)
        link = settings.SITE_URL + reverse("my_messages", args=[case.reference])
        tell_borrower(case, "message_waiting", occasion=_occasion(case, message), link=link)
    return message


def mark_read(application: Application, *, by: User) -> None:
    """Whatever the other side wrote is on the screen of `by` now. For a reader of neither side nothing changes."""
    if rules.is_owner(application, by):
        from_office = True
    elif rules.may_write_to_applicant(application, by):
        from_office = False
    else:
        return
    unread = application.messages.filter(from_office=from_office, read_at=None)
    unread.update(read_at=clock.now(), read_by=by)


def last_day_to_write(case: Application) -> date | None:
    """The day on which writing ends, or None while the case lives. It counts from the move that ended the case."""
    if not _is_over(case):
        return None
    moves = case.events.filter(subject_kind__in=("application", "loan")).exclude(to_state=F("from_state"))
    ended = moves.aggregate(at=Max("at"))["at"]
    return clock.day_of(ended) + timedelta(days=CLOSED_DAYS)


def may_still_write(case: Application) -> bool:
    """Whether the thread takes messages: of a case that was sent, until its last day to write."""
    if case.submitted_at is None:
        return False
    ends = last_day_to_write(case)
    return ends is None or clock.today() <= ends


def _is_over(case: Application) -> bool:
    if case.state == Application.State.APPROVED:
        newest = next(iter(case.loans.all()), None)
        return newest is not None and newest.state == Loan.State.REPAID
    return case.state in OVER


def _taken(text: str, files: Sequence[Attached]) -> list[tuple[Attached, Cleaned]]:
    """The files, each made anew before the case is locked."""
    if not text.strip() and not files:
        raise Refused("empty_message")
    if len(text) > MOST_SIGNS:
        raise Refused("message_too_long")
    if len(files) > MOST_FILES:
        raise Refused("too_many_files")
    return [(file, clean_paper(file.data, "other")) for file in files]


def _write(
    case: Application, by: User, text: str, taken: list[tuple[Attached, Cleaned]], *, from_office: bool
) -> Message:
    if not may_still_write(case):
        raise Refused("thread_closed")
    if case.messages.filter(from_office=from_office, read_at=None).count() >= MOST_UNREAD:
        raise Refused("too_many_unread")
    message: Message = Message.objects.create(
        application=case,
        event=case.event,
        author=by,
        from_office=from_office,
        text=text.strip(),
        sent_at=clock.now(),
    )
    message.files.set(
        StoredFile.objects.put(cleaned.data, name=file.name[-150:], content_type=cleaned.content_type)
        for file, cleaned in taken
    )
    return message


def _occasion(case: Application, message: Message) -> str:
    """One letter until it is read: the first unread message is the occasion, the next ones add none."""
    unread = case.messages.filter(from_office=message.from_office, read_at=None).order_by("pk")
    first = unread.values_list("pk", flat=True).first()
    return f"message:{first}"

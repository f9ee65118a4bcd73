"""Letters by post: to people without a mailbox, or in the place of a mail that did not arrive.

Printed with their papers, posted, written down with the day of the postmark; one that comes back asks for somebody. A
mail counts as received on the 5th business day after its postmark (SOR/2001-104, s. 6(6)).
"""

import re
from datetime import date

from accounts.models import User
from config import clock
from letters.kinds import SECRET
from letters.models import CAME_BACK, HANDED_OVER, MAIL, POST, PRINTED, WAITING, Letter
from letters.post import again_by_post
from letters.render import render
from loans.holidays import closed_days
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, follow_on
from loans.lifecycle.writing.undelivered import ask_to_reach, end_task
from loans.models import Application, Event
from money.calendar import add_business_days
from vault.models import StoredFile

TO_POST = (WAITING, PRINTED, CAME_BACK)  # one that came back may be posted again, to another address
RECEIVED_AFTER = 5  # business days after the postmark
_TRACKING = re.compile(r"[A-Z0-9]{1,40}")


def _letter_of(event: Event) -> Letter:
    letter: Letter = Letter.objects.get(pk=event.detail["letter"])
    return letter


def _made_of(event: Event) -> Letter:
    letter: Letter = Letter.objects.get(instead_of=event.detail["letter"])
    return letter


def received_on(letter: Letter) -> date | None:
    """The day on which a letter by post counts as received; None before it is posted, and once it came back."""
    if letter.channel != POST or letter.posted_on is None or letter.state != HANDED_OVER:
        return None
    year = letter.posted_on.year
    return add_business_days(letter.posted_on, RECEIVED_AFTER, closed_days(year, year + 1))


@once_only(_letter_of)
def print_letter(application: Application, *, by: User, letter: int, once: Once | None = None) -> Letter:
    """This letter of the case (its key) is printed now, with its papers. Raises Refused("posted_already")."""
    with deed(application.print_letter, by=by, once=once, detail={"letter": letter}) as case:
        found = _to_post(case, letter)
        if found.state == WAITING:
            found.state = PRINTED
            found.save(update_fields=["state"])
    return found


@once_only(_letter_of)
def mark_posted(
    application: Application,
    *,
    by: User,
    letter: int,
    on: date | None = None,
    tracking: str = "",
    once: Once | None = None,
) -> Letter:
    """This letter of the case (its key) was posted `on` a day (today); its words stay as they are now.

    `tracking` is the number that the post gave, if any. A task about the mail in whose place it goes is done.
    Raises Refused: posted_already for one that is in the post, in_the_future, posted_before_written, tracking_number.
    """
    on = on or clock.today()
    number = "".join(tracking.split()).replace("-", "").upper()
    if number and not _TRACKING.fullmatch(number):
        raise Refused("tracking_number")
    if on > clock.today():
        raise Refused("in_the_future")
    told = {"letter": letter, "on": on.isoformat(), "files": _files_of(application, letter)}
    with deed(application.post_letter, by=by, once=once, detail=told) as case:
        found = _to_post(case, letter)
        if on < clock.day_of(found.created_at):
            raise Refused("posted_before_written")
        words = render(found)
        found.subject, found.body = words.subject, words.text
        found.state, found.handed_over_at = HANDED_OVER, clock.now()
        found.posted_on, found.tracking = on, number
        found.save(update_fields=["subject", "body", "state", "handed_over_at", "posted_on", "tracking"])
        end_task(case, found)
        if found.instead_of:
            end_task(case, found.instead_of)
    return found


@once_only(_letter_of)
def mark_returned(application: Application, *, by: User, letter: int, once: Once | None = None) -> Letter:
    """This letter of the case came back: somebody is asked to reach the person. Raises Refused("not_in_the_post")."""
    with deed(application.return_letter, by=by, once=once, detail={"letter": letter}) as case:
        letters = Letter.objects.select_for_update().filter(case_reference=case.reference, channel=POST)
        found = letters.filter(pk=letter, state=HANDED_OVER).first()
        if found is None:
            raise Refused("not_in_the_post")
        found.state = CAME_BACK
        found.save(update_fields=["state"])
        follow_on(ask_to_reach, found)
    return found


@once_only(_made_of)
def post_instead(application: Application, *, by: User, letter: int, once: Once | None = None) -> Letter:
    """Write a letter by post with the facts and papers of one that went by mail. Raises Refused("posted_instead")."""
    with deed(application.post_instead, by=by, once=once, detail={"letter": letter}) as case:
        people = case.parties.values("user")
        mails = Letter.objects.filter(case_reference=case.reference, channel=MAIL, to__in=people)
        found = mails.exclude(kind__in=SECRET).filter(pk=letter, posted_instead=None).first()
        if found is None:
            raise Refused("posted_instead")
        made: Letter = again_by_post(found)
    return made


def _files_of(case: Application, letter: int) -> list[str]:
    """The SHA-256 of what is attached to a letter of the case; that never changes."""
    files = StoredFile.objects.filter(letters=letter, letters__case_reference=case.reference).order_by("pk")
    return list(files.values_list("sha256", flat=True))


def _to_post(case: Application, letter: int) -> Letter:
    """The letter afresh and locked, if it is still to be posted."""
    letters = Letter.objects.select_for_update().filter(case_reference=case.reference, channel=POST)
    found: Letter | None = letters.filter(pk=letter, state__in=TO_POST).first()
    if found is None:
        raise Refused("posted_already")
    return found

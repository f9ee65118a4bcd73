"""Complaints: anybody tells us what went wrong; somebody of whom it does not speak looks into it and answers.

No case need stand behind one, so no state moves and no event is written: the row is the task and its history.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts.models import Role, User
from config import clock
from config.languages import ENGLISH, NAMES
from letters.post import post
from loans.lifecycle.once import key_of, made_before
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally
from loans.models import Application, Complaint
from loans.models.complaint import OWNERS
from money.calendar import next_business_day

HANDLERS = frozenset((Role.MANAGER, Role.COMMITTEE))  # who says whose it is, of those that they may read
KEPT_DAYS = 3 * 365  # after the answer, words and names are kept so long; then the night erases them
SHORTEST = 3  # letters of a name that count when somebody of the house is named
REACH = ("name", "email", "phone", "whom")
TOLD = ("kind", "words", "user", *REACH)  # by which the same form is known again


def complain(
    *,
    kind: str,
    words: str,
    user: User | None = None,
    application: Application | None = None,
    once_key: str = "",
    **reach: str,
) -> Complaint:
    """Anybody tells us what went wrong; `reach` holds name, email, phone and whom, each of which may be empty.

    The same form sent twice gives the first row again. Raises Refused: no_words, not_listed, once_key_reused.
    """
    said = _said(kind, words, reach)
    return _kept({**said, "way": Complaint.Way.PAGE, "user": user, "application": application}, once_key)


def enter(*, by: User, kind: str, way: str, words: str, language: str, once_key: str = "", **reach: str) -> Complaint:
    """Somebody who works here writes down what a person told by telephone, by letter or at the desk.

    Raises PermissionDenied, and Refused: no_words, not_listed, complaint_about_you, once_key_reused.
    """
    if not by.roles & OWNERS:
        raise PermissionDenied("an officer, a manager or a committee member enters a complaint")
    if way not in Complaint.Way.values or way == Complaint.Way.PAGE:
        raise Refused("not_listed", field="way")
    if language not in NAMES:
        raise Refused("not_listed", field="language")
    said = _said(kind, words, reach)
    if by in named_in(said["whom"] or ""):
        raise Refused("complaint_about_you", field="whom")
    return _kept({**said, "way": way, "language": language, "entered_by": by}, once_key)


def owners_for(row: Complaint, staff: Iterable[User]) -> list[User]:
    """Who of `staff` may look into it: in a role that does so, not named in it, and with no tie to its case."""
    tied = _tied(row)
    return [person for person in staff if person.roles & OWNERS and person.pk not in tied]


def assign(row: Complaint, *, by: User, owner: User) -> Complaint:
    """A manager, or a committee member where it names a manager, says who looks into it.

    Raises PermissionDenied, and Refused: complaint_answered, unknown_owner.
    """
    with transaction.atomic():
        row = _handled(row, by)
        if not owners_for(row, [owner]):
            raise Refused("unknown_owner")
        row.owner = owner
        row.save()
    return row


def name_staff(row: Complaint, *, by: User, about: Iterable[User]) -> Complaint:
    """Say of whom it speaks: they never see it from now on, and an owner among them is its owner no more.

    Raises PermissionDenied, and Refused: complaint_answered, complaint_about_you.
    """
    people = list(about)
    if by in people:
        raise Refused("complaint_about_you")
    with transaction.atomic():
        row = _handled(row, by)
        row.about.set(people)
        if row.owner in people:
            row.owner = None
            row.save()
    return row


def answer(row: Complaint, *, by: User, words: str, outcome: str) -> Complaint:
    """Its owner answers; the words go to the person by e-mail, where we have an address.

    The same answer again by the same person changes nothing. Raises PermissionDenied, and Refused: no_words,
    not_listed, complaint_answered.
    """
    if not words.strip():
        raise Refused("no_words", field="answer")
    if outcome not in Complaint.Outcome.values:
        raise Refused("not_listed", field="outcome")
    with transaction.atomic():
        row = _locked(row)
        if row.owner_id != by.pk or not owners_for(row, [by]):
            raise PermissionDenied("its owner answers a complaint")
        if row.answered_at is not None:
            if (row.answer, row.outcome) == (words.strip(), outcome):
                return row
            raise Refused("complaint_answered")
        row.answer, row.outcome = words.strip(), outcome
        row.answered_at, row.answered_by = clock.now(), by
        row.save()
        _tell(row, "complaint_answered", answer=row.answer)
    return row


def named_in(words: str) -> list[User]:
    """Everybody who works here of whose name some part stands in `words`: rather one too many than one too few."""
    typed = _parts(words)
    return [person for person in User.objects.staff() if typed & _parts(person.name)]


def forget_complaints(day: date) -> Tally:
    """The clock erases words and names KEPT_DAYS after the answer; number, kind, days and outcome stay."""
    over = Complaint.objects.filter(answered_at__date__lt=day - timedelta(days=KEPT_DAYS), erased_on=None)
    nothing = dict.fromkeys(("words", "answer", *REACH), None)
    return Tally(done=over.update(erased_on=day, **nothing))


def days() -> int:
    """Within how many days we promise an answer: COMPLAINT_DAYS."""
    promised: int = settings.COMPLAINT_DAYS
    return promised


def due_on(day: date) -> date:
    """By when we answer what reaches us on `day`: COMPLAINT_DAYS later, on a business day."""
    return next_business_day(day + timedelta(days=days()), ())


def _said(kind: str, words: str, reach: dict[str, str]) -> dict[str, Any]:
    if kind not in Complaint.Kind.values:
        raise Refused("not_listed", field="kind")
    if not words.strip():
        raise Refused("no_words", field="words")
    known = {name: reach.get(name, "").strip() or None for name in REACH}
    return {"kind": kind, "words": words.strip(), "language": get_language() or ENGLISH, **known}


def _kept(said: dict[str, Any], once_key: str) -> Complaint:
    key, same = key_of(once_key), {name: said[name] for name in TOLD if name in said}
    before: Complaint | None = made_before(Complaint, key, same)
    if before:
        return before
    try:
        with transaction.atomic():
            return _made(said, key)
    except IntegrityError:  # the same form at the same moment
        before = made_before(Complaint, key, same)
        if before is None:
            raise
        return before


def _made(said: dict[str, Any], key: str | None) -> Complaint:
    now = clock.now()
    row: Complaint = Complaint.objects.create(
        **said,
        number=Complaint.next_number(clock.today().year),
        received_at=now,
        due_on=due_on(clock.today()),
        once_key=key,
    )
    row.about.set(named_in(f"{row.whom or ''} {row.words}"))
    _tell(row, "complaint_received", answer_by=row.due_on.isoformat())
    return row


def _tell(row: Complaint, kind: str, **facts: Any) -> None:
    """Write to the person, where there is an address; what they told us is in no letter."""
    if not row.address:
        return
    post(
        kind,
        to=row.user,
        address=row.address,
        language=row.language,
        facts={"name": row.user.name if row.user else row.name or "", "number": row.number, **facts},
        occasion=f"complaint:{row.pk}",
        case_reference=row.application.reference if row.application else "",
    )


def _locked(row: Complaint) -> Complaint:
    found: Complaint = Complaint.objects.select_for_update(of=("self",)).select_related("owner", "user").get(pk=row.pk)
    return found


def _handled(row: Complaint, by: User) -> Complaint:
    """The row locked, for somebody who says whose it is; not once it is answered."""
    row = _locked(row)
    if not by.roles & HANDLERS or not Complaint.objects.open_to(by).filter(pk=row.pk).exists():
        raise PermissionDenied("a manager of whom it does not speak handles a complaint")
    if row.answered_at is not None:
        raise Refused("complaint_answered")
    return row


def _tied(row: Complaint) -> set[int]:
    """The keys of those named in it, of who made it, and of those kept from its case or standing in it."""
    tied = {person.pk for person in row.about.all()} | ({row.user_id} if row.user_id else set())
    case = row.application
    if case is not None:
        tied |= {*case.kept_from, case.applicant.user_id, *case.parties.values_list("user", flat=True)}
    return tied


def _parts(words: str) -> set[str]:
    """The words of a text without case and accents, those of a letter or two left out."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(sign if sign.isalpha() else " " for sign in plain if not unicodedata.combining(sign))
    return {part for part in kept.split() if len(part) >= SHORTEST}

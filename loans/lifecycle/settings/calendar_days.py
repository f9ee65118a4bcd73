"""The office's word about a day: entered by one person, confirmed by a second; then due days are payable accordingly.

No case stands behind it, so no state moves and no event is written: the rows are the history.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from config import clock
from loans.holidays import LAST_YEAR, PLACES
from loans.lifecycle.lending.payable_days import move_payable_days
from loans.lifecycle.once import key_of, made_before
from loans.lifecycle.refusal import Refused
from loans.models import CalendarDay
from money.calendar import Banking

PROPOSE = frozenset({Role.MANAGER})
CONFIRM = frozenset({Role.MANAGER, Role.FINANCE, Role.COMMITTEE})
SECOND_BEST = frozenset({Role.OFFICER})  # who confirms in an office where nobody else is left
WORDS = ("reason_en", "reason_fr", "source")


def propose(
    day: date,
    place: str,
    banking: str,
    *,
    by: User,
    reason_en: str,
    reason_fr: str,
    source: str,
    once_key: str = "",
) -> CalendarDay:
    """A manager enters that payments move, do not, or must be asked about on `day`; `place` is empty for everywhere.

    It holds nothing until a second person confirms it. The same form sent twice gives the first row again. Raises
    PermissionDenied, and Refused: not_listed, no_words, weekend_day, day_is_past, day_too_far, proposed_already,
    once_key_reused.
    """
    if not by.roles & PROPOSE:
        raise PermissionDenied("a day of the calendar is entered by a manager")
    said = {"day": day, "place": place, "banking": banking}
    said |= {"reason_en": reason_en.strip(), "reason_fr": reason_fr.strip(), "source": source.strip()}
    _refuse_nonsense(said)
    key, same = key_of(once_key), {**said, "proposed_by_id": by.pk}
    before: CalendarDay | None = made_before(CalendarDay, key, same)
    if before:
        return before
    try:
        return _entered(said, by, key)
    except (Refused, IntegrityError):  # the same form, or the same day, at the same moment
        before = made_before(CalendarDay, key, same)
        if before is None:
            raise Refused("proposed_already") from None
        return before


def may_confirm(row: CalendarDay, by: User) -> bool:
    """A second person: whoever is trusted with money or decisions and did not enter it; where nobody else is left, a
    loan officer. An office of one has nobody: there the row waits.
    """
    if by.pk == row.proposed_by_id:
        return False
    return bool(by.roles & CONFIRM or (by.roles & SECOND_BEST and not _others(row, CONFIRM)))


def has_nobody_to_confirm(row: CalendarDay) -> bool:
    """Whether the row waits for somebody who does not work here yet."""
    return not _others(row, CONFIRM | SECOND_BEST)


def decide(row: CalendarDay, *, by: User, confirmed: bool) -> CalendarDay:
    """The second person confirms or refuses, once; whoever entered it may take it back.

    Confirmed, it holds at once, and the payable-by days that it touches move (loans.lifecycle.lending.payable_days).
    The same answer of the same person again changes nothing. Raises PermissionDenied, and Refused: decided_already,
    day_is_past.
    """
    with transaction.atomic():
        row = CalendarDay.objects.select_for_update().get(pk=row.pk)
        takes_back = by.pk == row.proposed_by_id and not confirmed
        if not (takes_back or may_confirm(row, by)):
            raise PermissionDenied("a second person confirms")
        if row.is_confirmed is not None:
            _refuse_another_answer(row, None if takes_back else by, confirmed)
            return row
        if confirmed and row.day < clock.today():
            raise Refused("day_is_past")
        row.is_confirmed, row.decided_at = confirmed, clock.now()
        row.decided_by = None if takes_back else by
        row.save()
    if confirmed:
        move_payable_days(clock.today())
    return row


def _refuse_nonsense(said: dict[str, object]) -> None:
    if said["place"] not in ("", *PLACES):
        raise Refused("not_listed", field="place")
    if said["banking"] not in list(Banking):
        raise Refused("not_listed", field="banking")
    for name in WORDS:
        if not said[name]:
            raise Refused("no_words", field=name)
    day = said["day"]
    if not isinstance(day, date) or day < clock.today():
        raise Refused("day_is_past")
    if day.year > LAST_YEAR:
        raise Refused("day_too_far", year=LAST_YEAR)
    if day.weekday() >= 5:
        raise Refused("weekend_day")


@transaction.atomic
def _entered(said: dict[str, object], by: User, key: str | None) -> CalendarDay:
    if CalendarDay.objects.waiting().filter(day=said["day"], place=said["place"]).exists():
        raise Refused("proposed_already")
    row: CalendarDay = CalendarDay.objects.create(**said, proposed_by=by, proposed_at=clock.now(), once_key=key)
    return row


def _refuse_another_answer(row: CalendarDay, by: User | None, confirmed: bool) -> None:
    if (row.is_confirmed, row.decided_by_id) != (confirmed, by.pk if by else None):
        raise Refused("decided_already")


def _others(row: CalendarDay, roles: frozenset[Role]) -> list[User]:
    here = User.objects.staff()
    return [person for person in here if person.roles & roles and person.pk != row.proposed_by_id]

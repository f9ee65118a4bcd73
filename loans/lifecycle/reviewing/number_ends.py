"""A social insurance number that begins with 9 ends on a day: the person is asked for the next one before it does.

Each of NUMBER_ENDS_DAYS is told once for each day on which a number ends; another day is asked about anew. The officer
sees it on the desk until the new day is written down. The number itself is said nowhere.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from accounts.actors import CLOCK
from accounts.models import User
from applicants.models import Applicant
from config import clock
from letters.models import Letter
from loans.lifecycle.applying.keeping import FormPage, Typed
from loans.lifecycle.applying.submission import case_of
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally, deed, one_by_one
from loans.lifecycle.tell import tell_borrower
from loans.models import Application, Loan
from loans.sections import ABOUT_ME

LETTER = "number_ends"
LIVE = (Loan.State.OFFERED, Loan.State.SIGNED, Loan.State.ACTIVE)


def ending(day: date) -> Q:
    """Cases under way, or with a live loan, of people whose number has ended or ends soon: a condition on them."""
    people = Applicant.objects.filter(sin_expires_on__lte=_soon(day))
    live = Loan.objects.filter(state__in=LIVE, application__applicant__in=people)
    at_work = [state for state in Application.UNDER_WAY if state != Application.State.APPROVED]
    cases = Application.objects.filter(applicant__in=people, state__in=at_work).order_by()
    # Both from the few people to their cases: an "or" of the two would ask of every case.
    return Q(pk__in=cases.values("pk").union(live.order_by().values("application"), all=True))


def end_of(case: Application, day: date) -> date | None:
    """The day on which the number of the case's person ends, where `ending` holds. `case` comes with its loans."""
    ends_on: date | None = case.applicant.sin_expires_on
    if ends_on is None or ends_on > _soon(day) or case.state not in Application.UNDER_WAY:
        return None
    is_live = case.state != Application.State.APPROVED or any(loan.state in LIVE for loan in case.loans.all())
    return ends_on if is_live else None


def ask_when_numbers_end(day: date) -> Tally:
    """The clock asks each person whose number ends soon for the new day, in the newest of their cases.

    Nobody where NUMBER_ENDS_DAYS names no day.
    """
    if not settings.NUMBER_ENDS_DAYS:
        return Tally()
    cases = Application.objects.filter(ending(day), applicant__sin_expires_on__gte=day)
    newest = {case.applicant_id: case for case in cases.select_related("applicant").order_by("pk")}
    people = [case.applicant.user_id for case in newest.values()]
    told = set(Letter.objects.filter(kind=LETTER, to__in=people).values_list("to_id", "occasion"))
    due = [case.pk for case in newest.values() if (case.applicant.user_id, _occasion(case.applicant, day)) not in told]

    def ask(case: Any) -> None:
        with deed(case.ask_when_number_ends, by=CLOCK) as case:
            person = case.applicant
            tell_borrower(case, LETTER, occasion=_occasion(person, day), on=person.sin_expires_on.isoformat())

    return one_by_one(Application.objects.filter(pk__in=due), "ask_when_number_ends", ask)


@once_only(case_of)
def renew(
    application: Application,
    *,
    by: User,
    ends_on: date | None = None,
    is_forgotten: bool = False,
    once: Once | None = None,
) -> Application:
    """Write down the new day of the number; or forget the number, because the person has another one now.

    Raises Refused: day_or_forgotten (neither, or both), number_has_ended.
    """
    if (ends_on is None) != is_forgotten:
        raise Refused("day_or_forgotten")
    if ends_on is not None and ends_on <= clock.today():
        raise Refused("number_has_ended")
    case: Application
    with deed(application.renew_number, by=by, once=once) as case:
        person = case.applicant
        if ends_on is None:
            person.remember_sin("", None)
        else:
            person.sin_expires_on = ends_on
        person.save(update_fields=["sin", "sin_hash", "sin_expires_on"])
        _tell_the_form(case, by, ends_on)
    return case


def _tell_the_form(case: Application, by: User, ends_on: date | None) -> None:
    """The form says the same: sent once more, it would bring the old day back."""
    said = {"sin_expires_on": ends_on.isoformat() if ends_on else ""} | ({} if ends_on else {"sin": ""})
    page = FormPage(case, ABOUT_ME, by=by, device="")
    page.keep([Typed(ABOUT_ME.field(name), 0, raw) for name, raw in said.items()])


def _soon(day: date) -> date:
    return day + timedelta(days=max(settings.NUMBER_ENDS_DAYS, default=0))


def _occasion(person: Any, day: date) -> str:
    left = (person.sin_expires_on - day).days
    stage = min(days for days in settings.NUMBER_ENDS_DAYS if left <= days)
    return f"number ends {person.sin_expires_on}: {stage} days"

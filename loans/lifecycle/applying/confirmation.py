"""What was typed for somebody becomes theirs: they confirm it by a code that they alone were sent, and it is sent.

The code is bound to the answers as they stood: whatever is typed after it makes it void. The form is sent by the
person: `submit` stays the applicant's own step, and its event says how they confirmed.
"""

from django.conf import settings
from django.utils.translation import override

from accounts import codes
from accounts.models import User
from letters import texts
from letters.mailbox import is_mailbox
from loans.lifecycle.applying import submission
from loans.lifecycle.applying.assistance import help_of
from loans.lifecycle.applying.fingerprint import fingerprint
from loans.lifecycle.applying.submission import Incomplete, case_of
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, follow_on, may
from loans.models import Application
from loans.models.form import Form

PURPOSE = "confirm"  # of the code
MAIL, TEXT = "mail", "text"
SIGNS = 32  # of the fingerprint, in the subject of a code


def ways_to(case: Application) -> list[str]:
    """By which ways this person can be sent a code: their own address, or a number."""
    ways = [MAIL] if is_mailbox(case.applicant.user.email) else []
    return [*ways, TEXT] if texts.is_on() and number_of(case) else ways


def number_of(case: Application) -> str:
    """The number for a code: the one they proved, else the one they gave when the help began. Empty where none is."""
    person: User = case.applicant.user
    if person.proven_phone:
        return str(person.proven_phone.number_sealed)
    now = help_of(case)
    number = (now.phone or "") if now else ""
    abroad = settings.SMS_PREFIXES and not number.startswith(tuple(settings.SMS_PREFIXES))
    return "" if abroad else number


@once_only(case_of)
def send_code(application: Application, *, by: User, to: str, once: Once | None = None) -> Application:
    """Send the person a code for the answers as they stand. `to`: mail | text.

    Raises Incomplete with every gap, Refused("not_listed"), accounts.codes.CodeError("too_many").
    """
    case: Application
    with deed(application.send_confirmation, by=by, once=once, detail={"to": to}) as case:
        if to not in ways_to(case):
            raise Refused("not_listed", field="to")
        mark = _mark(case)
        person: User = case.applicant.user
        if to == TEXT:
            codes.send(person, purpose=PURPOSE, subject=mark, kind="confirmation_text", number=number_of(case))
        else:
            codes.send(person, purpose=PURPOSE, subject=mark, kind="confirmation_code", helper=str(by))
    return case


@once_only(case_of)
def confirm_by_code(
    application: Application, *, by: User, code: str, read_aloud: bool, once: Once | None = None
) -> Application:
    """The person heard or read all answers and told the code: the form is sent, by them.

    Raises CodeError when the code proves nothing (wrong, expired, too_many tries, none_sent for these answers),
    Incomplete, Refused: not_read_to_them, answers_moved.
    """
    if not read_aloud:
        raise Refused("not_read_to_them")
    fresh = Application.objects.select_related("applicant__user", "product").get(pk=application.pk)
    may(fresh, "confirm_by_code", by)
    mark = _mark(fresh)
    codes.prove(fresh.applicant.user, purpose=PURPOSE, subject=mark, typed=code)
    case: Application
    with deed(application.confirm_by_code, by=by, once=once, detail={"by": "code"}) as case:
        if _mark(case) != mark:
            raise Refused("answers_moved")
        follow_on(send_for_the_person, case, how="code")
    return case_of(case.event)


def send_for_the_person(case: Application, *, how: str) -> None:
    """The form is sent by the person who confirmed it, in the language they read; the event says how."""
    person: User = case.applicant.user
    with override(person.reads):
        submission.submit(case, by=person, detail={"confirmed": how, "typed_by": case.assisted_by_id})


def complete_form(case: Application) -> Form:
    """The form, when nothing is missing in it; raises Incomplete."""
    form = Form(case)
    if gaps := form.all_gaps():
        raise Incomplete(gaps)
    return form


def _mark(case: Application) -> str:
    """The subject of a code for the answers as they stand."""
    return f"{case.reference}:{fingerprint(case, complete_form(case))[:SIGNS]}"

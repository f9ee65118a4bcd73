"""Review: the case on an officer's desk, and what is asked of the applicant."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from accounts.actors import CLOCK
from accounts.models import User
from config import clock
from loans.lifecycle import promise
from loans.lifecycle.applying import consents
from loans.lifecycle.applying.submission import Incomplete, case_of, freeze, invite_co_signers
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import flags
from loans.lifecycle.step import Tally, deed, step, steps
from loans.lifecycle.tell import tell_borrower
from loans.models import Application, Question
from loans.models.form import Form
from loans.models.question import topics_of

Asked = Sequence[tuple[str, str]]  # (slug of a page or `paper_topic` of a kind, reason in the officer's words)


@once_only(case_of)
def take(application: Application, *, by: User, once: Once | None = None) -> Application:
    """An officer takes the case on the desk."""
    case: Application
    with step(application.take, by=by, once=once) as case:
        case.reviewer = by
        flags.count(case)
    return case


@once_only(case_of)
def ask_for_more(application: Application, *, by: User, asked: Asked, once: Once | None = None) -> Application:
    """Re-open pages and ask for single papers; the clock of our promise stops.

    The person has the product's `answer_days` to answer. Raises Refused: nothing_asked, no_reason, unknown_page.
    """
    wanted = _wanted(asked)
    case: Application
    with step(application.ask_for_more, by=by, once=once, detail={"topics": sorted(wanted)}) as case:
        promise.stop(case)
        _ask(case, wanted)
    return case


@once_only(case_of)
def ask_besides(application: Application, *, by: User, asked: Asked, once: Once | None = None) -> Application:
    """Ask for something else while the applicant is waited for; the `answer_days` begin anew.

    Raises as `ask_for_more`, and Refused("asked_already").
    """
    wanted = _wanted(asked)
    case: Application
    with deed(application.ask_besides, by=by, once=once, detail={"topics": sorted(wanted)}) as case:
        if case.questions.filter(answered_at=None, topic__in=wanted).exists():
            raise Refused("asked_already")
        _ask(case, wanted)
    return case


def _wanted(asked: Asked) -> dict[str, str]:
    wanted = {topic: reason.strip() for topic, reason in asked}
    if not wanted:
        raise Refused("nothing_asked")
    if not all(wanted.values()):
        raise Refused("no_reason")
    return wanted


def _ask(case: Application, wanted: Mapping[str, str]) -> None:
    names = topics_of(case)
    if not wanted.keys() <= names.keys():
        raise Refused("unknown_page")
    case.answer_by = clock.today() + timedelta(days=case.product.answer_days)
    for topic, reason in wanted.items():
        Question.objects.create(application=case, event=case.event, topic=topic, reason=reason)
    with override(case.applicant.user.reads):
        items = [{"section": str(names[topic]), "reason": reason} for topic, reason in wanted.items()]
    occasion, day = f"questions:{case.event.pk}", case.answer_by.isoformat()
    tell_borrower(case, "more_needed", occasion=occasion, items=items, answer_by=day)


@once_only(case_of)
def answer(application: Application, *, by: User, once: Once | None = None) -> Application:
    """The applicant sends back what was asked; a second copy of the form is frozen.

    Raises Incomplete with every gap of the form.
    """
    case: Application
    with step(application.answer, by=by, once=once) as case:
        form = Form(case, is_answer=True)
        if gaps := form.all_gaps():
            raise Incomplete(gaps)
        freeze(case, form)
        consents.take_from(case, form, by=by)
        invite_co_signers(case, form)
        case.questions.filter(answered_at=None).update(answered_at=clock.now())
        case.answer_by = None
        promise.resume(case)
        flags.count(case)
    return case


@once_only(case_of)
def reopen(application: Application, *, by: User, note: str = "", once: Once | None = None) -> Application:
    """Take up again a case that was closed because no answer came."""
    case: Application
    with step(application.reopen, by=by, note=note, once=once) as case:
        case.reviewer = case.reviewer or by
        promise.resume(case)
        case.questions.filter(answered_at=None).update(answered_at=clock.now())
    return case


@once_only(case_of)
def add_note(application: Application, *, by: User, note: str, once: Once | None = None) -> Application:
    """Write something down beside the case. Raises Refused("empty_note")."""
    if not note.strip():
        raise Refused("empty_note")
    case: Application
    with deed(application.add_note, by=by, note=note.strip(), once=once) as case:
        pass
    return case


def close_unanswered(day: date) -> Tally:
    """The clock closes cases whose time to answer is over."""

    def close(case: Any) -> None:
        case.answer_by = None

    silent = Application.objects.filter(state=Application.State.WAITING, answer_by__lt=day)
    return steps(silent, "close_unanswered", by=CLOCK, body=close)

"""A draft with which somebody helps: who may do what to it, and what a helper never may, in any state."""

import pytest

from loans.lifecycle.applying import signed_pages, submission
from loans.models import Application
from tests.cases import again
from tests.loans.matrix.machines import MAY, OF_HELP, attempt, walk

pytestmark = pytest.mark.django_db
TYPING = {"assist", "pass_on", "end_help", "send_confirmation", "confirm_by_code", "print_summary", "check_signed_page"}
SECOND = {"confirm_signed_page", "turn_down_signed_page"}
OWN = {("submit", "amina"), ("withdraw", "amina"), ("expire", "clock")}


def test_of_a_draft_that_the_office_types_only_these_do_only_this(checked_draft, people):
    assert walk(checked_draft, people) == {
        *OWN,
        *((verb, "omar") for verb in TYPING),
        *((verb, who) for verb in SECOND for who in ("olga", "mariam")),
        ("end_help", "amina"),
        ("invite_helper", "amina"),
    }


def test_of_a_draft_with_a_helper_the_helper_only_stops(helped_draft, people):
    assert walk(helped_draft, people) == {
        *OWN,
        ("end_help", "amina"),
        ("end_help", "bilal"),
        ("invite_helper", "amina"),
    }


def test_once_it_is_sent_nobody_helps_any_more(checked_draft, people, olga):
    page = checked_draft.signed_pages.get()
    case = signed_pages.confirm(checked_draft, by=olga, page=page.pk, matches=True)
    assert not {cell for cell in walk(again(case), people) if cell[0] in OF_HELP}


def test_a_helper_does_nothing_once_it_is_sent(helped_draft, amina, bilal):
    case = again(submission.submit(helped_draft, by=amina))
    assert not any(attempt(case, verb, bilal) for verb in MAY[Application])

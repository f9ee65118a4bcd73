"""The demo is walked by the real verbs; the same seed gives the same office."""

import pytest
from django.core.management import CommandError, call_command

from loans import demonstration
from loans.furnishing import furnish
from loans.lifecycle import audit
from loans.models import Application, Loan

pytestmark = pytest.mark.django_db


def test_a_demo_holds_every_state_and_its_books_are_whole():
    furnish()
    demonstration.build(10)
    states = set(Application.objects.values_list("state", flat=True))
    assert {"draft", "submitted", "in_review", "waiting_for_applicant", "recommended", "approved"} <= states
    assert {"offered", "signed", "active", "repaid"} == set(Loan.objects.values_list("state", flat=True))
    assert list(audit.audit()) == []


def months(seed):
    return [demonstration.months_of(number, seed) for number in range(20)]


def test_the_seed_decides_the_terms():
    assert months(1) == months(1)
    assert months(1) != months(2)


def test_a_real_office_is_never_filled(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="never filled"):
        call_command("demo")

"""The demo is walked by the real verbs; the same seed gives the same office."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import RoleChange
from config import clock
from loans import demonstration
from loans.furnishing.office import furnish
from loans.lifecycle.ledger import audit
from loans.models import Application, Conflict, IdentityCheck, Loan, Party, Plan, Position, SettingChange, Vote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprinted")]


def office(count, seed=1):
    furnish()
    demonstration.build(count, seed)


def test_a_demo_of_sixty_is_an_office_at_work():
    office(60)
    assert set(Application.objects.values_list("state", flat=True)) == set(Application.State.values)
    known = set(Loan.objects.values_list("state", flat=True))
    assert known == set(Loan.State.values) - {"cancelled"}
    purposes = set(Loan.objects.values_list("application__product__purpose", flat=True))
    assert purposes == {"training", "business"}
    assert set(Party.objects.values_list("kind", flat=True)) == {"borrower", "co_borrower", "guarantor"}
    late = Position.objects.filter(loan__state="active", next_unpaid_on__lt=clock.today())
    assert late.count() >= 3
    assert {"pause", "reschedule"} <= set(Plan.objects.values_list("reason", flat=True))
    assert Vote.objects.exists()
    assert IdentityCheck.objects.exists()
    assert Conflict.objects.exists()
    assert RoleChange.objects.filter(is_confirmed=None).count() == 1
    assert set(SettingChange.objects.values_list("is_confirmed", flat=True)) == {None, False, True}
    months = {(case.started_at.year, case.started_at.month) for case in Application.objects.all()}
    assert len(months) > 12
    assert list(audit.audit()) == []


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 11, 27, 4, 10, tzinfo=UTC), id="ten past eleven at night in winter"),
        pytest.param(datetime(2026, 7, 8, 4, 10, tzinfo=UTC), id="ten past midnight in summer"),
    ],
)
def test_at_any_hour_a_demo_can_be_made(moment):
    """The hour at which a case began lies, in the other half of the year, on the day before or after."""
    with clock.at(moment):
        office(24)
    assert list(audit.audit()) == []


def told():
    """What an office consists of, without what chance or the clock's seconds decide."""
    return [
        *Application.objects.order_by("reference").values_list("reference", "state", "applicant__full_name"),
        *Loan.objects.order_by("number").values_list("number", "state", "principal_cents", "repayment_months"),
        *Position.objects.order_by("loan__number").values_list("principal_cents", "paid_cents"),
    ]


def test_the_seed_decides_the_office():
    found = []
    with clock.at(clock.now()):
        for seed in (1, 1, 2):
            with transaction.atomic():
                office(14, seed)
                found.append(told())
                transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_real_office_is_never_filled(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="never filled"):
        call_command("demo")

"""Other terms inside what was approved: tried with the engine of the contract, taken before anybody signs."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import disbursement, planning
from loans.lifecycle.offering import choosing, own_terms
from loans.lifecycle.refusal import Refused
from loans.models import Event, VoidAgreement
from tests.cases import again, sign
from tests.days_ahead import days_ahead
from tests.loans.lifecycle.offering.test_choosing import SLOWER, SMALLER, recommend

pytestmark = pytest.mark.django_db


def take(loan, by, **other):
    terms = {"principal_cents": 400_000, "repayment_months": 12, "pay_day": 5, **other}
    return own_terms.take(again(loan), by=by, **terms)


def refused(act):
    events = Event.objects.count()
    with pytest.raises(Refused) as told:
        act()
    assert Event.objects.count() == events
    return told.value.code


@pytest.fixture
def among(in_review, omar, mariam):
    """A loan offered in three options, of which none is chosen."""
    decision.approve(again(recommend(in_review, omar, SMALLER, SLOWER)), by=mariam)
    return again(in_review).loans.get()


def test_the_bounds_are_what_was_approved(loan, product):
    bounds = own_terms.bounds_of(loan)
    assert (bounds.least_cents, bounds.most_cents) == (product.min_cents, 500_000)
    assert (bounds.least_months, bounds.most_months) == (product.min_repayment_months, 24)
    assert set(range(1, 29)) <= set(bounds.pay_days)


def test_a_pay_day_taken_late_is_no_day_that_has_passed(loan, amina):
    late = loan.open_until
    with clock.at(days_ahead((late - clock.today()).days)):
        for day in own_terms.bounds_of(loan).pay_days:
            if day != loan.first_due.day:
                assert take(loan, amina, pay_day=day).first_due >= late + timedelta(days=15)


def test_among_options_the_largest_and_the_longest_bound(among):
    bounds = own_terms.bounds_of(among)
    assert (bounds.most_cents, bounds.most_months) == (500_000, 36)


def test_trying_is_the_engine_of_the_contract_and_saves_nothing(loan, amina):
    tried = own_terms.estimate(loan, principal_cents=400_000, repayment_months=12, pay_day=5)
    assert again(loan).principal_cents == 500_000
    taken = take(loan, amina)
    assert planning.figures_of(again(taken).terms) == tried.figures
    plan = planning.agreed_plan(taken)
    assert (plan.version, plan.reason, plan.payment_cents) == (1, "offer", tried.figures.plan.payment_cents)
    assert {row.due_on.day for row in plan.rows.all()} == {5}


def test_what_is_taken_is_signed_sent_and_adds_up(loan, amina, felix):
    signed = sign(take(loan, amina), amina)
    advance = disbursement.release(signed.advances.get(), by=felix)
    assert advance.cents == 400_000
    disbursement.send(advance, by=felix, on=clock.today())
    assert {row.due_on.day for row in planning.plan_in_force(again(loan)).rows.all()} == {5}
    assert list(audit()) == []


def test_the_story_holds_numbers_and_an_unsigned_agreement_is_thrown_away(loan, amina):
    old = signing.agreement_for(loan, "en")
    take(loan, amina)
    event = Event.objects.get(verb="take_own_terms")
    assert event.detail == {"principal_cents": 400_000, "repayment_months": 12, "pay_day": 5}
    assert VoidAgreement.objects.get().code == old.code
    assert not again(loan).agreements.exists()


def test_the_same_terms_throw_nothing_away(loan, amina):
    made = signing.agreement_for(loan, "en")
    take(loan, amina, principal_cents=500_000, repayment_months=24, pay_day=loan.first_due.day)
    assert again(loan).agreements.get() == made


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"principal_cents": 500_001}, "outside_product"),
        ({"principal_cents": 99_999}, "outside_product"),
        ({"repayment_months": 25}, "outside_product"),
        ({"repayment_months": 5}, "outside_product"),
        ({"pay_day": 0}, "not_listed"),
        ({"pay_day": 32}, "not_listed"),
    ],
)
def test_outside_the_bounds_is_refused(loan, amina, other, code):
    assert refused(lambda: take(loan, amina, **other)) == code
    assert again(loan).principal_cents == 500_000


def test_what_the_criminal_code_forbids_is_refused(loan, amina, product):
    type(product).objects.update(fee_rate="0.4", fee_cap_cents=None, fee_paid="deducted")
    type(loan).objects.update(fee_paid="deducted", study_months=0)
    assert refused(lambda: take(loan, amina)) == "criminal_rate"


def test_an_offer_of_before_stands_as_it_is(loan, amina):
    type(loan).objects.update(bounds={})
    assert own_terms.bounds_of(again(loan)) is None
    assert refused(lambda: take(loan, amina)) == "fixed_offer"


def test_in_time_by_who_asked_before_anybody_signed(loan, amina, clara, bilal, omar):
    loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    for other in (clara, bilal, omar):
        with pytest.raises(PermissionDenied):
            take(loan, other)
    with clock.at(days_ahead(40)):
        assert refused(lambda: take(loan, amina)) == "offer_over"
    sign(again(loan), clara)
    assert not own_terms.may_take(again(loan))
    assert refused(lambda: take(loan, amina)) == "choice_is_signed"


def test_a_page_that_is_old_takes_nothing(loan, amina):
    old = planning.agreed_plan(loan).pk
    take(loan, amina)
    assert refused(lambda: take(loan, amina, principal_cents=300_000, shown=old)) == "other_terms_chosen"


def test_options_can_still_be_chosen_and_say_their_new_pay_day(among, amina):
    loan = take(among, amina)
    assert (again(loan).chosen, again(loan).waits_for_choice) == (own_terms.OWN, False)
    assert not any(option.is_chosen for option in choosing.options_of(again(loan)))
    assert {option.loan.first_due.day for option in choosing.options_of(again(loan))} == {5}
    loan = choosing.choose(again(loan), by=amina, option=2)
    rows = list(planning.agreed_plan(again(loan)).rows.all())
    assert (again(loan).principal_cents, rows[0].due_on.day) == (300_000, 5)
    assert choosing.options_of(again(loan))[1].first_on == next(row.payable_by for row in rows if row.total_cents)


def test_own_terms_that_are_those_of_an_option_are_that_option(among, amina):
    loan = take(among, amina, principal_cents=300_000, repayment_months=24)
    assert again(loan).chosen == 2


@given(advance_on=st.dates(date(2026, 1, 1), date(2032, 12, 31)), pay_day=st.integers(1, 28))
def test_the_first_due_day_is_on_the_pay_day_two_to_seven_weeks_after_the_money(advance_on, pay_day):
    first = own_terms.first_due_on(advance_on, pay_day)
    assert first.day == pay_day
    assert 15 <= (first - advance_on).days <= 46

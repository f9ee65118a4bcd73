"""An offer near 35 % a year does not come above it by another pay-day, nor by money that leaves late."""

from datetime import timedelta

import pytest

from config import clock
from loans.lifecycle.deciding import decision
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import disbursement, planning
from loans.lifecycle.offering import choosing, limits, own_terms
from loans.lifecycle.refusal import Refused
from loans.models import Loan
from money.calendar import add_months
from tests.cases import again, sign
from tests.days_ahead import days_ahead
from tests.loans.lifecycle.offering.test_limits import lending

pytestmark = pytest.mark.django_db
SHORT = {"principal_cents": 100_000, "study_months": 0, "repayment_months": 6}  # near the limit with a fee of 6.7 %
LONG = {"principal_cents": 500_000, "study_months": 0, "repayment_months": 24}


def offer(case, product, omar, mariam, first, *further):
    lending(product, "0.10", "0.067")
    words = {"reasons": ["affordable"], "note": "Sound."}
    decision.recommend(again(case), by=omar, **words, **first, further=further)
    decision.approve(again(case), by=mariam)
    return again(case).loans.get()


def test_a_pay_day_that_would_make_another_option_criminal_is_refused(in_review, omar, mariam, amina, product):
    """Chosen afterwards, the small loan would have been paid back from fifteen days on, at 39 % a year."""
    loan = offer(in_review, product, omar, mariam, LONG, SHORT)
    loan = choosing.choose(loan, by=amina, option=1)
    soonest = min(own_terms.bounds_of(loan).pay_days, key=lambda day: own_terms.first_due_on(loan.advance_on, day))
    terms = {"principal_cents": 500_000, "repayment_months": 24, "pay_day": soonest}
    with pytest.raises(Refused, match="criminal_rate"):
        own_terms.take(loan, by=amina, **terms)
    with pytest.raises(Refused, match="criminal_rate"):
        own_terms.estimate(loan, **terms)
    assert limits.is_lawful(choosing.choose(again(loan), by=amina, option=2).terms)


def test_an_option_whose_pay_day_was_moved_before_this_was_looked_at_is_not_chosen(
    in_review, omar, mariam, amina, product
):
    loan = offer(in_review, product, omar, mariam, LONG, SHORT)
    soonest = loan.advance_on + timedelta(days=planning.LEAST_DAYS_TO_FIRST_DUE)
    Loan.objects.filter(pk=loan.pk).update(first_due=soonest)
    with pytest.raises(Refused, match="criminal_rate"):
        choosing.choose(again(loan), by=amina, option=2)
    assert again(loan).waits_for_choice


def test_money_that_leaves_late_makes_no_loan_criminal(in_review, omar, mariam, amina, felix, product):
    """With the agreed first due day fifteen days away it would have cost 39 % a year: it comes a month later."""
    loan = sign(offer(in_review, product, omar, mariam, SHORT), amina)
    late = loan.first_due - timedelta(days=planning.LEAST_DAYS_TO_FIRST_DUE)
    with clock.at(days_ahead((late - clock.today()).days)):
        disbursement.send(disbursement.release(loan.advances.get(), by=felix), by=felix, on=late)
        sent = again(loan)
        assert (sent.advance_on, sent.first_due) == (late, add_months(loan.first_due, 1))
        assert limits.is_lawful(sent.terms)
        assert list(audit()) == []

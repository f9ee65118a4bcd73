"""An offer of up to three options: decided on as a whole, chosen by the borrower, and only then a contract."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import disbursement, planning
from loans.lifecycle.offering import choosing
from loans.lifecycle.refusal import Refused
from loans.models import Agreement, Event, Loan, Recommendation, Signature
from tests.cases import TERMS, TICKED, again, explain, has_account, newest_code, prepare_papers, sign
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
SMALLER = {"principal_cents": 300_000, "study_months": 6, "repayment_months": 24}
SLOWER = {"principal_cents": 500_000, "study_months": 6, "repayment_months": 36}


def recommend(case, by, *further, **other):
    words = {"reasons": ["affordable"], "note": "Sound.", **other}
    return decision.recommend(again(case), by=by, **words, **TERMS, further=further)


def traces():
    return [model.objects.count() for model in (Recommendation, Event, Loan, Signature, Agreement)]


def refused(act):
    """The code with which `act()` is refused; it leaves no trace."""
    before = traces()
    with pytest.raises(Refused) as told:
        act()
    assert traces() == before
    return told.value.code


@pytest.fixture
def among(in_review, omar, mariam):
    """A loan offered in three options, of which none is chosen."""
    decision.approve(again(recommend(in_review, omar, SMALLER, SLOWER)), by=mariam)
    return again(in_review).loans.get()


def put_name(loan, user, **other):
    has_account(loan.application)
    prepare_papers(again(loan), user, "en")
    explain(loan, user)
    signing.send_code(loan, by=user)
    said = {"language": "en", "typed_name": user.name, "code": newest_code(user), **TICKED, **other}
    return signing.sign(again(loan), by=user, **said)


# --- Recommended and approved ---------------------------------------------------------------------


def test_the_options_are_recommended_with_the_first(in_review, omar):
    recommendation = recommend(in_review, omar, SMALLER, SLOWER).recommendation
    assert [option.principal_cents for option in recommendation.options] == [500_000, 300_000, 500_000]
    assert recommendation.most_cents == 500_000


@pytest.mark.parametrize(
    ("further", "code"),
    [
        ([SMALLER, SLOWER, {**SLOWER, "study_months": 3}], "too_many_options"),
        ([TERMS], "same_terms"),
        ([SMALLER, SMALLER], "same_terms"),
        ([{**SMALLER, "principal_cents": 99_999}], "outside_product"),
        ([{**SMALLER, "principal_cents": 1_500_001}], "outside_product"),
        ([{**SMALLER, "study_months": 25}], "outside_product"),
        ([{**SMALLER, "repayment_months": 37}], "outside_product"),
    ],
)
def test_options_outside_the_product_or_twice_the_same_are_refused(in_review, omar, further, code):
    assert refused(lambda: recommend(in_review, omar, *further)) == code


def test_no_option_may_cost_more_than_the_criminal_code_allows(in_review, omar, product):
    type(product).objects.update(fee_rate="0.5", fee_cap_cents=150_000, fee_paid="deducted")
    assert refused(lambda: recommend(in_review, omar, {**SMALLER, "principal_cents": 100_000})) == "criminal_rate"


def test_the_largest_option_counts_for_who_may_decide(in_review, omar, mariam, product):
    type(product).objects.update(one_decides_up_to_cents=500_000)
    assert not recommend(in_review, omar, SMALLER).is_for_the_committee
    case = decision.send_back(again(in_review), by=mariam, note="Would more help?")
    larger = recommend(case, omar, {**SMALLER, "principal_cents": 500_001})
    assert again(larger).is_for_the_committee
    assert refused(lambda: decision.approve(again(larger), by=mariam)) == "above_authority"


def test_one_option_is_todays_road(in_review, omar, mariam):
    decision.approve(again(recommend(in_review, omar)), by=mariam)
    loan = again(in_review).loans.get()
    assert (loan.options, loan.chosen, loan.waits_for_choice) == ([], None, False)


def test_the_offer_keeps_its_options_with_what_they_cost(among):
    found = choosing.options_of(among)
    assert [(each.number, each.is_chosen) for each in found] == [(1, False), (2, False), (3, False)]
    assert [each.loan.principal_cents for each in found] == [500_000, 300_000, 500_000]
    for option in found:
        terms = {name: getattr(option.loan, name) for name in TERMS}
        same = planning.planned_loan(among.application.product, **terms)
        assert option.figures == planning.figures_of(same.terms)
        assert option.first_on.isoformat() == again(among).options[option.number - 1]["first_on"]
    assert json.dumps(among.options)


# --- Chosen ---------------------------------------------------------------------------------------


def test_until_one_is_chosen_there_is_no_agreement_and_nobody_signs(among, amina):
    assert refused(lambda: signing.agreement_for(among, "en")) == "nothing_chosen"
    said = {"language": "en", "typed_name": "Amina", "code": "123456", **TICKED}
    Agreement.objects.all().delete()
    assert refused(lambda: signing.sign(among, by=amina, **said)) in ("no_agreement", "nothing_chosen")


def test_the_terms_of_the_choice_are_those_of_the_loan(among, amina):
    loan = again(choosing.choose(among, by=amina, option=2))
    assert (loan.chosen, loan.principal_cents, loan.repayment_months) == (2, 300_000, 24)
    plan = planning.agreed_plan(loan)
    assert (plan.version, plan.reason, loan.plans.count()) == (1, "offer", 1)
    assert sum(row.principal_cents for row in plan.rows.all()) == 300_000
    assert plan.payment_cents == choosing.options_of(loan)[1].figures.plan.payment_cents
    assert loan.application.events.get(verb="choose").detail == {"option": 2}


def test_what_was_chosen_is_signed_sent_and_adds_up(among, amina, felix):
    loan = sign(choosing.choose(among, by=amina, option=2), amina)
    advance = disbursement.release(loan.advances.get(), by=felix)
    assert advance.cents == 300_000
    disbursement.send(advance, by=felix, on=clock.today())
    assert list(audit()) == []


def test_another_one_is_chosen_until_somebody_has_signed(among, amina, clara):
    loan = choosing.choose(among, by=amina, option=2)
    signing.agreement_for(loan, "en")
    loan = choosing.choose(again(loan), by=amina, option=3)
    assert again(loan).repayment_months == 36
    assert not loan.agreements.exists()
    put_name(loan, amina)
    with pytest.raises(Exception, match="cannot choose"):
        choosing.choose(again(loan), by=amina, option=1)


def test_one_signature_of_two_is_enough_to_hold_the_choice(among, amina, clara):
    among.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    loan = choosing.choose(among, by=amina, option=2)
    put_name(loan, clara)
    assert refused(lambda: choosing.choose(again(loan), by=amina, option=3)) == "choice_is_signed"
    assert again(loan).chosen == 2


def test_whoever_read_other_terms_does_not_sign_these(among, amina):
    loan = choosing.choose(among, by=amina, option=2)
    read = planning.agreed_plan(loan).pk
    loan = choosing.choose(again(loan), by=amina, option=3)
    prepare_papers(loan, amina, "en")
    said = {"language": "en", "typed_name": "Amina", "code": "123456", **TICKED}
    assert refused(lambda: signing.sign(again(loan), by=amina, shown=read, **said)) == "other_terms_chosen"


def test_only_what_is_offered_is_chosen_in_time_by_who_asked(among, amina, bilal, omar):
    for number in (0, 4):
        assert refused(lambda number=number: choosing.choose(among, by=amina, option=number)) == "not_listed"
    for other in (bilal, omar):
        with pytest.raises(PermissionDenied):
            choosing.choose(among, by=other, option=1)
    with clock.at(days_ahead(40)):
        assert refused(lambda: choosing.choose(among, by=amina, option=1)) == "offer_over"


def test_an_offer_without_options_has_nothing_to_choose(loan, amina):
    assert refused(lambda: choosing.choose(loan, by=amina, option=1)) == "not_listed"


def test_a_second_click_chooses_once(among, amina):
    for _ in range(2):
        choosing.choose(again(among), by=amina, option=2, once_key="c")
    assert Event.objects.filter(verb="choose").count() == 1


# --- Other terms than were asked for --------------------------------------------------------------


def test_why_other_terms_is_kept_sealed_and_goes_to_the_offer(in_review, omar, mariam):
    case = recommend(in_review, omar, why_other=" Your rent rises in May. ")
    assert case.recommendation.other_terms.why == "Your rent rises in May."
    decision.approve(again(case), by=mariam)
    assert again(case).loans.get().other_terms.why == "Your rent rises in May."
    assert "rent" not in json.dumps([event.detail for event in case.events.all()])

"""Above 35 % a year nothing is offered, charged, spread anew or set up; it is said what would fit (DOMAIN 1.2, 2)."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from config import clock
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import changes, charges, outlook, planning, repayment
from loans.lifecycle.offering import limits, product_costs
from loans.lifecycle.refusal import Refused
from loans.models import IndexRate, Loan, Product
from loans.refusals import sentence
from money.calendar import add_months
from money.schedule import FeePaid
from tests.cases import again, lend
from tests.settings import proposed

pytestmark = pytest.mark.django_db

# (principal in cents, rate a year, months, fee in cents deducted, APR in percent)
VECTORS = {
    "G": (50_000, "0.07", 3, 2_500, "38.5623"),
    "H": (50_000, "0.08", 6, 4_000, "37.5914"),
    "I": (100_000, "0.10", 6, 10_000, "47.7301"),
}
CHEAP = {"rate_index": "", "follows_index": False, "min_cents": 10_000, "max_cents": 1_000_000, "fee_cap_cents": None}
CHEAP |= {"min_repayment_months": 1, "max_repayment_months": 60, "max_study_months": 0, "fee_paid": "deducted"}


@pytest.fixture(params=VECTORS)
def vector(request):
    return VECTORS[request.param]


def lending(product, rate, fee_rate, **other):
    """The product with this rate and fee, as a row that was there before the limit was."""
    Product.objects.filter(pk=product.pk).update(**{**CHEAP, "annual_rate": rate, "fee_rate": fee_rate, **other})
    return again(product)


def of(vector, product):
    cents, rate, _months, fee, _apr = vector
    return lending(product, rate, Decimal(fee) / cents)


def criminal(act, apr):
    """The facts with which `act()` is refused for its cost, `apr` in percent."""
    with pytest.raises(Refused, match="criminal_rate") as told:
        act()
    assert abs(told.value.facts["apr"] * 100 - Decimal(apr)) <= Decimal("0.00005")
    assert told.value.facts["most_apr"] == Decimal("0.35")
    assert sentence(told.value)
    return told.value.facts


def recommend(case, by, cents, months):
    terms = {"principal_cents": cents, "study_months": 0, "repayment_months": months}
    return decision.recommend(again(case), by=by, reasons=["affordable"], note="Sound.", **terms)


def costs(product, cents, months, fee=None):
    """Whether a loan of this product is lawful; with another fee where told."""
    loan = planning.planned_loan(product, principal_cents=cents, study_months=0, repayment_months=months)
    loan.fee_cents = loan.fee_cents if fee is None else fee
    return limits.is_lawful(loan.terms)


# --- An offer -----------------------------------------------------------------------------------------


def test_an_offer_is_refused_with_what_would_fit(in_review, omar, product, vector):
    cents, _rate, months, fee, apr = vector
    product = of(vector, product)
    facts = criminal(lambda: recommend(in_review, omar, cents, months), apr)
    assert 0 < facts["fee_cents"] < fee
    assert costs(product, cents, months, facts["fee_cents"])
    assert not costs(product, cents, months, facts["fee_cents"] + 1)
    assert costs(product, cents, facts["months"])
    assert not costs(product, cents, facts["months"] - 1)
    assert "sum_cents" not in facts  # the fee is a share of any sum


def test_with_a_cap_of_the_fee_a_larger_loan_would_fit(in_review, omar, product):
    product = lending(product, "0.10", "0.10")
    Product.objects.filter(pk=product.pk).update(fee_cap_cents=10_000)
    facts = criminal(lambda: recommend(in_review, omar, 100_000, 6), "47.7301")
    product = again(product)
    assert costs(product, facts["sum_cents"], 6)
    assert not costs(product, facts["sum_cents"] - 1, 6)
    told = sentence(Refused("criminal_rate", **facts))
    assert "would cost 47.73% a year. The Criminal Code allows at most 35.00% a year." in told
    assert "It would fit with a fee of" in told
    assert "months of repayment or more." in told
    assert "It would fit from" in told


def test_a_rate_above_the_limit_fits_with_nothing(in_review, omar, product):
    lending(product, "0.36", 0)
    facts = criminal(lambda: recommend(in_review, omar, 500_000, 12), "35.9993")
    assert not {"fee_cents", "months", "sum_cents"} & facts.keys()
    assert "No other fee, time or amount" in sentence(Refused("criminal_rate", **facts))


def test_a_yes_to_what_has_become_too_dear_is_refused_too(in_review, omar, mariam, product, vector):
    cents, _rate, months, _fee, apr = vector
    lending(product, "0.05", 0)
    recommend(in_review, omar, cents, months)
    of(vector, product)
    facts = criminal(lambda: decision.approve(again(in_review), by=mariam), apr)
    assert facts["months"] > months
    assert not again(in_review).loans.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(
    cents=st.integers(10_000, 500_000),
    months=st.integers(1, 24),
    rate=st.decimals("0", "0.34", places=4),
    share=st.decimals("0.005", "0.2", places=3),
    cap=st.none() | st.integers(100, 20_000),
    paid=st.sampled_from(FeePaid),
)
def test_what_is_said_to_fit_fits_and_the_next_does_not(product, cents, months, rate, share, cap, paid):
    product.__dict__.update(CHEAP, annual_rate=rate, fee_rate=share, fee_cap_cents=cap, fee_paid=paid.value)
    loan = planning.planned_loan(product, principal_cents=cents, study_months=0, repayment_months=months)
    assume(not limits.is_lawful(loan.terms))
    with pytest.raises(Refused, match="criminal_rate") as told:
        limits.refuse_criminal_loan(loan, product)
    facts = told.value.facts
    if "fee_cents" in facts:
        assert costs(product, cents, months, facts["fee_cents"])
        assert not costs(product, cents, months, facts["fee_cents"] + 1)
    if "months" in facts:
        assert costs(product, cents, facts["months"])
        assert not costs(product, cents, facts["months"] - 1)
    else:
        assert not costs(product, cents, product.max_repayment_months)
    if "sum_cents" in facts:
        assert costs(product, facts["sum_cents"], months)
        assert not costs(product, facts["sum_cents"] - 1, months)


# --- A charge -----------------------------------------------------------------------------------------


def returned(loan, felix):
    paid = repayment.record_payment(loan, by=felix, on=clock.today(), cents=500, method="debit", payer="Amina")
    return repayment.reverse_payment(again(loan), by=felix, fact=paid, note="Returned.")


@pytest.fixture
def lent(amina, product, omar, mariam, felix, monkeypatch):
    """`lent(50_000, "0.07", 3)`: a loan whose money left today, the day its plan counts from."""
    monkeypatch.setattr(planning, "DAYS_TO_SEND", 0)

    def lent(cents, rate, months, fee_rate=0):
        row = lending(product, rate, fee_rate, one_decides_up_to_cents=None)
        monkeypatch.setattr(
            "tests.cases.TERMS", {"principal_cents": cents, "study_months": 0, "repayment_months": months}
        )
        return lend(amina, row, omar, mariam, felix)

    return lent


def test_a_charge_is_refused_with_the_largest_that_would_fit(lent, felix, vector):
    cents, rate, months, fee, apr = vector
    loan = lent(cents, rate, months)
    reversal = returned(loan, felix)
    charge = {"by": felix, "reversal": reversal}
    facts = criminal(lambda: charges.charge_return(again(loan), cents=fee, **charge), apr)
    fits = facts["charge_cents"]
    assert 0 < fits < fee
    with pytest.raises(Refused, match="criminal_rate"):
        charges.charge_return(again(loan), cents=fits + 1, **charge)
    assert charges.near_the_limit(again(loan)) is None
    assert charges.charge_return(again(loan), cents=fits, **charge).cents == fits
    assert charges.near_the_limit(again(loan)).apr > Decimal("0.34")
    assert "A charge of up to" in sentence(Refused("criminal_rate", **facts))


def test_a_rate_that_follows_its_index_counts_the_charges_so_far(lent, felix):
    loan = lent(50_000, "0.20", 6)
    Loan.objects.filter(pk=loan.pk).update(rate_index="prime", follows_index=True, margin=0)
    charges.charge_return(again(loan), by=felix, reversal=returned(again(loan), felix), cents=2_000)
    published = {"index": "prime", "starts": clock.today(), "source": "bank"}
    dear = IndexRate.objects.create(annual_rate=Decimal("0.25"), **published)
    with pytest.raises(Refused, match="criminal_rate"):
        changes.follow_index(again(loan), dear)
    assert charges.near_the_limit(again(loan)) is not None
    dear.annual_rate = Decimal("0.19")
    assert changes.follow_index(again(loan), dear).facts.filter(kind="rate_change").exists()


# --- A new spread -------------------------------------------------------------------------------------


def test_a_new_spread_is_refused_with_the_fewest_months_that_would_fit(lent, mariam, vector):
    """A fee that was spread over sixty months weighs more on three: the loan would have become criminal."""
    cents, rate, months, fee, apr = vector
    loan = lent(cents, rate, 60, fee_rate=Decimal(fee) / cents)
    first = add_months(clock.today(), 1)
    spread = {"by": mariam, "first_due": first, "note": "She wants to be done sooner."}
    facts = criminal(lambda: changes.reschedule(again(loan), months=months, **spread), apr)
    seen = criminal(lambda: outlook.foreseen(again(loan), changes.a_new_spread(again(loan), months, first)), apr)
    assert seen == facts
    with pytest.raises(Refused, match="criminal_rate"):
        changes.reschedule(again(loan), months=facts["months"] - 1, **spread)
    assert again(loan).plans.count() == 1
    change = changes.a_new_spread(again(loan), facts["months"], first)
    assert outlook.foreseen(again(loan), change).near is not None  # so close to the limit whoever grants it is warned
    assert changes.reschedule(again(loan), months=facts["months"], **spread).plans.count() == 2


# --- A product ----------------------------------------------------------------------------------------


def test_a_product_is_refused_with_the_loan_that_breaks_it_and_what_would_fit(product, mariam, vector):
    cents, rate, months, fee, apr = vector
    terms = {"rate_index": "fixed", "follows_index": False, "annual_rate": rate, "fee_rate": str(Decimal(fee) / cents)}
    terms |= {"min_cents": cents, "max_cents": cents, "min_repayment_months": months, "max_study_months": 0}
    terms |= {"max_repayment_months": 60, "fee_paid": "deducted", "fee_cap_cents": None}
    facts = criminal(lambda: proposed("products", "credential", by=mariam, **terms), apr)
    assert (facts["principal_cents"], facts["repayment_months"]) == (cents, months)
    made = of(vector, product)
    made.min_cents, made.max_cents, made.min_repayment_months = cents, cents, months
    for name, fits, beyond in (
        ("fee_cap_cents", facts["cap_cents"], facts["cap_cents"] + 1),
        ("min_repayment_months", facts["months"], facts["months"] - 1),
    ):
        usual = getattr(made, name)
        setattr(made, name, fits)
        assert product_costs.is_lawful(made)
        setattr(made, name, beyond)
        assert not product_costs.is_lawful(made)
        setattr(made, name, usual)
    told = sentence(Refused("criminal_rate", **facts))
    assert "The dearest loan of this product" in told
    assert "It would fit with a fee of" in told


# --- Warnings -----------------------------------------------------------------------------------------


def test_from_thirty_percent_on_it_is_warned_and_of_the_effective_rate(product):
    def warning(rate):
        made = lending(product, rate, 0)
        loan = planning.planned_loan(made, principal_cents=500_000, study_months=0, repayment_months=24)
        return limits.warning_of(planning.figures_of(loan.terms).cost)

    assert warning("0.29") is None
    assert warning("0.301").effective_rate is None
    assert warning("0.31").effective_rate > Decimal("0.35")
    assert warning("0.36") is None  # that is refused

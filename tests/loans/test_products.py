"""The products a new office is furnished with, and the rate each loan gets."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from config.languages import NAMES
from loans.furnishing.office import furnish
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import planning
from loans.lifecycle.reviewing import review
from loans.models import IndexRate, Product
from loans.paper_kinds import PAPER_KINDS
from loans.purposes import PURPOSES
from money.cost import is_criminal
from money.schedule import Advance, Fee, Terms
from tests.cases import fill_in

pytestmark = pytest.mark.django_db
CODES = ("professional-development", "credential", "business", "interest-free")


@pytest.mark.parametrize("code", CODES)
def test_no_product_can_cost_more_than_the_criminal_code_allows(office, code):
    product = office.get(code=code)
    starts = date(2026, 11, 2)
    for cents in (product.min_cents, product.max_cents):
        fee = product.fee_cents(cents)
        terms = Terms(
            advances=(Advance(starts, cents),),
            annual_rate=product.rate_on(starts),
            instalments=product.min_repayment_months,
            first_due=planning.first_due(starts),
            fees=(Fee(fee, product.fee_paid),) if fee else (),
        )
        assert not is_criminal(planning.figures_of(terms).cost)


def test_an_index_gives_the_rate_of_its_day_and_the_margin_is_added(office):
    product = office.get(code="business")
    assert product.rate_on(date(2025, 10, 28)) == Decimal("0.0670")
    assert product.rate_on(date(2025, 10, 29)) == Decimal("0.0645")


def test_before_its_first_value_an_index_has_none(office):
    with pytest.raises(IndexRate.DoesNotExist):
        office.get(code="business").rate_on(date(2020, 1, 1))


def test_a_fixed_product_does_not_follow_any_index(office):
    assert office.get(code="credential").rate_on(date(2020, 1, 1)) == Decimal("0.067")


def test_the_interest_free_loan_bears_no_interest_but_its_fee_counts(office):
    product = office.get(code="interest-free")
    example = planning.lawful_estimate(product, **planning.opening_terms(product))
    assert (product.rate_on(date(2026, 1, 1)), product.fee_cents(300_000)) == (0, 6_000)
    assert example.figures.cost.apr > 0


def test_every_product_names_known_papers_and_a_known_purpose(office):
    for product in Product.objects.all():
        assert product.purpose in PURPOSES
        assert set(product.papers) <= set(PAPER_KINDS)


def test_the_first_page_tells_each_product_as_it_is(client, office):
    words = client.get("/").content.decode()
    assert "For 3 months of study you pay nothing, then $125.00 a month for 24 months." in words
    assert "For example: you borrow $15,000.00 and pay" in words
    assert "For 0 months" not in words
    assert "For 12 months of study you pay $83.75 a month" in words


def test_an_interest_free_offer_asks_nothing_during_study_and_says_so(office, amina, omar, mariam):
    case = fill_in(filling.start(amina, office.get(code="interest-free")), amina, amount={"requested": "1,500"})
    case = review.take(submission.submit(case, by=amina), by=omar)
    terms = {"principal_cents": 150_000, "study_months": 4, "repayment_months": 24}
    loan = decision.approve(decision.recommend(case, by=omar, reasons=["enrolled"], note="Yes.", **terms), by=mariam)
    facts = contract_facts(loan)
    assert "Nothing to pay, for 4 months" in render_to_string("loans/terms.html", facts)
    assert (facts["first_row"].number, facts["first_row"].total_cents) == (5, 6_250)


def test_every_furnished_product_speaks_five_languages(office):
    said = set()
    for language in NAMES:
        with override(language):
            said |= {(product.name, product.summary) for product in office.filter(code__in=CODES)}
    assert len(said) == 5 * len(CODES)
    assert all(name and summary for name, summary in said)


def test_furnishing_again_adds_words_that_are_missing_and_changes_none(office):
    own = {"ar": {"name": "قرض آخر"}}
    office.filter(code="business").update(in_other_languages={})
    office.filter(code="credential").update(in_other_languages=own)
    furnish()
    assert office.get(code="business").in_other_languages["es"]["name"] == "Préstamo para negocios"
    assert office.get(code="credential").in_other_languages == own


def test_a_product_without_words_in_a_language_is_told_in_english(office):
    office.filter(code="credential").update(in_other_languages={"ar": {"name": "قرض"}})
    product = office.get(code="credential")
    with override("ar"):
        assert (product.name, product.summary) == ("قرض", product.summary_en)
    with override("es"):
        assert product.name == "Credential loan"

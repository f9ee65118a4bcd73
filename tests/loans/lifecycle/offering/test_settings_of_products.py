"""What products and rates may be set to, from when it holds, and that nothing under way changes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from config import clock
from loans.eligibility import RULES
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import planning
from loans.lifecycle.settings import office_settings
from loans.models import Fund, IndexRate, Plan, Product
from loans.models.loan import Loan
from loans.settings import KINDS
from loans.settings.eligibility import RULES as RULES_ASKED
from tests.cases import TERMS, again, fill_in
from tests.settings import forbidden, proposed, refused, settled, standing

pytestmark = pytest.mark.django_db
PRODUCTS, RATES = KINDS["products"], KINDS["rates"]


@pytest.fixture
def today():
    return clock.today()


# --- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "field", "changed"),
    [
        ("less_than_least", "max_cents", {"min_cents": 200_000, "max_cents": 100_000}),
        ("less_than_least", "max_repayment_months", {"min_repayment_months": 24, "max_repayment_months": 12}),
        ("committee_too_small", "committee_size", {"votes_needed": 3, "committee_size": 2}),
        ("committee_too_small", "committee_size", {"votes_needed": 2, "quorum": 4, "committee_size": 3}),
        ("follows_nothing", "follows_index", {"follows_index": True}),
        ("why_this_rule", "for_years_why", {"for_years": 5}),
        ("rule_not_whole", "for_owners", {"for_owners_why": "The bank wants it."}),
        ("rule_not_whole", "for_area", {"for_postal": "K1"}),
        ("postal_unfit", "for_postal", {"for_area": "Ottawa", "for_postal": "613", "for_area_why": "x"}),
        ("postal_unfit", "for_postal", {"for_area": "Ottawa", "for_area_why": "x"}),
        ("criminal_rate", "annual_rate", {"annual_rate": "0.36"}),
        ("no_why", "reason", {"fee_rate": "0.01", "reason": "  "}),
        ("nothing_changed", None, {}),
    ],
)
def test_terms_that_may_not_be_are_refused_beside_their_field(product, mariam, code, field, changed):
    found = refused(code, lambda: proposed("products", "credential", by=mariam, **changed))
    assert found.facts.get("field") == field


def test_a_fee_that_makes_the_smallest_shortest_loan_too_dear_is_refused(product, mariam):
    """3 % a year with a fee of a tenth, paid back in six months: far above 35 % a year."""
    dear = {"annual_rate": "0.03", "fee_rate": "0.12", "min_repayment_months": 6}
    found = refused("criminal_rate", lambda: proposed("products", "credential", by=mariam, **dear))
    assert found.facts["apr"] > Decimal("0.35")
    assert proposed("products", "credential", by=mariam, **{**dear, "min_repayment_months": 24}).is_confirmed is None


def test_a_version_begins_after_the_newest_and_today_or_later(product, mariam, nadia, today):
    yesterday, later = today - timedelta(days=1), today + timedelta(days=30)
    refused("day_is_past", lambda: proposed("products", "credential", by=mariam, fee_rate="0.01", starts=yesterday))
    far = today + timedelta(days=800)
    refused("begins_too_late", lambda: proposed("products", "credential", by=mariam, fee_rate="0.01", starts=far))
    settled("products", "credential", by=mariam, second=nadia, fee_rate="0.01", starts=later)
    for day in (today, later):
        refused(
            "begins_too_early",
            lambda day=day: proposed("products", "credential", by=mariam, fee_rate="0.02", starts=day),
        )


def test_a_change_whose_day_has_passed_while_it_waited_is_not_confirmed(product, mariam, nadia, today):
    change = proposed("products", "credential", by=mariam, fee_rate="0.01")
    with clock.at(clock.now() + timedelta(days=2)):
        refused("day_is_past", lambda: office_settings.decide(change, by=nadia, confirmed=True))


# --- New products, and their end -------------------------------------------------------------------


def test_a_new_product_is_offered_from_its_day_once_two_agreed(product, mariam, nadia, today):
    said = {
        **standing("products", "credential"),
        "name_en": "Exam loan",
        "name_fr": "Prêt d’examen",
        "purpose": "training",
    }
    change = office_settings.add(PRODUCTS, "exam-loan", said, by=mariam, reason="The fund wants it.", starts=today)
    assert not Product.objects.filter(code="exam-loan").exists()
    office_settings.decide(change, by=nadia, confirmed=True)
    made = Product.objects.on_offer().get(code="exam-loan")
    assert (made.name_en, made.purpose, made.fund) == ("Exam loan", "training", Fund.objects.get())
    assert made.eligibility.count() == product.eligibility.count()


@pytest.mark.parametrize(
    ("code", "why"), [("credential", "code_taken"), ("new", "code_unfit"), ("Exam loan", "code_unfit")]
)
def test_a_new_product_has_a_code_of_its_own(product, mariam, code, why, today):
    said = {**standing("products", "credential"), "purpose": "training"}
    refused(why, lambda: office_settings.add(PRODUCTS, code, said, by=mariam, reason="x", starts=today))


def test_a_product_ends_after_a_day_and_who_began_goes_on(draft, mariam, nadia, amina, today):
    change = office_settings.close(PRODUCTS, "credential", today, by=mariam, reason="The fund is empty.")
    office_settings.decide(change, by=nadia, confirmed=True)
    assert not Product.objects.on_offer(today + timedelta(days=1)).filter(code="credential").exists()
    with clock.at(clock.now() + timedelta(days=2)):
        assert submission.submit(again(draft), by=amina).state == "submitted"


def test_rates_are_neither_added_nor_ended(product, mariam, today):
    forbidden(lambda: office_settings.add(RATES, "other", {}, by=mariam, reason="x", starts=today))
    forbidden(lambda: office_settings.close(RATES, "prime", today, by=mariam, reason="x"))


# --- An index --------------------------------------------------------------------------------------


def test_an_index_gets_a_new_value_by_two_people_and_offers_made_from_then_on_bear_it(product, mariam, carl, today):
    business = Product.objects.get(code="business")
    before = business.rate_on(today)
    settled("rates", "prime", by=mariam, second=carl, annual_rate="0.0425", source="the bank’s page, today")
    assert IndexRate.on("prime", today - timedelta(days=1)) == Decimal("0.0445")
    assert (before, again(business).rate_on(today)) == (Decimal("0.0645"), Decimal("0.0625"))


def test_an_index_that_would_make_a_product_unlawful_is_refused(product, mariam):
    refused("criminal_rate", lambda: proposed("rates", "prime", by=mariam, annual_rate="0.33", source="a slip"))


def test_a_value_of_an_index_may_begin_in_the_past_but_not_before_the_newest(product, mariam, today):
    newest = IndexRate.objects.filter(index="prime").latest("starts").starts
    refused("begins_too_early", lambda: proposed("rates", "prime", by=mariam, annual_rate="0.04", starts=newest))
    assert proposed("rates", "prime", by=mariam, annual_rate="0.04", starts=today - timedelta(days=7)).pk


# --- Nothing that is under way changes ---------------------------------------------------------------


def told_of(loan):
    """All that an offer says: its row, its plan, its contract."""
    row = Loan.objects.filter(pk=loan.pk).values().get()
    plans = list(Plan.objects.filter(loan=loan).order_by("version").values())
    rows = list(planning.plan_in_force(loan).rows.order_by("number").values())
    return row, plans, rows, {name: str(fact) for name, fact in contract_facts(again(loan)).items()}


def test_an_offer_and_a_draft_keep_their_terms_when_every_setting_changes(loan, bilal, product, mariam, nadia, today):
    draft = fill_in(filling.start(bilal, product), bilal)
    before, kept = told_of(loan), again(draft).product
    new = {
        "annual_rate": "0.09",
        "fee_rate": "0.02",
        "max_cents": 900_000,
        "offer_days": 5,
        "needs_credit_check": False,
    }
    settled("products", "credential", by=mariam, second=nadia, **new)
    settled("rates", "prime", by=mariam, second=nadia, annual_rate="0.06", source="the bank’s page")
    assert told_of(loan) == before
    assert (again(draft).product, again(draft).product.annual_rate) == (kept, Decimal("0.067"))
    assert Product.objects.on_offer(today).get(code="credential").annual_rate == Decimal("0.09")


def test_a_case_is_decided_on_the_terms_of_its_own_version(in_review, product, mariam, nadia, omar):
    settled("products", "credential", by=mariam, second=nadia, max_cents=200_000, annual_rate="0.12")
    case = decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    offered = decision.approve(again(case), by=mariam)
    assert (offered.principal_cents, offered.annual_rate) == (500_000, Decimal("0.067"))


# --- Nothing is left out -----------------------------------------------------------------------------


def test_every_parameter_of_a_product_has_its_question():
    """Who gives the model another column gives the page its field."""
    asked = {field.name for field in (*PRODUCTS.fields, *PRODUCTS.first_fields)}
    columns = {column.name for column in Product._meta.concrete_fields}
    assert columns - asked == {"id", "in_other_languages", "effective_from", "effective_to"}
    assert set(RULES_ASKED) == set(RULES)


@pytest.mark.parametrize("slug", KINDS)
def test_every_row_reads_as_answers_that_make_the_same_row_again(product, slug):
    kind = KINDS[slug]
    for row in kind.newest():
        said = kind.answers_of(row)
        made = kind.made(said, code=getattr(row, kind.key), before=row, starts=clock.today())
        assert {**kind.answers_of(row), **said} == said
        same = [f.name for f in kind.model._meta.concrete_fields if f.name not in ("id", kind.starts, kind.ends)]
        assert [getattr(made, name) for name in same] == [getattr(again(row), name) for name in same]

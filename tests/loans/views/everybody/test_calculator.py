"""The public calculator: what it asks, what it tells, and what it makes of what nobody should have typed."""

import html
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config import clock
from loans.models import EligibilityRule, IndexRate, Product

pytestmark = pytest.mark.django_db
HERE = reverse("calculator")
NOON = datetime(2026, 11, 26, 17, tzinfo=UTC)


def ask(client, language="en", **query):
    """The page, as a stranger reads it on 26 November 2026."""
    client.cookies["language"] = language
    with clock.at(NOON):
        return client.get(HERE, query)


def words(response):
    return " ".join(html.unescape(response.content.decode()).replace("\xa0", " ").split())


def boxes(response):
    return {field["name"]: field["value"] for field in response.context["sheet"].fields}


def problems(response):
    """What is wrong, as the list at the top says it; each with a box of its own says it there too."""
    return dict(response.context["errors"])


# --- What it tells ----------------------------------------------------------------------------------


def test_a_stranger_sees_figures_at_once(client, office):
    page = ask(client)
    assert page.status_code == 200
    assert boxes(page) == {"amount": "5,000", "study": "6", "repayment": "36"}
    assert "This is an estimate" in words(page)


def test_it_tells_payments_days_cost_and_rate(client, office):
    """$5,000 at 6.45 %, fee $150 kept back: 500,000 × 0.0645 ÷ 12 = 2,687.5 cents of interest a month of study."""
    text = words(ask(client, product="professional-development", amount="5000", study="12", repayment="36"))
    for sentence in (
        "12 payments of $26.88, interest only",
        "The first by January 4, 2027, the last by December 3, 2027",  # 3 January 2027 is a Sunday
        "36 payments of $153.13",
        "The first by January 4, 2028, the last by December 3, 2030",
        "$150.00, kept back from the money we send: you receive $4,850.00",
        "6.45% a year, fixed, calculated monthly, not in advance",
        "48 months",
        "as if we sent the money on December 3, 2026",
    ):
        assert sentence in text, sentence


def test_the_yearly_cost_stands_as_large_as_the_rate_and_the_payments(client, office):
    text = ask(client, product="business").content.decode()
    figures = text.split('<div class="figures">')[1].split("</div>")[0]
    for name in ("Each month", "Interest rate, a year", "Yearly cost of borrowing (APR)", "Term of the loan"):
        assert name in figures
    assert figures.count("<strong>") == 4


def test_it_begins_with_the_example_of_the_home_page(client, office):
    with clock.at(NOON):
        home = words(client.get(reverse("home")))
    assert "For 12 months of study you pay $83.75 a month, then $461.10 a month for 36 months." in home
    page = ask(client, product="credential")
    assert "12 payments of $83.75, interest only" in words(page)
    assert "36 payments of $461.10" in words(page)


@pytest.mark.parametrize("page", ["home", "account_login"])
def test_a_stranger_finds_it(client, office, page):
    assert f'href="{HERE}"' in client.get(reverse(page)).content.decode()


def test_each_example_leads_to_its_own_figures(client, office):
    home = client.get(reverse("home")).content.decode()
    assert all(f'href="{HERE}?product={product.code}"' in home for product in office.all())


def test_a_rate_that_follows_an_index_says_so_and_when_it_is_set(client, office):
    text = words(ask(client, product="business"))
    assert "The rate is the prime rate of the large banks, today 4.45% a year, plus 2.00%." in text
    assert "It is set on the day of our offer" in text
    assert "prime rate" not in words(ask(client, product="credential"))


def test_without_interest_nothing_is_due_while_one_studies(client, office):
    text = words(ask(client, product="interest-free"))
    assert "Nothing to pay, for 3 months" in text
    assert "you pay nothing." in text
    assert "interest only" not in text


@pytest.mark.parametrize(
    ("paid", "sentence"),
    [
        ("added", "$150.00, added to what you owe: you receive $5,000.00"),
        ("separately", "$150.00, which you pay beside the loan, with the first payment: you receive $5,000.00"),
    ],
)
def test_it_says_how_the_fee_is_paid(client, office, paid, sentence):
    Product.objects.filter(code="professional-development").update(fee_paid=paid)
    assert sentence in words(ask(client, product="professional-development"))


def test_the_table_holds_every_payment_and_the_chart_a_bar_for_each(client, office):
    page = ask(client, product="credential", amount="10,000", study="24", repayment="36")
    text = page.content.decode()
    assert [row.balance_cents for row in page.context["rows"]][-1] == 0
    assert text.count('data-label="Left to pay"') == text.count("<rect") == 60
    assert text.split('<g class="tone-2"')[1].split("</g>")[0].count("<rect") == 24
    assert "You begin with $10,000.00. After the payment of December 3, 2031 you owe nothing." in words(page)


def test_in_french_everything_is_french(client, office):
    text = words(ask(client, "fr", product="credential", amount="5 000,00", study="12", repayment="36"))
    assert "12 versements de 27,92 $, intérêts seulement" in text
    assert "6,70 % par année, taux fixe, calculé mensuellement et non à l’avance" in text
    assert "Le premier au plus tard le 4 janvier 2027, le dernier le 3 décembre 2027" in text


# --- What it asks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["5 000,00", "5,000.00", "$5,000", "5 000,00 $", "٥٬٠٠٠", "5000", "5\u00a0000"])
def test_an_amount_is_read_as_people_write_it_and_echoed(client, office, typed):
    page = ask(client, product="credential", amount=typed, study="12", repayment="36")
    assert page.context["loan"].principal_cents == 500_000
    assert boxes(page)["amount"] == typed
    assert "We read this as $5,000.00." in words(page)


def test_the_limits_are_those_of_the_product(client, office):
    text = words(ask(client, product="interest-free"))
    assert "From $500.00 to $3,000.00." in text
    assert "From 12 to 24 months." in text


def test_study_is_not_asked_where_the_product_knows_none(client, office):
    page = ask(client, product="business", amount="8000", study="12", repayment="48")
    assert page.status_code == 200
    assert list(boxes(page)) == ["amount", "repayment"]
    assert page.context["figures"].interest_only is None


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("amount", "1,50,0", "We cannot tell what amount you mean. Write it like 1,250.00 or 1250.50."),
        ("amount", "", "Please answer this question."),
        ("amount", "999.99", "This loan can be from $1,000.00 to $15,000.00."),
        ("amount", "15000.01", "This loan can be from $1,000.00 to $15,000.00."),
        ("amount", "99999999999999", "This loan can be from $1,000.00 to $15,000.00."),
        ("amount", "-5", "An amount cannot be below zero."),
        ("amount", "much", "Please write an amount in dollars, such as 1,250 or 1250.50."),
        ("study", "25", "For this loan it can be from 0 to 24 months."),
        ("study", "1.5", "Please write a whole number, such as 25."),
        ("repayment", "11", "For this loan it can be from 12 to 36 months."),
        ("repayment", "37", "For this loan it can be from 12 to 36 months."),
    ],
)
def test_what_is_wrong_is_told_at_the_top_and_beside_its_box_and_stays_as_it_was_typed(
    client, office, name, typed, sentence
):
    page = ask(client, product="credential", **{"amount": "5000", "study": "6", "repayment": "24", name: typed})
    assert page.status_code == 422
    assert list(problems(page)) == [f"#id-{name}"]
    assert words(page).count(sentence) == 2
    assert boxes(page)[name] == typed
    assert "figures" not in page.context


def test_a_mistake_is_told_in_french(client, office):
    text = words(ask(client, "fr", product="credential", amount="99", study="30"))
    assert "Ce prêt peut aller de 1 000,00 $ à 15 000,00 $." in text
    assert "Pour ce prêt, de 0 à 24 mois sont possibles." in text


# --- What may not be offered ------------------------------------------------------------------------


def test_what_would_break_the_criminal_code_has_no_figures(client, office):
    Product.objects.filter(code="credential").update(annual_rate=Decimal("0.349"), fee_rate=Decimal("0.05"))
    page = ask(client, product="credential", amount="1000", study="0", repayment="12")
    assert page.status_code == 422
    assert "more than the 35.00% a year that the law allows, so we cannot offer it" in words(page)
    assert "APR" not in words(page)
    assert all(name not in page.context for name in ("figures", "rows", "chart"))
    assert "Credential loan" not in words(client.get(reverse("home"))).split("How it goes")[0]


def test_just_below_the_limit_nobody_is_frightened(client, office):
    Product.objects.filter(code="credential").update(annual_rate=Decimal("0.3499"), fee_rate=0)
    page = ask(client, product="credential", amount="1000", study="0", repayment="12")
    assert page.status_code == 200
    assert "law" not in words(page).split("<main")[1].split("</main>")[0]


def test_a_fee_that_eats_the_loan_is_told(client, office):
    Product.objects.filter(code="credential").update(fee_rate=1)
    page = ask(client, product="credential")
    assert problems(page) == {"#main": "No payment plan can be made from these terms."}


def test_an_index_without_a_value_is_told_and_the_home_page_stays_up(client, office):
    IndexRate.objects.all().delete()
    page = ask(client, product="business")
    assert problems(page) == {"#main": "The rate of this loan is not known today. Please call us."}
    assert client.get(reverse("home")).status_code == 200


def test_who_chooses_a_loan_without_a_rate_is_not_told_that_it_bears_no_interest(client, office, amina):
    IndexRate.objects.all().delete()
    client.force_login(amina)
    page = client.get(reverse("new_application")).content.decode()
    assert page.count("ask us for today’s rate") == 1
    assert page.count("no interest") == 1


def test_where_nothing_is_lent_it_says_so(client, office):
    EligibilityRule.objects.all().delete()
    Product.objects.all().delete()
    assert "We are not lending at the moment." in words(ask(client))


# --- What nobody should have typed ------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "product=nothing",
        "product=%00",
        "product=" + "x" * 5000,
        "amount=" + "9" * 5000,
        "amount=NaN&study=NaN&repayment=NaN",
        "amount=Infinity&study=-1&repayment=1e9",
        "amount=%FF%FE&study=%00&repayment=%F0%9F%92%B8",
        "amount=<script>alert(1)</script>",
        "study=" + "9" * 400,
        "repayment=²&study=٣٣٣٣٣٣٣٣٣",
    ],
)
def test_a_hostile_address_is_told_what_is_wrong(client, office, query):
    page = client.get(f"{HERE}?{query}")
    assert page.status_code == 422
    assert page.context["errors"]
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("query", ["amount=1&amount=5000", "&&&=", "amount[]=3", "page=2&utm_source=x", "%"])
def test_what_it_does_not_know_it_passes_over_and_of_two_it_takes_the_last(client, office, query):
    assert client.get(f"{HERE}?{query}").status_code == 200


def test_it_takes_no_posts(client, office):
    assert client.post(HERE, {"amount": "5000"}).status_code == 405


# --- What it weighs ---------------------------------------------------------------------------------


def test_it_asks_the_database_little(client, office):
    ask(client, product="business")
    with CaptureQueriesContext(connection) as queries:
        ask(client, product="business")
    assert len(queries) <= 5


def test_a_rate_that_moves_with_its_index_is_not_called_fixed(client, office):
    office.filter(code="business").update(follows_index=True, on_rate_change="keep")
    page = client.get(HERE, {"product": "business"}).content.decode()
    assert "at first, calculated monthly" in page
    assert "would no longer cover the interest" in page
    assert "a year, fixed" not in page

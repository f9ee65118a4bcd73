"""The page “What you will need”, and where it has it from."""

import html
import re

import pytest
from django.test import Client

from loans.models import EligibilityRule, Product
from loans.paper_kinds import PAPER_KINDS
from loans.paper_needs import ONLY_IF, papers_of
from loans.purposes import PURPOSES

pytestmark = pytest.mark.django_db
HERE = "/what-you-need/"


def see(language="en", **query):
    browser = Client()
    browser.cookies["language"] = language
    page = browser.get(HERE, query)
    assert page.status_code == 200
    return page


def words(page):
    text = re.sub(r"<[^>]+>", " ", page.content.decode().replace("\xa0", " "))
    return re.sub(r"\s+", " ", html.unescape(text))


def test_every_paper_of_a_product_says_why_and_what_else_will_do(office):
    asked = {kind for product in office.all() for kind in product.papers}
    assert asked <= set(PAPER_KINDS)
    assert all(about.why and about.instead for about in PAPER_KINDS.values())


def test_every_condition_on_a_paper_is_put_in_words(office):
    conditions = {asks for purpose in PURPOSES.values() for _page, asks in purpose.papers_if.values()}
    assert conditions == set(ONLY_IF)


@pytest.mark.parametrize("slug", PURPOSES)
def test_the_page_lists_what_the_products_of_a_purpose_ask_for(office, slug):
    page = see(purpose=slug)
    asked = {kind for product in office.filter(purpose=slug) for kind in product.papers}
    assert {each.kind for each in page.context["papers"]} == asked
    said = words(page)
    for each in page.context["papers"]:
        assert f"{each.name}" in said
        assert f"What else will do: {each.instead}" in said
        assert f"{each.why}" in said
        assert f"{each.only_if}" in said
    assert all(str(section.title) in said for section in PURPOSES[slug].sections)


def test_the_papers_of_a_business_come_with_their_conditions_and_after_the_others(office):
    papers = papers_of(PURPOSES["business"], office.filter(purpose="business"))
    assert [(each.kind, bool(each.only_if)) for each in papers] == [
        ("identity", False),
        ("income", False),
        ("registration", True),
        ("plan", True),
        ("bank_statements", True),
    ]


def test_a_paper_that_only_one_product_asks_for_names_it(office):
    office.filter(code="credential").update(papers=["identity", "enrolment", "income", "registration"])
    papers = {each.kind: each for each in papers_of(PURPOSES["training"], office.filter(purpose="training"))}
    assert papers["registration"].for_products == ("Credential loan",)
    assert papers["identity"].for_products == ()
    assert "For: Credential loan." in words(see(purpose="training"))


@pytest.mark.parametrize(
    "query", ["", "?purpose=nothing", "?purpose=%00", "?purpose=" + "x" * 10_000, "?purpose=<script>alert(1)</script>"]
)
def test_what_we_do_not_lend_for_gets_the_first_page(office, query):
    page = Client().get(HERE + query)
    assert page.status_code == 200
    assert page.context["purpose"].slug == "training"
    assert "<script>alert" not in page.content.decode()


def test_where_nothing_is_lent_it_says_so(office):
    EligibilityRule.objects.all().delete()
    Product.objects.all().delete()
    assert "We are not lending at the moment." in words(see())


def test_it_speaks_french(office):
    said = words(see("fr", purpose="business"))
    assert "Ce qui fera aussi l’affaire : " in said
    assert "What else will do" not in said

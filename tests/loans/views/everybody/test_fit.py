"""The pages of “Is this for me?”."""

import html
import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants.models import Partner
from config import clock
from loans.models import EligibilityRule, Product

pytestmark = pytest.mark.django_db
HERE = "/is-this-for-me/"
TRAINING = {"purpose": "training", "place": "Ottawa", "status": "permanent_resident", "years": "0", "living": "25"}
INPUT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
BUTTON = re.compile(r'<button class="button-quiet" name="(\w+)" value="([^"]*)"><span>(.*?)</span>')


def words(page):
    text = re.sub(r"<[^>]+>", " ", page.content.decode().replace("\xa0", " "))
    return re.sub(r"\s+", " ", html.unescape(text))


def ask(browser=None, language="en", **said):
    browser = browser or Client()
    browser.cookies["language"] = language
    return browser.get(HERE, said)


def tap(browser, page, label):
    """Press the button that says `label`, as a browser without JavaScript sends it."""
    source = page.content.decode().split('class="answers"')[1]
    [(name, code)] = [(n, c) for n, c, text in BUTTON.findall(source) if html.unescape(text) == label]
    return browser.get(f"{HERE}?{urlencode([*INPUT.findall(source), (name, code)])}")


def test_five_taps_lead_from_the_first_question_to_the_answer(office):
    browser = Client()
    page = ask(browser)
    for label in ("Training", "Ottawa", "Permanent resident", "Less than 5 years", "Nothing, or up to 25%"):
        page = tap(browser, page, label)
    said = words(page)
    assert "Yes: 3 of our loans fit what you told us." in said
    assert "Business loan This loan is for something else: Business." in said
    assert "Your answers What do you need the money for? Training" in said
    assert dict(parse_qsl(page.wsgi_request.META["QUERY_STRING"])) == TRAINING


def test_what_does_not_fit_says_why_and_refuses_nobody(office):
    said = words(ask(purpose="business", place="elsewhere"))
    assert "Our loans are meant for others. You may still ask, and others may help." in said
    assert "Business loan For people who live in this area: Ottawa (postal codes K1, K2, K4)." in said
    assert "you may still apply: a person reads it and decides." in said
    assert "refused" not in said
    assert "not eligible" not in said


def test_what_was_not_answered_is_not_told_as_a_no(office):
    said = words(ask(**{**TRAINING, "years": "unsure"}))
    assert "Yes: 2 of our loans fit what you told us." in said
    open_ones = said.split("We cannot tell yet")[1].split("Meant for others")[0]
    assert "Interest-free loan" in open_ones
    assert "It fits you if this is so: For people who came to live in Canada less than 5 years ago." in open_ones


def test_every_answer_leads_back_to_its_question(office):
    page = ask(**TRAINING)
    change = re.findall(r'<a href="([^"]+)">Change<', page.content.decode())
    assert len(change) == len(TRAINING)
    again = page.client.get(html.unescape(change[2]))
    assert "What is your status in Canada?" in words(again)
    assert again.context["screening"].answered == page.context["screening"].answered[:2]


def test_the_first_question_leads_back_home_and_the_second_to_the_first(office):
    assert f'<a href="{reverse("home")}">Back</a>' in ask().content.decode()
    assert f'<a href="{HERE}?">Back</a>' in ask(purpose="training").content.decode()


def test_french_is_equal(office):
    assert "Pour quoi avez-vous besoin de l’argent?" in words(ask(language="fr"))
    assert "Codes postaux qui commencent par K1, K2, K4" in words(ask(language="fr", purpose="training"))
    said = words(ask(language="fr", **{**TRAINING, "place": "elsewhere"}))
    assert "Oui : 1 de nos prêts correspond à ce que vous nous avez dit." in said
    assert "Prêt d’affaires Ce prêt est pour autre chose : " in said
    assert "Pour les personnes qui habitent dans cette région : Ottawa (codes postaux K1, K2, K4)." in said
    assert "Qui d’autre peut aider" in said
    assert "Prêts pour la formation et les permis" not in words(ask(**TRAINING))


# --- Who else can help --------------------------------------------------------------------------------


def test_who_else_helps_is_named_with_source_and_date(office):
    said = words(ask(**TRAINING))
    assert "Windmill Microlending" in said
    assert "How we know: Windmill’s own pages of several dates , November 23, 2026." in said
    assert "Invest Ottawa" not in said
    assert "Atlantic Immigrant Career Loan Fund" not in said


def test_others_are_named_to_who_lives_elsewhere(office):
    said = words(ask(purpose="training", place="elsewhere", status="permanent_resident", living="25"))
    assert "Atlantic Immigrant Career Loan Fund" in said
    assert "Ottawa Public Library" not in said
    assert "211 Ontario" in said


def test_who_helps_no_more_is_not_named(office):
    Partner.objects.filter(code="windmill").update(ended_on=clock.today() - timedelta(days=1))
    assert "Windmill" not in words(ask(**TRAINING))


def test_a_new_partner_is_a_row(office):
    Partner.objects.create(
        code="new",
        kind="business",
        name_en="New Hands",
        name_fr="Mains neuves",
        says_en="Advice.",
        says_fr="Conseils.",
        source="their letter",
        as_of=clock.today(),
    )
    assert "New Hands" in words(ask(**TRAINING))
    assert "Mains neuves" in words(ask(language="fr", **TRAINING))


# --- What nobody should have typed ------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "purpose=nothing",
        "purpose=%00",
        "purpose=" + "x" * 10_000,
        "purpose=training&place=K9Z%209Z9%20garbage",
        "purpose=training&place=" + "K1" * 5_000,
        "purpose=training&place=%FF%FE&status=%00",
        "purpose=training&place=Ottawa&status=<script>alert(1)</script>",
        "purpose=training&place=Ottawa&status=citizen&years=" + "9" * 400,
        "purpose=training&place=Ottawa&status=permanent_resident&years=-1",
        "purpose=training&place=Ottawa&status=permanent_resident&years=0&living=NaN",
        "purpose=business&place=Ottawa&share=²",
        "purpose=business&purpose=training&place=Ottawa&place=nowhere",
        "&&&=", "purpose[]=business", "page=2&utm_source=x", "%",
    ],
)  # fmt: skip
def test_a_hostile_address_gets_the_page_and_is_not_repeated(office, query):
    page = Client().get(f"{HERE}?{query}")
    assert page.status_code == 200
    assert page.context["screening"].name, "it is asked again"
    inside = page.content.decode().split("<main")[1]
    for strange in ("<script>alert", "xxxx", "K1K1", "garbage", "9999", "nowhere", "NaN"):
        assert strange not in inside


def test_it_takes_no_posts(office):
    assert Client().post(HERE, TRAINING).status_code == 405


def test_it_knows_nobody(office):
    browser = Client()
    for said in ({}, {"purpose": "training"}, TRAINING):
        browser.get(HERE, said)
    assert set(browser.cookies) <= {"csrftoken"}  # of the form that changes the language
    assert "sessionid" not in browser.cookies


def test_where_nothing_is_lent_it_says_so_and_still_names_others(office):
    EligibilityRule.objects.all().delete()
    Product.objects.all().delete()
    said = words(ask())
    assert "We are not lending at the moment." in said
    assert "211 Ontario" in said


def test_it_is_light_and_asks_the_database_little(office, settings):
    for said in ({}, {**TRAINING, "years": "unsure"}, {"purpose": "unsure", "place": "elsewhere"}):
        ask(**said)
        with CaptureQueriesContext(connection) as queries:
            page = ask(language="fr", **said)
        assert len(queries) <= 5
        assert len(page.content) <= 15_000

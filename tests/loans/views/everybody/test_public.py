"""The home page: light, and leading to what one wants to know before an account."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="([^"]+)">')
WAY_IN = re.compile(r'<a class="[^"]+" href="([^"]+)">(?:Start an application|Apply for the [^<]+)</a>')


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_home_page_leads_to_all_that_one_wants_to_know_before(office, language):
    browser = Client()
    browser.cookies["language"] = language
    inside = browser.get("/").content.decode().split('<ul class="tasks">')[1].split("</ul>")[0]
    assert LINK.findall(inside) == [reverse(name) for name in ("fit", "needed", "calculator", "call_back")]
    for url in LINK.findall(inside):
        assert browser.get(url).status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/what-you-need/",
        "/calculator/?product=credential",
        "/is-this-for-me/?purpose=training&place=Ottawa&status=permanent_resident&years=unsure&living=25",
    ],
)
def test_whoever_begins_without_an_account_signs_up_first(office, amina, page):
    browser, begin = Client(), reverse("new_application")
    ways = {each.replace("&amp;", "&") for each in WAY_IN.findall(browser.get(page).content.decode())}
    assert ways
    for way in ways:
        assert way.startswith(begin)
        assert browser.get(way).url == f"{reverse('account_signup')}?next={quote(way)}"
    browser.force_login(amina)
    assert {browser.get(way).status_code for way in ways} == {200}


def test_the_cost_of_a_loan_is_together_in_one_fold(office):
    page = Client().get("/").content.decode()
    card = page.split("<h3>Business loan</h3>")[1].split("</article>")[0]
    seen, folded = card.split("<details>")
    assert "a small business" in seen
    assert "Interest" not in seen
    for part in ("Amount", "Interest", "Fee", "For example: you borrow", "yearly cost of borrowing (APR)"):
        assert part in folded


@pytest.mark.parametrize("name", ["home", "fit", "needed", "call_back", "call_back_asked"])
def test_a_first_visit_weighs_at_most_sixty_kilobytes(office, settings, name):
    browser = Client()
    browser.cookies["language"] = "fr"
    page = browser.get(reverse(name))
    parts = [settings.BASE_DIR / "static" / file for file in ("css/tremplin.css", "js/tremplin.js", "img/mark.svg")]
    loaded = set(re.findall(r'(?:src|rel="stylesheet" href|rel="icon" href)="(/static/[^"]+)"', page.content.decode()))
    assert loaded == {f"/static/{part.relative_to(settings.BASE_DIR / 'static')}" for part in parts}
    assert len(page.content) + sum(part.stat().st_size for part in parts) <= 60_000


def test_the_home_page_asks_the_database_little(office):
    Client().get("/")
    with CaptureQueriesContext(connection) as queries:
        Client().get("/")
    assert len(queries) <= 5

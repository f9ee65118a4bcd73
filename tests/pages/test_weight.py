"""A page is light enough for an old phone on 2G: bytes as a real office sends them, compressed, heads included."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db
FIRST_VISIT, LATER_PAGE, OWN_JAVASCRIPT = 60_000, 15_000, 10_000  # bytes
OFFICE_JAVASCRIPT = 2_000  # on the desk of the office, which nobody opens on an old phone
MOST_QUERIES = 12
RENDER_BLOCKING = re.compile(r"<script\b(?![^>]*\b(?:defer|async)\b)[^>]*>|<style\b")
OUR_OWN = re.compile(r"/(?!/)")  # an address of this house, and no other origin


def test_whatever_page_is_opened_first_weighs_little(house):
    weights = {str(page): _weight(house, page) for page in house.pages}
    print(*(f"{weight:6} {name}" for name, weight in sorted(weights.items(), key=lambda each: -each[1])[:10]), sep="\n")
    assert len(weights) > 100
    assert {name: weight for name, weight in weights.items() if weight > FIRST_VISIT} == {}


def test_later_pages_weigh_less(house):
    """Whoever came by the opening page has what it fetched, or was told to fetch for later: it may be kept for ever."""
    home = next(page for page in house.pages if page.name == "home")
    weights = {str(page): _weight(house, page, has=home.files) for page in house.pages}
    print(*(f"{weight:6} {name}" for name, weight in sorted(weights.items(), key=lambda each: -each[1])[:10]), sep="\n")
    assert {name: weight for name, weight in weights.items() if weight > LATER_PAGE} == {}


def _weight(house, page, has=frozenset()):
    return page.wire_bytes + sum(house.files[url].wire_bytes for url in page.files - has)


def test_what_a_browser_has_it_keeps(house):
    assert house.files
    for url, answer in house.files.items():
        assert "immutable" in answer["Cache-Control"], url
        assert int(re.search(r"max-age=(\d+)", answer["Cache-Control"])[1]) >= 60 * 60 * 24 * 365, url
        assert answer.get("Content-Encoding") == "gzip", url


def test_our_own_javascript_is_short():
    scripts = {path.name: path.stat().st_size for path in Path(settings.BASE_DIR / "static").rglob("*.js")}
    print(scripts)
    of_the_office = scripts.pop("desk.js")
    assert 0 < sum(scripts.values()) <= OWN_JAVASCRIPT
    assert 0 < of_the_office <= OFFICE_JAVASCRIPT


def test_nothing_comes_from_elsewhere(house):
    assert [(str(page), url) for page in house.pages for url in page.files if not OUR_OWN.match(url)] == []
    assert [(url, found) for url, answer in house.files.items() for found in _fetched_by(answer)] == []


def _fetched_by(answer):
    """Addresses that a style sheet leads to: none of ours does."""
    is_style = answer["Content-Type"].startswith("text/css")
    return re.findall(rb"url\([^)]*\)|@import[^;]*;", answer.unpacked) if is_style else []


def test_no_script_holds_the_page_back(house):
    assert [(str(page), found) for page in house.pages for found in RENDER_BLOCKING.findall(page.html)] == []


def test_every_page_asks_the_database_little(house):
    assert {str(page): page.queries for page in house.pages if page.queries > MOST_QUERIES} == {}
    assert max(page.queries for page in house.pages) > 5

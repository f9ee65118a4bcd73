"""The desk of an officer: its lists, filters, orders and searches, each page from the address to the last byte."""

from functools import partial
from statistics import median
from time import perf_counter

from django.test import Client
from django.urls import reverse

from loans.benchmark.figure import Scene, Work

LISTS = (
    {},
    {"show": "mine"},
    {"show": "unassigned"},
    {"show": "waiting"},
    {"show": "decision"},
    {"show": "promises"},
    {"show": "messages"},
    {"show": "bank"},
    {"show": "papers"},
    {"show": "numbers"},
    {"show": "all"},
    {"show": "all", "page": "10"},
    {"show": "all", "sort": "newest"},
    {"show": "all", "sort": "promise"},
    {"show": "all", "sort": "amount"},
    {"show": "all", "sort": "name"},
    {"show": "mine", "sort": "amount"},
    {"show": "decision", "sort": "name"},
    {"state": "declined"},
    {"state": "in_review", "sort": "name"},
    {"purpose": "business", "sort": "amount"},
    {"product": "credential", "state": "submitted", "sort": "promise"},
)
SEARCHES = (
    "diallo",
    "amina benali",
    "王",
    "خطيب",
    "ma",
    "a",
    "nobody of that name",
    "0142",
    "613 555",
    "42",
    "T-{year}-0042",
    "T-{year}",
    "applicant42",
    "applicant42@people.example",
)


class NoPage(AssertionError):
    """An address of the desk gave no page."""


def lists(cases: int, scene: Scene) -> Work:
    """Pages a second, at the median of all lists, filters and orders, over so many cases."""
    officer = {"officer": str(scene.office.officer.pk), "sort": "name"}
    return _looking((*LISTS, officer), cases, scene)


def searches(cases: int, scene: Scene) -> Work:
    """Pages a second, at the median of searches by all that one may type, over so many cases."""
    year = scene.office.cases(cases)
    return _looking([{"q": words.format(year=year)} for words in SEARCHES], cases, scene)


def _looking(addresses, cases: int, scene: Scene) -> Work:
    scene.office.cases(cases)
    browser = Client()
    browser.force_login(scene.office.officer)
    return lambda: 1 / median(map(partial(_seconds, browser), addresses))


def _seconds(browser: Client, address: dict[str, str]) -> float:
    began = perf_counter()
    answer = browser.get(reverse("desk"), address, secure=True)
    if answer.status_code != 200:
        raise NoPage(f"{address}: {answer.status_code}")
    return perf_counter() - began

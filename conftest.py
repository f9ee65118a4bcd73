"""What every test stands on; people and cases are in tests/people.py and its neighbours."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import count

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker, Settings

from applicants import occupations
from letters import pdf
from loans.lifecycle.contracts import printing
from loans.lifecycle.reviewing import papers
from loans.reasons import forget_what_was_read
from vault.cleaning import Cleaned, clean
from vault.cleaning.drawing import sheets_in_small
from vault.cleaning.pdfs import PDF

HOUSE = (
    "sharing",
    "sampling",
    "people",
    "cases",
    "assisted",
    "conditions",
    "flags",
    "ink",
    "offices",
    "clamd",
    "languages",
    "certificates",
)
MATRIX = ("pseudo", "answers", "states", "worlds_of_cases", "worlds_of_loans", "worlds_of_the_office")
pytest_plugins = [
    *(f"tests.{name}" for name in HOUSE),
    *(f"tests.loans.matrix.{name}" for name in MATRIX),
]

SLOW_MACHINE = [HealthCheck.too_slow]
# The quick profile draws the same cases every time: whoever changes nothing breaks nothing. The long one draws anew.
hypothesis_settings.register_profile(
    "quick", max_examples=25, derandomize=True, deadline=None, suppress_health_check=SLOW_MACHINE
)
hypothesis_settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=SLOW_MACHINE)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_finish() -> None:
    """What was loaded stays: a fifth of the time went into looking through it for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Pages find their static files without `collectstatic`."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


made_once = lru_cache(maxsize=200)(pdf.pdf_of)


@pytest.fixture(autouse=True)
def papers_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same page is made a PDF once a session: most tests want a signed loan, few its paper."""
    monkeypatch.setattr(pdf, "pdf_of", made_once)


@pytest.fixture(autouse=True)
def codes_told_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The codes on papers follow one another and begin anew with each test, so that the same paper is made once."""
    codes = (f"{number:012d}" for number in count(1))
    monkeypatch.setattr(printing, "new_code", lambda length: next(codes)[-length:])


@lru_cache(maxsize=200)
def cleaned_once(data: bytes, *, sheets: bool = False) -> Cleaned:
    """What the locked room gives."""
    cleaned = clean(data, sheets=sheets)
    return replace(cleaned, thumbnail=sheets_in_small(cleaned.data)) if cleaned.content_type == PDF else cleaned


@pytest.fixture(autouse=True)
def papers_cleaned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same paper is cleaned once a session, and in this process; tests/vault/cleaning go into the locked room."""
    monkeypatch.setattr(papers, "clean_apart", cleaned_once)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A database of the tests begins with the occupations, which every office has: furnishing then passes them over."""
    with django_db_blocker.unblock():
        occupations.load(occupations.FURNISHED, source=occupations.SOURCE, keep=True)


_READ = {False: occupations.read, True: lru_cache(maxsize=1)(occupations.read)}


@pytest.fixture(autouse=True)
def occupations_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The furnished file is read once a session: every furnished office has its five hundred rows."""
    monkeypatch.setattr(occupations, "read", lambda path, source: _READ[path == occupations.FURNISHED](path, source))


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test inherits another's counted attempts, nor the rows it read."""
    cache.clear()
    forget_what_was_read()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def language_of_the_office() -> None:
    """No test inherits the language of another's visitor: the test client leaves it behind in this thread."""
    translation.deactivate()

"""What every test stands on; people and cases are in tests/people.py and its neighbours."""

import os
from collections.abc import Iterator
from functools import lru_cache

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from letters import pdf

pytest_plugins = ["tests.people", "tests.cases", "tests.ink", "tests.offices", "tests.clamd"]

SLOW_MACHINE = [HealthCheck.too_slow]
# The quick profile draws the same cases every time: whoever changes nothing breaks nothing. The long one draws anew.
hypothesis_settings.register_profile(
    "quick", max_examples=25, derandomize=True, deadline=None, suppress_health_check=SLOW_MACHINE
)
hypothesis_settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=SLOW_MACHINE)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


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
def empty_cache() -> Iterator[None]:
    """No test inherits another's counted attempts."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def language_of_the_office() -> None:
    """No test inherits the language of another's visitor: the test client leaves it behind in this thread."""
    translation.deactivate()

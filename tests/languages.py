"""Offices that offer more than English and French. Loaded by the root conftest."""

from datetime import date

import pytest

from config.languages import FURTHER
from letters.catalogues import fingerprint
from letters.models import SignedCatalogue

WHOLE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Sign in"
msgstr "{sign_in}"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "{days}"
"""


@pytest.fixture
def five_languages(mariam):
    """Somebody has read each of the further catalogues as it is installed; Mariam has written it down."""
    for language in FURTHER:
        SignedCatalogue.objects.create(
            language=language,
            read_by=f"A reader of {language}",
            read_on=date(2026, 11, 1),
            fingerprint=fingerprint(language),
            recorded_by=mariam,
        )


@pytest.fixture
def catalogue_of(settings, tmp_path):
    """`catalogue_of("ar", sign_in=…, days=…)` installs a catalogue of two sentences, instead of the real ones."""
    settings.LOCALE_PATHS = [tmp_path]

    def install(folder="ar", *, sign_in="تسجيل الدخول", days="%(n)s يوم", more=""):
        path = tmp_path / folder / "LC_MESSAGES/django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WHOLE.format(sign_in=sign_in, days=days) + more, "utf-8")

    for folder in ("ar", "es", "zh_Hans"):
        install(folder)
    return install

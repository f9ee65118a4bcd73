"""A language is opened by a manager who writes down who has read its catalogue, and closed again by one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import languages
from accounts.languages import SigningRefused
from config import clock
from letters.catalogues import fingerprint
from letters.languages import offered
from letters.models import SignedCatalogue

pytestmark = pytest.mark.django_db
READ = {"read_by": "Dr. Huda Nasser", "read_on": date(2026, 11, 3)}


def test_what_is_written_down_is_who_read_which_words_and_when(mariam, catalogue_of):
    row = languages.sign("ar", by=mariam, **READ)
    assert (row.read_by, row.read_on, row.recorded_by) == ("Dr. Huda Nasser", date(2026, 11, 3), mariam)
    assert row.fingerprint == fingerprint("ar")
    assert offered() == ("en", "fr", "ar")


@pytest.mark.parametrize(
    ("language", "said", "code"),
    [
        ("de", {}, "no_such_language"),
        ("en", {}, "no_such_language"),
        ("ar", {"read_by": "   "}, "no_reader"),
    ],
)
def test_nonsense_is_refused(mariam, catalogue_of, language, said, code):
    with pytest.raises(SigningRefused) as refused:
        languages.sign(language, by=mariam, **{**READ, **said})
    assert refused.value.code == code
    assert offered() == ("en", "fr")


def test_what_will_be_read_tomorrow_is_not_signed_today(mariam, catalogue_of):
    with pytest.raises(SigningRefused, match="in_the_future"):
        languages.sign("ar", by=mariam, **{**READ, "read_on": clock.today() + timedelta(days=1)})
    assert offered() == ("en", "fr")


def test_a_catalogue_with_a_gap_cannot_be_signed(mariam, catalogue_of):
    catalogue_of(sign_in="")
    with pytest.raises(SigningRefused, match="catalogue_not_whole"):
        languages.sign("ar", by=mariam, **READ)


def test_it_is_signed_once_at_a_time(mariam, catalogue_of):
    languages.sign("ar", by=mariam, **READ)
    with pytest.raises(SigningRefused, match="catalogue_signed_already"):
        languages.sign("ar", by=mariam, **READ)
    languages.take_back("ar", by=mariam)
    assert offered() == ("en", "fr")
    languages.sign("ar", by=mariam, **READ)
    assert SignedCatalogue.objects.count() == 2


def test_taking_it_back_twice_keeps_who_did_it_first(mariam, catalogue_of):
    languages.sign("ar", by=mariam, **READ)
    languages.take_back("ar", by=mariam)
    first = SignedCatalogue.objects.get().ended_at
    languages.take_back("ar", by=mariam)
    assert SignedCatalogue.objects.get().ended_at == first


@pytest.mark.parametrize("name", ["omar", "felix", "carl", "ada", "amina"])
def test_nobody_but_a_manager_opens_or_closes_a_language(request, name, catalogue_of):
    somebody = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        languages.sign("ar", by=somebody, **READ)
    with pytest.raises(PermissionDenied):
        languages.take_back("ar", by=somebody)
    assert not SignedCatalogue.objects.exists()

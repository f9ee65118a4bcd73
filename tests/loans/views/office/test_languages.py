"""The office's page of languages."""

import pytest

from accounts import languages
from config import clock
from letters.models import SignedCatalogue
from tests.journeys.person import Person
from tests.words import words

pytestmark = pytest.mark.django_db
READ = {"read_by": "Dr. Huda Nasser", "read_on-day": "3", "read_on-month": "11", "read_on-year": "2026"}


@pytest.fixture
def manager(mariam, catalogue_of):
    return Person("en", mariam)


def test_a_manager_writes_down_who_has_read_it_and_it_is_offered(manager):
    page = words(manager.sends("language_signature", "ar", **READ))
    assert "Read by Dr. Huda Nasser on November 3, 2026; written down by Mariam Haddad" in page
    assert "The language is offered from now on." in page
    assert "العربية</button>" in words(Person("en").opens("calculator"))


def test_it_is_taken_back_and_the_page_remembers(manager):
    manager.sends("language_signature", "ar", **READ)
    page = words(manager.sends("language_signature_end", "ar"))
    assert "العربية, read by Dr. Huda Nasser on November 3, 2026: taken back by Mariam Haddad" in page
    assert "العربية</button>" not in words(Person("en").opens("calculator"))


def test_words_that_changed_since_are_seen(manager, catalogue_of):
    manager.sends("language_signature", "ar", **READ)
    assert "Its words have changed since." not in words(manager.opens("languages"))
    catalogue_of(sign_in="ادخل")
    assert "Its words have changed since." in words(manager.opens("languages"))
    assert SignedCatalogue.objects.get().ended_at is None  # nobody is shut out by a change


def test_a_catalogue_with_gaps_says_how_many_and_has_no_form(manager, catalogue_of):
    catalogue_of(sign_in="", days="")
    page = words(manager.opens("languages"))
    assert "2 sentences have no words yet" in page
    assert "/office/languages/ar/signature/" not in page
    assert "/office/languages/es/signature/" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({**READ, "read_by": " "}, "Please answer this question."),
        ({**READ, "read_on-day": "31", "read_on-month": "2"}, "Who has read all of it?"),
        ({"read_by": "x" * 5000, **{k: v for k, v in READ.items() if k != "read_by"}}, ""),
        ({}, "Please answer this question."),
    ],
)
def test_what_is_wrong_stands_beside_its_box(manager, typed, sentence):
    answer = manager.browser.post("/office/languages/ar/signature/", typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'id="id-sign-ar-read_by"' in words(answer)
    assert not SignedCatalogue.objects.exists()


def test_a_day_that_has_not_come_stands_beside_its_box(manager):
    answer = manager.browser.post(
        "/office/languages/ar/signature/", {**READ, "read_on-year": str(clock.today().year + 1)}
    )
    assert (answer.status_code, SignedCatalogue.objects.exists()) == (422, False)
    assert "This day has not come yet." in words(answer)


def test_a_catalogue_signed_meanwhile_is_told(manager, mariam):
    languages.sign("ar", by=mariam, read_by="Somebody else", read_on=clock.today())
    answer = manager.browser.post("/office/languages/ar/signature/", READ)
    assert answer.status_code == 422
    assert "This language was signed meanwhile." in words(answer)


@pytest.mark.parametrize("language", ["en", "de", "zh-hant"])
def test_no_other_language_has_a_page(manager, language):
    assert manager.browser.post(f"/office/languages/{language}/signature/", READ).status_code == 404


def test_an_auditor_reads_it_and_can_change_nothing(ada, catalogue_of):
    page = words(Person("fr", ada).opens("languages"))
    assert "العربية" in page
    assert "/signature/" not in page
    assert Person("en", ada).browser.post("/office/languages/ar/signature/", READ).status_code == 403


def test_a_demo_says_that_it_shows_them_all(manager, settings):
    settings.DEMO = True
    assert "it shows all the languages" in words(manager.opens("languages"))

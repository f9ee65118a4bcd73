"""Which languages are offered, and what a page is in when its reader wants another one."""

import pytest

from letters.languages import offered
from letters.models import SignedCatalogue

pytestmark = pytest.mark.django_db
NOWHERE = "/nowhere/"


def language_of(response):
    return response.headers["Content-Language"]


@pytest.fixture
def spanish(mariam):
    return SignedCatalogue.objects.create(
        language="es", read_by="Inés", read_on="2026-11-01", fingerprint="f", recorded_by=mariam
    )


def test_a_new_office_offers_english_and_french():
    assert offered() == ("en", "fr")


def test_a_signed_language_is_offered_until_it_is_taken_back(spanish):
    assert offered() == ("en", "fr", "es")
    SignedCatalogue.objects.update(ended_at="2026-11-02T12:00:00Z")
    assert offered() == ("en", "fr")


def test_a_demo_shows_all_five(settings):
    settings.DEMO = True
    assert offered() == ("en", "fr", "ar", "es", "zh-hans")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("ar-SY,ar;q=0.9,fr;q=0.5", "fr"),
        ("ar, zh-CN;q=0.9, fr-CA;q=0.8, en;q=0.7", "fr"),
        ("zh-CN", "en"),
        ("ar", "en"),
        ("de, ar;q=0.5", "en"),
        ("%%%;;q=,", "en"),
        ("", "en"),
    ],
)
def test_a_browser_gets_the_best_of_what_is_offered(client, office, spanish, asked, found):
    assert language_of(client.get("/", headers={"accept-language": asked})) == found


@pytest.mark.parametrize(
    ("asked", "found"), [("zh-CN,zh;q=0.9", "zh-hans"), ("ar-EG", "ar"), ("es-419,es;q=0.9", "es"), ("fr", "fr")]
)
def test_all_of_them_are_found_by_their_regions(client, office, five_languages, asked, found):
    page = client.get("/", headers={"accept-language": asked})
    assert language_of(page) == found
    assert f'<html lang="{found}" dir="{"rtl" if found == "ar" else "ltr"}">' in page.content.decode()


@pytest.mark.parametrize("cookie", ["ar", "zh-hans", "de", "<b>", "x" * 5000])
def test_a_device_that_remembers_what_is_not_offered_finds_english(client, office, cookie):
    client.cookies["language"] = cookie
    page = client.get("/")
    assert page.status_code == 200
    assert language_of(page) == "en"


def test_a_person_whose_language_was_taken_back_reads_the_one_that_binds(client, office, amina):
    amina.language, amina.binding_language = "ar", "fr"
    amina.save()
    client.force_login(amina)
    assert language_of(client.get("/my/")) == "fr"


def test_a_person_reads_their_own_language_where_it_is_offered(client, office, amina, five_languages):
    amina.language = "ar"
    amina.save()
    client.force_login(amina)
    assert language_of(client.get("/my/")) == "ar"


def test_who_works_here_reads_english_or_french(client, office, omar, five_languages):
    omar.language = "ar"
    omar.save()
    client.force_login(omar)
    page = client.get("/desk/", follow=True)
    assert language_of(page) == "en"
    assert "العربية" not in page.content.decode()


def test_a_page_of_what_went_wrong_is_in_the_readers_language_too(client, office, five_languages):
    client.cookies["language"] = "ar"
    page = client.get(NOWHERE, follow=True)
    assert page.status_code == 404
    assert '<html lang="ar" dir="rtl">' in page.content.decode()


def test_each_language_is_called_by_its_own_name(client, office, five_languages):
    page = client.get("/").content.decode()
    for code, name in (("fr", "Français"), ("ar", "العربية"), ("es", "Español"), ("zh-hans", "简体中文")):
        assert f'value="{code}" lang="{code}"' in page
        assert f">{name}</button>" in page


def test_only_what_is_offered_can_be_chosen(client, office, spanish):
    page = client.get("/").content.decode()
    assert "Español" in page
    assert "العربية" not in page

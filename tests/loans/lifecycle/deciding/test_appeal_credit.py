"""A no that rests on a credit report and stands after an appeal: bureau and rights are told again, in each language."""

import html

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from letters.models import Letter
from letters.render import render
from loans.lifecycle.deciding import appeal, decision
from tests.cases import again
from tests.credit import entered

pytestmark = pytest.mark.django_db
RIGHTS = (
    "One of our reasons comes from a credit report. You had agreed that we ask for it. It is from:",
    "Within 60 days of our letter you may ask us what kind of information it was and where it came from.",
    "The bureau gives you a copy of your credit report when you ask. It costs nothing.",
    "If something in it is wrong, you may ask the bureau to correct it. It costs nothing. Then tell us, and we look "
    "again.",
)
BUREAU = ("Equifax Canada Co.", "Box 190, Station Jean-Talon", "1-866-828-5961")
LANGUAGES = ("en", "fr", "es", "ar", "zh-hans")


def heard(case, mariam, amina, carl, reason="credit_history"):
    """Declined, appealed, heard: the no stands."""
    decision.decline(again(case), by=mariam, reasons=[reason])
    appeal.appeal(again(case), by=amina, note="My debts are paid.")
    return appeal.uphold(again(case), by=carl, note="They are not.")


@pytest.fixture
def stands(in_review, omar, mariam, amina, carl):
    entered(in_review, omar)
    return heard(in_review, mariam, amina, carl)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_names_bureau_and_rights_again(five_languages, in_review, omar, mariam, amina, carl, language):
    amina.language = language
    amina.save()
    entered(in_review, omar)
    heard(in_review, mariam, amina, carl)
    letter = render(Letter.objects.get(kind="decision_stands"))
    with override(language):
        rights = [_(each) for each in RIGHTS]
    for words in (letter.text, html.unescape(letter.html)):
        assert all(each in words for each in (*BUREAU, *rights))


def test_its_facts_are_those_of_the_letter_that_said_no(stands):
    first, second = (Letter.objects.get(kind=kind).facts for kind in ("declined", "decision_stands"))
    assert second["bureaus"] == first["bureaus"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_the_page(five_languages, client, stands, amina, language):
    client.force_login(amina)
    client.cookies["language"] = language
    page = html.unescape(client.get(reverse("my_case", args=[stands.reference])).content.decode())
    with override(language):
        rights = [_(each) for each in RIGHTS]
    assert all(each in page for each in (*BUREAU, *rights))


def test_a_no_for_another_reason_names_no_bureau_after_an_appeal_either(in_review, omar, mariam, amina, carl):
    entered(in_review, omar)
    heard(in_review, mariam, amina, carl, reason="not_affordable")
    letter = Letter.objects.get(kind="decision_stands")
    assert "bureaus" not in letter.facts
    assert "Equifax" not in render(letter).text

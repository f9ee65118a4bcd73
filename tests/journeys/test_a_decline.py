"""A no, with its reasons and what would change it."""

import pytest

from letters.models import Letter
from letters.render import render
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


def test_a_decline_gives_its_reasons(submitted, amina, omar, mariam):
    Person("en", omar).sends("review", submitted.reference, once_key="take")
    Person("fr", mariam).sends("refusal", submitted.reference, **{"reason-not_enrolled": "yes", "once_key": "no"})
    letter = render(Letter.objects.get(kind="declined"))
    assert "\n- The school has not accepted you yet. A letter of acceptance would change this.\n" in letter.text
    assert "<li>The school has not accepted you yet. A letter of acceptance would change this.</li>" in letter.html
    Person("en", amina).opens("my_case", submitted.reference)


def test_its_reasons_are_in_the_language_of_whoever_reads_them(submitted, amina, omar, mariam):
    amina.language = "fr"
    amina.save()
    Person("en", omar).sends("review", submitted.reference, once_key="take")
    Person("en", mariam).sends("refusal", submitted.reference, **{"reason-not_enrolled": "yes", "once_key": "no"})
    letter = render(Letter.objects.get(kind="declined"))
    assert "Une lettre d’admission changerait cela." in letter.text
    assert "would change" not in letter.text

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
    assert "The school has not accepted you yet." in letter.text
    Person("en", amina).opens("my_case", submitted.reference)

"""The applicant takes the request back."""

import pytest

from loans.models import Application
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


def test_a_withdrawal_from_any_page_before_the_decision(recommended, amina):
    Person("fr", amina).sends("withdrawal", recommended.reference, note="I found work.")
    assert Application.objects.get(pk=recommended.pk).state == "withdrawn"

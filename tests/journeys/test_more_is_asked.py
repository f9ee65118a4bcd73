"""The officer asks, the applicant answers."""

import pytest
from django.urls import reverse

from loans.models import Application
from tests.cases import SAID
from tests.journeys.person import Person, as_typed

pytestmark = pytest.mark.django_db


def test_more_is_asked_and_answered(in_review, amina, omar):
    asked = {"ask-study-plan": "yes", "why-study-plan": "When does it end?", "once_key": "ask"}
    Person("en", omar).sends("questions", in_review.reference, **asked)
    applicant = Person("en", amina)
    assert applicant.browser.get(reverse("section", args=[in_review.reference, "budget"])).status_code == 404
    applicant.sends(
        "section", in_review.reference, "study-plan", **as_typed(SAID["study-plan"] | {"ends_on": "30/9/2027"})
    )
    applicant.sends("check_answers", in_review.reference, once_key="answer")
    case = Application.objects.get(pk=in_review.pk)
    assert (case.state, case.submissions.count()) == ("in_review", 2)

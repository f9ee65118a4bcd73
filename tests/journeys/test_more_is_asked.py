"""The officer asks, the applicant answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loans.models import Application
from tests.cases import SAID, picture
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


def test_a_fresh_paper_is_asked_for_sent_and_read(in_review, amina, omar):
    officer, applicant = Person("en", omar), Person("en", amina)
    boxes = {"ask-paper-income": "yes", "why-paper-income": "The newest pay stub, please."}
    officer.sends("questions", in_review.reference, once_key="ask", **boxes)
    more = {"ask-budget": "yes", "why-budget": "Is the rent right?"}
    officer.sends("more_questions", in_review.reference, once_key="more", **more)
    here = reverse("papers", args=[in_review.reference])
    photo = SimpleUploadedFile("stub.jpg", picture(), content_type="image/jpeg")
    assert applicant.browser.post(here, {"kind": "income", "file": photo}).status_code == 302
    applicant.sends("section", in_review.reference, "budget", **as_typed(SAID["budget"]))
    applicant.sends("check_answers", in_review.reference, once_key="answer")
    case = Application.objects.get(pk=in_review.pk)
    assert (case.state, case.documents.filter(kind="income").count()) == ("in_review", 2)
    assert case.questions.filter(answered_at=None).count() == 0

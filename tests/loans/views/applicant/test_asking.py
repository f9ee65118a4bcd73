"""What is asked one by one: the officer's boxes, and the applicant's pages that show exactly that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loans.lifecycle.applying import filling
from loans.lifecycle.reviewing import review
from loans.models.question import paper_topic
from tests.cases import again, picture

pytestmark = pytest.mark.django_db
PAY_STUB, RENT = "The newest pay stub, please.", "Is the rent right?"


@pytest.fixture
def asked(in_review, omar):
    """A case of which a paper and a page are wanted again."""
    return review.ask_for_more(in_review, by=omar, asked=[(paper_topic("income"), PAY_STUB), ("budget", RENT)])


def page(client, case, name="task_list"):
    return client.get(reverse(name, args=[case.reference])).content.decode()


def test_the_officer_asks_for_one_paper_and_one_page(client, in_review, omar):
    client.force_login(omar)
    boxes = {"ask-paper-income": "yes", "why-paper-income": PAY_STUB, "ask-budget": "yes", "why-budget": RENT}
    client.post(reverse("questions", args=[in_review.reference]), {**boxes, "once_key": "one"})
    topics = [(each.topic, each.reason) for each in again(in_review).questions.all()]
    assert sorted(topics) == [("budget", RENT), ("paper-income", PAY_STUB)]


def test_the_list_of_parts_is_exactly_what_was_asked_with_its_reasons(client, asked, amina):
    client.force_login(amina)
    shown = page(client, asked)
    assert shown.count('class="tag') == 2
    assert f"{reverse('papers', args=[asked.reference])}#paper-income" in shown
    assert PAY_STUB in shown
    assert RENT in shown
    assert "0 of 2 parts are done" in shown or "1 of 2 parts are done" in shown


def test_the_page_of_papers_shows_the_paper_asked_for_its_reason_and_no_other(client, asked, amina):
    client.force_login(amina)
    shown = page(client, asked, "papers")
    assert PAY_STUB in shown
    assert 'id="paper-income"' in shown
    assert 'id="paper-identity"' not in shown
    assert 'id="paper-other"' not in shown


def test_another_paper_sent_all_the_same_is_refused_in_words(client, asked, amina):
    client.force_login(amina)
    here = reverse("papers", args=[asked.reference])
    told = client.post(here, {"kind": "identity", "file": picture_file("passport.jpg")})
    assert told.status_code == 422
    assert asked.documents.filter(kind="identity").count() == 1


def test_sending_back_without_the_paper_says_which_is_missing(client, asked, amina):
    client.force_login(amina)
    told = client.post(reverse("check_answers", args=[asked.reference]), {"once_key": "back"})
    assert told.status_code == 422
    assert "A paper that shows your income" in told.content.decode()
    assert again(asked).state == "waiting_for_applicant"


def test_the_officer_sees_what_has_come_since(client, asked, amina, omar):
    filling.add_paper(again(asked), "income", picture(), name="stub.jpg", by=amina)
    client.force_login(omar)
    shown = page(client, asked, "case")
    questions = shown[shown.index('id="asked"') :]
    assert "begun" in questions[: questions.index("</section>")]
    assert "open" in questions[: questions.index("</section>")]


def test_my_case_names_what_was_asked(client, asked, amina):
    client.force_login(amina)
    shown = page(client, asked, "my_case")
    assert "A paper that shows your income" in shown
    assert PAY_STUB in shown


def picture_file(name):
    """A photo as a browser sends it."""
    return SimpleUploadedFile(name, picture(), content_type="image/jpeg")

"""Choosing a message template on the Messages tab: filled, editable, with what was typed, without JavaScript."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.models import Message, MessageTemplate

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(in_review):
    return reverse("case_messages", args=[in_review.reference])


@pytest.fixture
def page_of(client, omar):
    client.force_login(omar)
    return client


def box(response):
    return response.content.decode().partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0]


def test_a_chosen_template_stands_in_the_box(page_of, theirs, in_review):
    response = page_of.get(theirs, {"template": "welcome"})
    assert box(response).startswith(f"Hello {in_review.applicant.greeting},")
    assert in_review.reference in box(response)
    assert "Please read them before you send them" in response.content.decode()


def test_what_was_typed_stays_and_nothing_is_sent(page_of, theirs):
    response = page_of.post(theirs, {"text": "⟨mine⟩", "template": "appointment", "fill": "yes", "once_key": "k"})
    assert response.status_code == 200
    assert box(response).startswith("⟨mine⟩\n\nHello ")
    assert not Message.objects.exists()
    response = page_of.post(theirs, {"text": box(response), "template": "appointment", "fill": "yes"})
    assert box(response).count("Hello ") == 1


def test_it_is_sent_as_it_was_changed(page_of, theirs):
    text = box(page_of.get(theirs, {"template": "appointment"})) + " See you soon."
    response = page_of.post(theirs, {"text": text, "template": "appointment", "once_key": "k"})
    assert response.status_code == 302
    assert Message.objects.get().text.endswith("See you soon.")


def test_a_placeholder_that_is_left_is_told_beside_the_box_and_the_words_are_kept(page_of, theirs):
    response = page_of.get(theirs, {"template": "answer-awaited"})
    assert "The case does not say this: {answer_day}" in response.content.decode()
    response = page_of.post(theirs, {"text": box(response), "once_key": "k"})
    assert response.status_code == 422
    assert "Please write what belongs here, or take it out: {answer_day}." in response.content.decode()
    assert "{answer_day}" in box(response)
    assert not Message.objects.exists()


@pytest.mark.parametrize("code", ["", "other"])
def test_what_is_no_template_is_told_and_the_words_are_kept(page_of, theirs, code):
    response = page_of.post(theirs, {"text": "⟨mine⟩", "template": code, "fill": "yes"})
    assert 'id="id-template-error"' in response.content.decode()
    assert box(response) == "⟨mine⟩"


def test_the_applicant_is_offered_no_template(client, in_review, amina):
    client.force_login(amina)
    page = client.get(reverse("my_messages", args=[in_review.reference]), {"template": "welcome"})
    assert box(page) == ""
    assert 'name="template"' not in page.content.decode()


def test_without_templates_there_is_no_choice(page_of, theirs):
    MessageTemplate.objects.all().delete()
    assert 'name="template"' not in page_of.get(theirs).content.decode()


@pytest.mark.parametrize("code", ["welcome", "paper-missing"])
def test_a_filled_page_asks_the_database_at_most_twelve_times(page_of, theirs, code):
    page_of.get(theirs, {"template": code})
    with CaptureQueriesContext(connection) as queries:
        page_of.get(theirs, {"template": code})
    assert len(queries) <= 12, len(queries)

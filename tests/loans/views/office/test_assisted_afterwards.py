"""What somebody typed for another, once it is sent: on the file, in letters; and how often the pages ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from letters.models import Letter
from loans.lifecycle.applying import signed_pages
from loans.models import Answer
from tests.cases import again
from tests.loans.views.office.assisted_pages import at, opens
from tests.people import signs_in
from tests.words import words

pytestmark = pytest.mark.django_db
MOST = 12


# --- The file, afterwards ----------------------------------------------------------------------------


@pytest.fixture
def sent(checked, on_paper, olga):
    return signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)


def test_the_file_says_who_typed_each_answer_and_that_letters_go_by_post(client, sent, mariam):
    page = words(opens(client, mariam, "case", sent))
    typed = Answer.objects.filter(application=sent, is_current=True).exclude(section="papers")
    assert 20 < page.count("Typed by Omar Diallo on") <= typed.count()
    assert "No e-mail address: letters go by post" in page
    assert "Signed page compared by a second person" in page


def test_no_note_stands_beside_what_the_person_typed(client, submitted, omar):
    page = words(opens(client, omar, "case", submitted))
    assert "Typed by" not in page
    assert "letters go by post" not in page


def test_a_letter_by_post_is_printed_and_written_down_once(client, sent, omar, olga):
    letter = Letter.objects.get(to=sent.applicant.user, kind="received")
    url = reverse("post_letter", args=[sent.reference, letter.pk])
    signs_in(client, omar)
    assert "Rosa Delgado" in words(client.get(reverse("post")))
    page = words(client.get(url))
    assert "12 Laurier Avenue" in page
    assert "courriel" not in page
    for _ in range(2):
        assert client.post(url, {"once_key": "p"}).status_code == 302
    assert sent.events.get(verb="post_letter").by == omar
    assert (again(letter).state, bool(again(letter).body)) == ("handed_over", True)
    assert "No letter waits" in words(client.get(reverse("post")))
    signs_in(client, olga)
    assert client.post(url, {"once_key": "q"}).status_code == 422


# --- How often a page asks ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["assisted", "assisted_new", "post"])
def test_the_lists_ask_little(client, checked, on_paper, omar, name, django_assert_max_num_queries):
    signs_in(client, omar)
    client.get(reverse(name))
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse(name)).status_code == 200


def test_the_pages_of_a_draft_ask_little(client, checked, on_paper, omar, olga, django_assert_max_num_queries):
    for who, name in ((omar, "assisted_case"), (omar, "check_answers"), (olga, "signed_page")):
        opens(client, who, name, on_paper)
        with django_assert_max_num_queries(MOST):
            assert client.get(at(name, on_paper)).status_code == 200


def test_the_file_asks_once_more_and_only_where_somebody_typed(client, sent, submitted, mariam):
    counts = []
    for case in (sent, submitted):
        opens(client, mariam, "case", case)
        with CaptureQueriesContext(connection) as queries:
            client.get(at("case", case))
        counts.append(len(queries))
    assert counts[0] - counts[1] == 1


def test_the_pages_of_a_helper_ask_little(client, helped, samira, django_assert_max_num_queries):
    for who, name in ((samira, "helping"), (helped.applicant.user, "my_helper"), (helped.applicant.user, "my_case")):
        opens(client, who, name, helped)
        with django_assert_max_num_queries(MOST):
            assert client.get(at(name, helped)).status_code == 200

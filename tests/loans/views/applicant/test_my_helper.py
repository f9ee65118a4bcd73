"""The applicant lets somebody help with typing, sees what they did, and ends it; what the helper finds."""

import pytest
from django.urls import reverse

from loans.lifecycle.applying import submission
from tests.cases import again
from tests.people import signs_in

pytestmark = pytest.mark.django_db
ASKED = {"name": "Samira, OCISO", "email": "samira@settle.example", "agreed": "yes", "once_key": "ask"}


def at(name, case):
    return reverse(name, args=[case.reference])


def test_the_applicant_asks_somebody_who_then_finds_the_form(client, draft, amina, samira):
    signs_in(client, amina)
    assert "Let somebody help me type" in client.get(at("my_case", draft)).content.decode()
    for _ in range(2):
        assert client.post(at("my_helper", draft), ASKED).status_code == 302
    assert "Samira Noor helps you since" in client.get(at("my_helper", draft)).content.decode()
    signs_in(client, samira)
    assert at("helping", draft) in client.get(reverse("my_cases")).content.decode()
    assert "You type for Amina" in client.get(at("task_list", draft)).content.decode()


@pytest.mark.parametrize("wrong", [{"agreed": ""}, {"email": "amina@example.org"}, {"email": "x"}, {"name": ""}])
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, draft, amina, wrong):
    signs_in(client, amina)
    response = client.post(at("my_helper", draft), {**ASKED, **wrong})
    assert response.status_code == 422
    assert ("Samira, OCISO" in response.content.decode()) == ("name" not in wrong)
    assert again(draft).assisted_by is None


def test_ending_it_shuts_the_helper_out_at_once(client, helped, amina, samira):
    signs_in(client, amina)
    for _ in range(2):
        assert client.post(at("my_helper_end", helped), {"once_key": "e"}).status_code == 302
    assert "Who helped before" in client.get(at("my_helper", helped)).content.decode()
    signs_in(client, samira)
    for name in ("helping", "task_list", "check_answers", "papers"):
        assert client.get(at(name, helped)).status_code == 404, name
    assert at("helping", helped) not in client.get(reverse("my_cases")).content.decode()


def test_once_it_is_sent_the_helper_finds_nothing(client, helped, amina, samira):
    submission.submit(helped, by=amina)
    signs_in(client, samira)
    for name in ("helping", "task_list", "my_case"):
        assert client.get(at(name, helped)).status_code == 404, name


def test_the_helper_stops_by_themselves(client, helped, samira):
    signs_in(client, samira)
    for _ in range(2):
        response = client.post(at("helping_end", helped), {"once_key": "s"})
        assert (response.status_code, response.url) == (302, reverse("my_cases"))
    assert again(helped).assisted_by is None


def test_the_helper_does_not_send_and_does_not_withdraw(client, helped, samira):
    signs_in(client, samira)
    assert client.post(at("check_answers", helped), {"once_key": "k"}).status_code == 403
    assert client.post(at("withdrawal", helped), {"once_key": "w"}).status_code == 404
    assert again(helped).state == "draft"

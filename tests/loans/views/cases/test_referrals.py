"""The pages of a referral: the officer's, the applicant's, and the list of the office."""

import pytest
from django.urls import reverse

from applicants.models import Partner
from config import clock
from loans.lifecycle.reviewing import referrals
from loans.models import Referral
from loans.models.referral import OUTCOME_DAYS
from tests.cases import again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
WISH = "A course at the University of Toronto"
MOST_QUERIES = 12


def read(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def send(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


@pytest.fixture
def referral(in_review, omar):
    return referrals.offer(in_review, by=omar, partner=Partner.objects.get(code="oclf"), wish=WISH)


@pytest.fixture
def sent(referral, in_review, amina, omar):
    referrals.agree(in_review, by=amina, referral=referral)
    return referrals.send(in_review, by=omar, referral=referral, way="sheet")


def test_an_officer_offers_a_referral_with_what_the_form_says(client, omar, in_review):
    page = read(client, omar, "case_referrals", in_review.reference)
    wish = next(field for field in page.context["offer"]["fields"] if field["name"] == "wish")
    assert wish["value"] == "International Pharmacy Graduate Program, University of Toronto"
    answer = send(client, omar, "case_referrals_new", in_review.reference, partner="windmill", wish=WISH)
    assert (answer.status_code, answer.url) == (302, reverse("case_referrals", args=[in_review.reference]))
    assert Referral.objects.get().partner.code == "windmill"


def test_what_was_typed_is_not_lost_when_it_is_refused(client, omar, in_review, referral):
    answer = send(client, omar, "case_referrals_new", in_review.reference, partner="oclf", wish="Another wish")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A referral to this partner is under way already." in page
    assert "Another wish" in page


def test_the_applicant_is_led_to_the_question_and_reads_exactly_what_would_be_sent(client, amina, in_review, referral):
    mine = read(client, amina, "my_case", in_review.reference).content.decode()
    here = reverse("my_referrals", args=[in_review.reference])
    assert "May we tell them about you?" in mine
    page = read(client, amina, "my_referrals", in_review.reference).content.decode()
    for told in ("Ottawa Community Loan Fund", "Amina El-Sayed", "613-555-0123", amina.email, WISH):
        assert told in page
    answer = send(client, amina, "my_referral_answer", in_review.reference, referral.pk, deed="yes", once_key="a")
    assert (answer.status_code, answer.url) == (302, here)
    assert again(referral).says_yes
    assert "May we tell them about you?" not in read(client, amina, "my_case", in_review.reference).content.decode()
    assert "I no longer agree" in read(client, amina, "my_referrals", in_review.reference).content.decode()
    consents = read(client, amina, "my_consents", in_review.reference).content.decode()
    assert "may tell Ottawa Community Loan Fund my name" in consents


def test_a_yes_that_comes_too_late_is_told(client, amina, omar, in_review, referral):
    referrals.close(in_review, by=omar, referral=referral, outcome="not_sent")
    answer = send(client, amina, "my_referral_answer", in_review.reference, referral.pk, deed="yes")
    assert answer.status_code == 422
    assert "This has been sent or closed meanwhile." in answer.content.decode()


def test_nobody_but_the_person_opens_the_question(client, bilal, clara, in_review, referral):
    for user in (bilal, clara):
        assert read(client, user, "my_referrals", in_review.reference).status_code == 404
        answer = send(client, user, "my_referral_answer", in_review.reference, referral.pk, deed="yes")
        assert answer.status_code == 404
    assert again(referral).says_yes is None


def test_the_sheet_is_there_only_once_it_was_sent(client, omar, ada, amina, in_review, referral):
    paper = ("case_referral_paper", in_review.reference, referral.pk)
    assert read(client, omar, *paper).status_code == 404
    referrals.agree(in_review, by=amina, referral=referral)
    assert read(client, omar, *paper).status_code == 404
    said = {"way": "sheet", "once_key": "send"}
    assert send(client, omar, "case_referral_sending", in_review.reference, referral.pk, **said).status_code == 302
    assert read(client, omar, *paper).content.startswith(b"%PDF-")
    assert read(client, ada, *paper).status_code == 404


def test_sending_without_a_yes_is_refused_in_words(client, omar, in_review, referral):
    answer = send(client, omar, "case_referral_sending", in_review.reference, referral.pk, way="sheet")
    assert answer.status_code == 422
    assert "The person does not agree to this now, so nothing can be sent." in answer.content.decode()


def test_the_desk_and_the_list_say_what_has_no_outcome_for_long(client, olga, ada, in_review, sent):
    with clock.at(days_ahead(OUTCOME_DAYS + 1)):
        assert "has had no outcome for long" in read(client, olga, "desk").content.decode()
        page = read(client, olga, "office_referrals").content.decode()
        assert "No outcome yet: ask" in page
        assert "has had no outcome for long" not in read(client, ada, "desk").content.decode()
    said = {"outcome": "did_not_go", "once_key": "end"}
    assert send(client, olga, "case_referral_outcome", in_review.reference, sent.pk, **said).status_code == 302
    assert again(sent).outcome == "did_not_go"
    assert "No referral is open." in read(client, olga, "office_referrals").content.decode()


def test_the_auditor_reads_it_and_does_nothing(client, ada, in_review, referral):
    page = read(client, ada, "case_referrals", in_review.reference)
    assert page.context["offer"] is None
    assert page.context["rows"][0]["deeds"] == []


def test_the_pages_ask_little(client, omar, amina, in_review, sent, django_assert_max_num_queries):
    for code in ("windmill", "alterna", "face"):
        referrals.offer(in_review, by=omar, partner=Partner.objects.get(code=code), wish=WISH)
    for user, name, args in (
        (omar, "case_referrals", [in_review.reference]),
        (omar, "office_referrals", []),
        (amina, "my_referrals", [in_review.reference]),
        (amina, "my_case", [in_review.reference]),
    ):
        client.force_login(user)
        client.get(reverse(name, args=args))
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(reverse(name, args=args)).status_code == 200

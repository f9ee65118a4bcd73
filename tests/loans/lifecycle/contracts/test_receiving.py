"""A party who takes a paper from our pages has it: kept once, in the story."""

import pytest
from django.urls import reverse

from letters.models import Letter
from loans.lifecycle.contracts.receiving import receive, taken_from
from tests.cases import again
from tests.loans.matrix.states import pay_off
from tests.people import signs_in

pytestmark = pytest.mark.django_db


def agreement_of(loan):
    return loan.agreements.get(language="en").file


def test_the_first_time_is_kept_with_the_hash_of_the_bytes(signed, amina):
    file = agreement_of(signed)
    for _ in range(2):
        receive(signed.application, file, by=amina)
    event = signed.application.events.get(verb="receive_paper")
    assert (event.by, event.detail) == (amina, {"file": file.pk, "sha256": file.sha256})
    assert taken_from(signed.application) == {(amina.pk, file.pk): event}


def test_whoever_stands_not_in_the_loan_leaves_no_trace(signed, omar, bilal):
    for by in (omar, bilal):
        receive(signed.application, agreement_of(signed), by=by)
    assert taken_from(signed.application) == {}


def test_a_paper_is_taken_before_signing_after_it_and_after_the_last_payment(client, loan, amina, request):
    signs_in(client, amina)
    case = loan.application
    offered = client.get(reverse("agreement", args=[case.reference])).content
    assert case.events.filter(verb="receive_paper").count() == 1
    active = request.getfixturevalue("active")
    letter = Letter.objects.get(kind="signed", to=amina)
    url = reverse("my_letter_file", args=[case.reference, letter.pk, agreement_of(again(active)).pk])
    assert client.get(url).content == offered
    pay_off(active, request.getfixturevalue("felix"))
    assert again(active).state == "repaid"
    assert client.get(url).content == client.get(reverse("agreement", args=[case.reference])).content == offered
    shown = client.get(reverse("my_loan", args=[case.reference])).content.decode()
    for paper in active.papers.all():
        assert reverse("my_loan_paper", args=[case.reference, paper.pk]) in shown
    assert url in client.get(reverse("my_letters", args=[case.reference])).content.decode()
    assert url in client.get(reverse("my_letter", args=[case.reference, letter.pk])).content.decode()
    assert case.events.filter(verb="receive_paper").count() == 1


def test_a_paper_of_somebody_elses_letter_is_not_there(client, signed, bilal, amina):
    letter = Letter.objects.get(kind="signed", to=amina)
    url = reverse("my_letter_file", args=[signed.application.reference, letter.pk, agreement_of(signed).pk])
    signs_in(client, bilal)
    assert client.get(url).status_code == 404
    signs_in(client, amina)
    received = Letter.objects.get(kind="received", to=amina)
    other = reverse("my_letter_file", args=[signed.application.reference, received.pk, agreement_of(signed).pk])
    assert client.get(other).status_code == 404

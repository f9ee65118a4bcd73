"""A second click on any form does its deed once, and says the same again."""

import pytest

from loans.lifecycle.applying import submission
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import disbursement
from loans.lifecycle.offering import own_terms, questions
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.models import Event
from tests.cases import TERMS, again

pytestmark = pytest.mark.django_db

CLICKS = {
    "submit": ("draft", "amina", submission.submit, {}),
    "withdraw": ("submitted", "amina", submission.withdraw, {"note": "I found a bursary."}),
    "take": ("submitted", "omar", review.take, {}),
    "ask_for_more": ("in_review", "omar", review.ask_for_more, {"asked": [("budget", "Is the rent right?")]}),
    "ask_besides": ("waiting", "omar", review.ask_besides, {"asked": [("budget", "Is the rent right?")]}),
    "answer": ("waiting", "amina", review.answer, {}),
    "add_note": ("in_review", "omar", review.add_note, {"note": "She called."}),
    "recommend": ("in_review", "omar", decision.recommend, {"reasons": ["affordable"], "note": "Sound.", **TERMS}),
    "send_back": ("recommended", "mariam", decision.send_back, {"note": "Why six months?"}),
    "approve": ("recommended", "mariam", decision.approve, {}),
    "decline": ("recommended", "mariam", decision.decline, {"reasons": ["not_affordable"]}),
    "refuse": ("loan", "amina", signing.refuse, {"note": "Too dear."}),
    "explain": ("loan", "amina", questions.explain, {"question": "total"}),
    "take_own_terms": (
        "loan",
        "amina",
        own_terms.take,
        {"principal_cents": 400_000, "repayment_months": 12, "pay_day": 5},
    ),
    "cancel": ("signed", "mariam", signing.cancel, {"note": "She found a bursary."}),
}


@pytest.fixture
def click(request):
    """`click(verb, key)` does it as its form would; `other=` changes what is typed."""

    def act(name, key, **other):
        row, who, verb, words = CLICKS[name]
        return verb(again(request.getfixturevalue(row)), by=request.getfixturevalue(who), once_key=key, **words | other)

    return act


@pytest.mark.parametrize("name", CLICKS)
def test_a_second_click_does_it_once(name, click):
    first = click(name, "the form's key")
    events = Event.objects.count()
    assert click(name, "the form's key") == first
    assert Event.objects.count() == events
    assert Event.objects.filter(verb=name).exclude(subject_kind="advance").count() == 1


@pytest.mark.parametrize("name", ["withdraw", "add_note", "send_back", "refuse", "cancel"])
def test_a_key_is_not_taken_for_other_words(name, click):
    click(name, "the form's key")
    with pytest.raises(Refused, match="once_key_reused"):
        click(name, "the form's key", note="Something else.")


def test_a_key_of_one_form_does_not_open_another(submitted, omar):
    review.take(submitted, by=omar, once_key="k")
    with pytest.raises(Refused, match="once_key_reused"):
        review.add_note(again(submitted), by=omar, note="x", once_key="k")


def test_what_no_database_takes_is_left_out_of_a_key(submitted, omar):
    review.take(submitted, by=omar, once_key="\0k\0")
    assert Event.objects.get(verb="take").once_key == "k"
    review.add_note(again(submitted), by=omar, note="She called.", once_key="\0")
    assert Event.objects.get(verb="add_note").once_key is None


def test_money_goes_out_once(signed, felix):
    advance = disbursement.release(signed.advances.get(), by=felix, once_key="r")
    assert disbursement.release(again(advance), by=felix, once_key="r") == advance
    assert Event.objects.filter(verb="release").count() == 1

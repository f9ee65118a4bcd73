"""A walk of all pages in a made-up language: every sentence comes in brackets, and what has none is a bare string."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from letters.kinds import KINDS
from letters.models import Letter
from letters.render import render, render_text
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.writing import call_backs
from loans.models import Application, Loan
from tests.letters.examples import EXAMPLES
from tests.loans.matrix.address import Address
from tests.loans.matrix.answers import EVERY_ADDRESS
from tests.loans.matrix.pseudo import WORD, Reader, bare, words_of

pytestmark = pytest.mark.django_db
WEB_ADDRESS = re.compile(r"https?://\S+")


@EVERY_ADDRESS
def test_no_page_says_a_bare_string(address, answers, known):
    heard = {asked: answer.words for asked, answer in answers.items() if answer.words is not None}
    assert [asked for asked in heard if answers[asked].is_page and "⟦" not in heard[asked]] == []
    found = {asked: bare(WEB_ADDRESS.sub("", words), known) for asked, words in heard.items()}
    assert {asked: words for asked, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "query",
    [
        "?purpose=training",
        "?purpose=training&place=Ottawa&status=permanent_resident",
        "?purpose=business&place=Ottawa",
        "?purpose=training&place=Ottawa&status=permanent_resident&years=unsure&living=25",
        "?purpose=unsure&place=elsewhere&status=temporary&living=100",
    ],
)
def test_no_answer_before_an_account_says_a_bare_string(query, pseudo, client, known):
    client.cookies["language"] = "fr"
    page = words_of(client.get(reverse("fit") + query))
    assert "⟦" in page
    assert bare(page, known) == []


def test_no_call_says_a_bare_string(asked_call, pseudo, client, known, omar):
    client.cookies["language"] = "fr"
    client.force_login(omar)
    for _ in range(2):
        page = words_of(client.get(reverse("calls")))
        assert "⟦" in page
        assert bare(page, known) == []
        call_backs.close_call(asked_call, by=omar)


@pytest.mark.parametrize("kind", [slug for slug, kind in KINDS.items() if not kind.is_text])
def test_no_letter_says_a_bare_string(kind, pseudo, known):
    with override("fr"):
        letter = render(Letter(kind=kind, language="fr", facts=EXAMPLES[kind], address="amina@example.org"))
    reader = Reader()
    reader.feed(letter.html)
    for part in (letter.subject, letter.text, "\n".join(reader.heard)):
        assert "⟦" in part
        assert bare(WEB_ADDRESS.sub("", part), known | typed_into(EXAMPLES[kind])) == []


@pytest.mark.parametrize("kind", [slug for slug, kind in KINDS.items() if kind.text])
def test_no_text_message_says_a_bare_string(kind, pseudo, known):
    words = render_text(Letter(kind=kind, language="fr", facts=EXAMPLES[kind], address="+16135550123"))
    assert "⟦" in words
    assert bare(WEB_ADDRESS.sub("", words), known | typed_into(EXAMPLES[kind])) == []


def typed_into(facts):
    return set(WORD.findall(str(facts)))


@pytest.mark.parametrize("state", Application.State.values)
def test_no_state_of_a_case_says_a_bare_string(state, pseudo, visit, application_in, known):
    case = application_in(state)
    pages = [Address("my_case", args=(case.reference,)), Address("my_cases"), Address("desk")]
    pages += [Address("case", args=(case.reference,))] if case.submitted_at else []
    for page in pages:
        for who in ("amina", "clara", "omar", "mariam", "carl"):
            assert bare(words_of(visit(page, "get", who, language="fr")), known) == [], (page.name, who)


@pytest.mark.parametrize("state", Loan.State.values)
def test_no_state_of_a_loan_says_a_bare_string(state, pseudo, visit, loan_in, known):
    loan = loan_in(state)
    reference = loan.case.reference
    pages = [Address(name, args=(reference,)) for name in ("my_case", "offer", "my_loan", "case")]
    for page in (*pages, Address("loan", args=(loan.number,)), Address("loans")):
        for who in ("amina", "clara", "omar", "felix"):
            response = visit(page, "get", who, language="fr")
            if response.status_code == 200:
                assert bare(words_of(response), known) == [], (page.name, who)


@pytest.mark.parametrize("world", ["changed", "charging"])
def test_no_changed_loan_says_a_bare_string(world, pseudo, visit, request, known):
    loan = request.getfixturevalue(world)
    pages = [Address(name, args=(loan.case.reference,)) for name in ("my_loan", "case")]
    for page in (*pages, Address("loan", args=(loan.number,))):
        for who in ("amina", "omar", "mariam", "felix"):
            response = visit(page, "get", who, language="fr")
            if response.status_code == 200:
                assert bare(words_of(response), known) == [], (page.name, who)


@pytest.mark.parametrize("change", ["pause", "reschedule", "rate_change", "index"])
def test_no_letter_about_a_change_says_a_bare_string(change, pseudo, known):
    told = {"change": change.replace("index", "rate_change"), "by_index": change == "index", "late_cents": 5_000}
    facts = EXAMPLES["plan_changed"] | told
    with override("fr"):
        letter = render(Letter(kind="plan_changed", language="fr", facts=facts, address="amina@example.org"))
    assert bare(WEB_ADDRESS.sub("", letter.text), known | typed_into(facts)) == []


@pytest.mark.parametrize("on_change", ["relevel", "keep"])
def test_an_agreement_on_a_moving_rate_says_no_bare_string(on_change, pseudo, loan, known):
    loan.rate_index, loan.follows_index, loan.on_rate_change = "prime", True, on_change
    with override("fr"):
        text = render_to_string("loans/agreement.html", {**contract_facts(loan), "title": "", "language": "fr"})
    reader = Reader()
    reader.feed(text)
    assert bare("\n".join(reader.heard), known) == []


def test_the_agreement_says_no_bare_string(pseudo, loan, known):
    with override("fr"):
        text = render_to_string("loans/agreement.html", {**contract_facts(loan), "title": "", "language": "fr"})
    reader = Reader()
    reader.feed(text)
    assert "⟦" in text
    assert bare("\n".join(reader.heard), known) == []

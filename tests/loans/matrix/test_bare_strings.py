"""A walk of all pages in a made-up language: every sentence comes in brackets, and what has none is a bare string."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override, trans_real

from letters.kinds import KINDS
from letters.models import Letter
from letters.render import render, render_text
from loans.assisted_words import ASKED
from loans.assisted_words import SPOKEN as SPOKEN_CONSENT
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.writing import call_backs
from loans.models import Application, Loan
from tests.letters.examples import EXAMPLES
from tests.loans.matrix.address import ALL, Address
from tests.loans.matrix.addresses import ADDRESSES

pytestmark = pytest.mark.django_db
SPOKEN = ("aria-label", "title", "alt", "placeholder", "content")
MADE_UP = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
# What people and rows say, not the house: names, what was typed, and how French writes days and sums.
SAID = """
Amina El Sayed Clara Bilal Omar Diallo Olga Petrenko Mariam Haddad Félix Tremblay Ada Lindqvist Carl Nguyen
example org office jpg identity enrolment income identité
Laurier Avenue Ottawa shelf stocker pharmacist To work as again International Pharmacy Graduate Program
University of Toronto IPG Canada PEBC When does the course end sound plan
janvier février mars avril mai juin juillet août septembre octobre novembre décembre ᵉʳ Nia clara She found bursary
ada amina bilal carl felix mariam new olga omar Français My debts are paid He left the country The figures same
Hardship The account closed Returned Rosa Delgado
"""


class Pseudo(trans_real.DjangoTranslation):
    """French, if every French sentence were the English one in brackets."""

    def gettext(self, message):
        return f"⟦{message.split(chr(4))[-1]}⟧" if message else ""

    def ngettext(self, singular, plural, count):
        return self.gettext(singular if count == 1 else plural)


class Reader(HTMLParser):
    """Everything on a page that is read or read out."""

    def __init__(self):
        super().__init__()
        self.heard, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style", "code")
        for name, value in attrs:
            is_spoken = name in SPOKEN or (name.startswith("data-") and name.endswith(("text", "label")))
            if value and is_spoken and (name != "content" or ("name", "description") in attrs):
                self.heard.append(value)

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "code")

    def handle_data(self, data):
        if not self.silent:
            self.heard.append(data)


@pytest.fixture
def known(office):
    """The words of rows and people."""
    from applicants.areas import PostalArea
    from applicants.models import Partner
    from applicants.occupations import Occupation
    from letters.models import Lender
    from loans.furnishing_checklist import FURNISHED
    from loans.models import (
        ConditionWords,
        ConsentText,
        CreditBureau,
        EligibilityRule,
        Fund,
        MessageTemplate,
        Product,
        ReasonWords,
        ScoreBand,
    )

    tables = (Product, EligibilityRule, Fund, Lender, ConsentText, ReasonWords, Occupation, PostalArea, Partner)
    tables = (*tables, ConditionWords, CreditBureau, MessageTemplate, ScoreBand)
    rows = [row for table in tables for row in table.objects.values()]
    rows += FURNISHED  # of the checklist: only some worlds have one
    said = [SAID, *SPOKEN_CONSENT.values(), *ASKED.values(), *(str(value) for row in rows for value in row.values())]
    said += [str(name) for _code, name in settings.LANGUAGES]
    return {word for text in said for word in WORD.findall(text)}


@pytest.fixture
def pseudo(monkeypatch):
    monkeypatch.setitem(trans_real._translations, "fr", Pseudo("fr"))


def bare(text, known):
    while MADE_UP.search(text):
        text = MADE_UP.sub(" ", text)
    return sorted({word for word in WORD.findall(text) if word not in known})


def words_of(response):
    reader = Reader()
    reader.feed(response.content.decode())
    return "\n".join(reader.heard)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_no_page_says_a_bare_string(address, pseudo, visit, known):
    heard = {}
    for method in ("get", "post"):
        for who in ("", "newcomer", *ALL.split()):
            response = visit(address, method, who, language="fr")
            if response.get("Content-Type", "").startswith("text/html") and response.content:
                assert "⟦" in words_of(response), who
                heard[method, who] = bare(re.sub(r"https?://\S+", "", words_of(response)), known)
            elif response.get("Content-Type", "").startswith("text/csv"):
                heard[method, who] = bare(response.content.decode(), known)
    assert {where: found for where, found in heard.items() if found} == {}


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
        assert bare(re.sub(r"https?://\S+", "", part), known | typed_into(EXAMPLES[kind])) == []


@pytest.mark.parametrize("kind", [slug for slug, kind in KINDS.items() if kind.text])
def test_no_text_message_says_a_bare_string(kind, pseudo, known):
    words = render_text(Letter(kind=kind, language="fr", facts=EXAMPLES[kind], address="+16135550123"))
    assert "⟦" in words
    assert bare(re.sub(r"https?://\S+", "", words), known | typed_into(EXAMPLES[kind])) == []


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
    assert bare(re.sub(r"https?://\S+", "", letter.text), known | typed_into(facts)) == []


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

"""A made-up French: every sentence comes in brackets, so that a word outside of them is one without translation."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils.translation import trans_real

from loans.assisted_words import ASKED
from loans.assisted_words import SPOKEN as SPOKEN_CONSENT

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
    from loans.furnishing.checklist import FURNISHED
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

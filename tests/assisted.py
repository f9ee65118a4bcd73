"""People for whom somebody types: drafts on the telephone, on paper, with a helper; each begun by the real verbs."""

import re

import pytest

from letters.models import Letter
from letters.render import render, render_text
from loans.lifecycle.applying import assistance, signed_pages
from loans.lifecycle.writing.messages import Attached
from loans.models import Product
from tests.cases import again, fill_in, picture
from tests.people import somebody

NUMBER = "+16135550188"


def begin(by, **other):
    """A form that Omar, say, begins for Rosa, who reads French and has neither a mailbox nor, by herself, a device."""
    said = {"name": "Rosa Delgado", "way": "paper", "agreed": True, "language": "fr", **other}
    return assistance.begin(Product.objects.get(code="credential"), by=by, **said)


def code_sent(person, kind="confirmation_code"):
    """The digits of the newest code for confirming that this person was sent."""
    letter = Letter.objects.filter(to=person, kind=kind).latest("pk")
    words = render_text(letter) if letter.channel == "text" else render(letter).text
    return re.search(r"\b\d{6}\b", words).group()


def check_signed(case, by):
    """Print the answers and keep the signed page."""
    page = signed_pages.print_summary(again(case), by=by)
    signed_pages.check(again(case), by=by, page=page.pk, scan=Attached("⟦signed⟧.jpg", picture()), matches=True)
    return again(page)


@pytest.fixture
def on_paper(office, omar):
    """A whole form that Omar typed from paper for Rosa, who has no mailbox."""
    return again(fill_in(begin(omar), omar, about_me={"full_name": "Rosa Delgado", "called": "Rosa"}))


@pytest.fixture
def by_phone(office, omar):
    """A whole form that Omar typed on the telephone for Amina, who gave her address."""
    case = begin(omar, name="Amina El-Sayed", way="telephone", email="amina@example.org", language="en")
    return again(fill_in(case, omar))


@pytest.fixture
def checked(on_paper, omar):
    """The same, printed, signed, scanned and compared by Omar: it waits for a second pair of eyes."""
    return check_signed(on_paper, omar)


@pytest.fixture
def samira(db):
    """A settlement worker whom Amina knows."""
    return somebody("samira@settle.example", "Samira Noor")


@pytest.fixture
def helped(draft, amina, samira):
    """Amina's own draft, in which Samira helps."""
    assistance.invite(draft, by=amina, email=samira.email, name="Samira, OCISO", agreed=True)
    return again(draft)

"""Flags and what raises them in the tests. Loaded by the root conftest."""

from zlib import crc32

import pytest

from loans.lifecycle.applying import filling, submission
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import flags, review
from loans.models import Event, FlagAnswer
from loans.purposes import PURPOSES
from tests.cases import SAID, again, fill_in
from tests.people import somebody

LIST = """name,aliases,born,list,item
El-Sayed AMINA,Minou;Umm Ali,1985-03-27,Schedule 1,42
Somebody Else,,,Schedule 1,43
"""


def sent(product, email, name, **other):
    """Somebody's case as they sent it; `other` as for fill_in."""
    person = somebody(email, name)
    phone = f"613-555-{crc32(email.encode()) % 10_000:04}"
    about = {"full_name": name, "phone": phone, "born_on": "1/1/1990", **other.pop("about_me", {})}
    case = fill_in(filling.start(person, product), person, about_me=about, **other)
    return submission.submit(case, by=person)


def found(case, kind=None, reader=None):
    """The flags of a case, of one kind or all."""
    return [flag for flag in flags.flags_of(again(case), reader) if kind in (None, flag.kind)]


def the_flag(case, kind, reader=None):
    [flag] = found(case, kind, reader)
    return flag


def answers(case, by, flag, verdict="fine", note="I asked.", **more):
    return flags.answer_flag(again(case), by=by, flag=flag.key, verdict=verdict, note=note, **more)


def refused(act):
    """The code of a refusal, which leaves no trace."""
    before = (Event.objects.count(), FlagAnswer.objects.count())
    with pytest.raises(Refused) as told:
        act()
    assert (Event.objects.count(), FlagAnswer.objects.count()) == before
    return told.value.code


def sends_the_budget_again(case, omar, amina, **said):
    review.ask_for_more(again(case), by=omar, asked=[("budget", "Please look again.")])
    page = PURPOSES["training"].section("budget")
    filling.save(again(case), page, [{**SAID["budget"], **said}], by=amina)
    return review.answer(again(case), by=amina)


@pytest.fixture
def bankrupt(in_review, omar, amina):
    """Amina says that she is bankrupt."""
    sends_the_budget_again(in_review, omar, amina, was_bankrupt="yes", discharged="no")
    return again(in_review)

"""The desk's list of papers signed by hand that wait for a second look, and what a line of it says."""

import pytest
from django.urls import reverse

from loans.lifecycle.contracts import paper_signing
from loans.lifecycle.reviewing import conflicts
from tests.cases import again, prepare
from tests.loans.lifecycle.contracts.test_paper_signing import BY_INTERPRETER, confirmed, recorded
from tests.loans.views.desk.test_desk_bank import client_lists, listed

pytestmark = pytest.mark.django_db
LOOK = "Look at the signed paper: does its scan show what was written down?"


def to_look_at(client, user):
    return listed(client, user, "papers")


@pytest.fixture
def borrower(loan):
    """Amina, whose agreement was printed."""
    prepare(loan)
    return loan.application.parties.get(kind="borrower")


@pytest.mark.parametrize("way", [{}, BY_INTERPRETER], ids=["alone", "with an interpreter"])
def test_it_waits_for_whoever_may_look_but_for_who_looked_first(client, loan, borrower, omar, olga, mariam, way):
    reference = loan.application.reference
    paper = recorded(loan, omar, borrower, **way)
    assert to_look_at(client, omar) == {}
    assert listed(client, omar, "all")[reference] != LOOK
    for reader in (olga, mariam):
        assert to_look_at(client, reader) == {reference: LOOK}
        (each,) = [each for each in client_lists(client, reader) if each["key"] == "papers"]
        assert each["count"] == "1"
    assert reference in listed(client, olga, "todo")
    assert LOOK in client.get(reverse("case", args=[reference])).content.decode()
    confirmed(loan, olga, paper)
    assert to_look_at(client, mariam) == {}


def test_of_two_papers_each_waits_for_who_wrote_down_the_other(client, loan, borrower, clara, omar, olga):
    other = loan.application.parties.create(user=clara, name="Clara", kind="guarantor")
    prepare(loan)
    recorded(loan, omar, borrower)
    assert to_look_at(client, omar) == {}
    recorded(loan, olga, other)
    for reader in (omar, olga):
        assert to_look_at(client, reader) == {loan.application.reference: LOOK}


def test_who_has_a_conflict_of_interest_does_not_see_it(client, loan, borrower, omar, olga, mariam):
    recorded(loan, omar, borrower)
    conflicts.declare(loan.application, by=olga, note="She is my cousin.")
    assert to_look_at(client, olga) == {}
    assert list(to_look_at(client, mariam)) == [loan.application.reference]


def test_who_may_not_look_has_no_such_list(client, loan, borrower, omar, carl, ada):
    recorded(loan, omar, borrower)
    for reader in (carl, ada):
        assert "papers" not in {each["key"] for each in client_lists(client, reader)}
        assert LOOK not in listed(client, reader, "all").values()


def test_what_was_turned_down_or_whose_offer_is_over_waits_for_nobody(client, loan, borrower, omar, olga, mariam):
    paper = recorded(loan, omar, borrower)
    paper_signing.turn_down(again(loan), by=olga, paper=paper.pk, note="Another name.")
    assert to_look_at(client, mariam) == {}
    recorded(loan, omar, borrower)
    assert len(to_look_at(client, mariam)) == 1
    type(loan).objects.filter(pk=loan.pk).update(state="lapsed")
    assert to_look_at(client, mariam) == {}

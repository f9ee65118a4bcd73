"""The root of the night: what it covers, whom it reaches, and when there is none."""

import pytest

from accounts.models import Role
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.ledger import roots
from loans.lifecycle.ledger.chain import START
from loans.lifecycle.lending import repayment
from loans.models import Fact, Root
from loans.tasks import nightly
from tests.days_ahead import days_ahead
from tests.people import somebody

pytestmark = pytest.mark.django_db


def pay(loan, by, cents=1_000):
    return repayment.record_payment(loan, by=by, on=clock.today(), cents=cents, method="transfer", payer="Amina")


def night(days=0):
    """The root of the night so many days from now."""
    with clock.at(days_ahead(days)):
        return roots.make_root(clock.today())


def test_a_night_makes_one_root_however_often_it_runs(active):
    assert nightly()["make_root"] == (1, 0)
    assert nightly()["make_root"] == (0, 0)
    root = Root.objects.get()
    assert (root.number, root.on, root.loan_count, root.previous_hash) == (1, clock.today(), 1, START)
    assert root.through == Fact.objects.latest("pk").pk


def test_each_root_holds_on_to_the_one_before_and_nights_may_be_missed(active, felix):
    night()
    pay(active, felix)
    night(days=4)
    first, second = Root.objects.all()
    assert (second.number, second.previous_hash) == (2, first.hash)
    assert second.hash != first.hash


def test_a_night_that_was_missed_is_not_made_up_for_behind_a_later_root(active):
    night(days=4)
    assert night(days=2).done == 0
    assert Root.objects.count() == 1


def test_the_hash_follows_from_the_last_fact_of_each_loan(active, felix):
    payment = pay(active, felix)
    night()
    root = Root.objects.get()
    assert root.hash == roots.sealed(root, [roots.line((active.number, payment.number, payment.hash))])
    assert root.hash != roots.sealed(root, [roots.line((active.number, payment.number, START))])
    root.loan_count += 1
    assert root.hash != roots.sealed(root, [roots.line((active.number, payment.number, payment.hash))])


def test_empty_books_have_no_root(signed):
    assert night().done == 0
    assert Root.objects.count() == 0


def test_making_a_root_asks_little(active, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):  # of which one asks for the facts, one for the signings, of all loans
        night()


def test_every_auditor_gets_it_in_their_language_and_nothing_of_persons(active, ada, omar):
    luc = somebody("luc@audit.example", "Luc", Role.AUDITOR, language="fr")
    night()
    root = Root.objects.get()
    letters = {letter.to: render(letter) for letter in Letter.objects.filter(kind="books_sealed")}
    assert set(letters) == {ada, luc}
    for words in letters.values():
        assert root.hash in words.text
        assert root.hash in words.html
        assert START in words.text
        assert not [name for name in ("Amina", "Ada", "Luc", active.number) if name in words.text]
    assert letters[ada].subject == "The root of the night"
    assert letters[luc].subject == "La racine de la nuit"


def test_a_deactivated_auditor_gets_nothing(active, ada):
    ada.is_active = False
    ada.save()
    night()
    assert not Letter.objects.filter(kind="books_sealed").exists()


def test_the_borrower_finds_the_last_root_at_the_foot_of_the_account(client, active, amina):
    client.force_login(amina)
    page = f"/my/{active.application.reference}/loan/"
    assert "sealed" not in client.get(page).content.decode()
    night()
    assert Root.objects.get().hash in client.get(page).content.decode()

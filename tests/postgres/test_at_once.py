"""Two people at the same moment: only a database that really locks can show it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django_fsm import TransitionNotAllowed

from config import clock
from loans.lifecycle.deciding import committee, decision
from loans.lifecycle.lending import repayment
from loans.lifecycle.reviewing import review
from loans.models import Application, Fact, Loan
from tests.cases import seen
from tests.people import somebody


def both(act):
    """What two threads got that did `act` at once: results or errors."""
    start = Barrier(2)

    def run(_):
        start.wait()
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


def test_approving_twice_at_once_makes_one_loan(committed, recommended, mariam):
    results = both(lambda: decision.approve(recommended, by=mariam))
    assert Loan.objects.count() == 1
    assert [type(result) for result in results].count(TransitionNotAllowed) == 1


def test_two_officers_taking_one_case_at_once_one_has_it_and_the_other_is_told(committed, submitted, omar, olga):
    officers = iter((omar, olga))
    results = both(lambda: review.take(submitted, by=next(officers)))
    assert [type(result) for result in results].count(TransitionNotAllowed) == 1
    submitted = Application.objects.get(pk=submitted.pk)
    assert submitted.reviewer in (omar, olga)
    assert submitted.events.filter(verb="take").count() == 1


def test_the_last_two_votes_at_once_approve_once(committed, recommended, product, carl):
    product.one_decides_up_to_cents = 100_000
    product.save()
    members = iter((carl, somebody("bea@board.example", "Bea Chang", "committee")))
    both(lambda: committee.cast_vote(recommended, by=next(members), in_favour=True))
    assert Loan.objects.count() == 1
    assert Application.objects.get(pk=recommended.pk).state == "approved"


def test_paying_twice_at_once_with_one_key_makes_one_fact(committed, active, felix):
    def pay():
        return repayment.record_payment(
            active, by=felix, on=clock.today(), cents=1000, method="transfer", payer="Amina", once_key="one"
        )

    first, second = both(pay)
    assert first == second
    assert Fact.objects.filter(kind="payment").count() == 1


def test_a_note_and_a_decision_at_once_nobody_decides_on_what_they_have_not_read(committed, recommended, omar, mariam):
    read = seen(recommended)
    acts = iter(
        (
            lambda: decision.approve(recommended, by=mariam, seen=read),
            lambda: review.add_note(recommended, by=omar, note="The school has closed."),
        )
    )
    both(lambda: next(acts)())
    told = list(recommended.events.filter(pk__gt=read).order_by("pk").values_list("verb", flat=True))
    assert told[0] == "approve" or told == ["add_note"]
    assert Loan.objects.count() == told.count("approve")

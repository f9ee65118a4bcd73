"""Two people at the same moment: only a database that really locks can show it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django_fsm import TransitionNotAllowed

from config import clock
from loans.lifecycle import decision, repayment
from loans.models import Fact, Loan


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


def test_paying_twice_at_once_with_one_key_makes_one_fact(committed, active, felix):
    def pay():
        return repayment.record_payment(
            active, by=felix, on=clock.today(), cents=1000, method="transfer", payer="Amina", once_key="one"
        )

    first, second = both(pay)
    assert first == second
    assert Fact.objects.filter(kind="payment").count() == 1

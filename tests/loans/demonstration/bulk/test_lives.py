"""What happens to one loan, as its borrower is."""

import random
from datetime import date

import pytest

from loans import demonstration
from loans.demonstration.bulk.lives import Life
from loans.demonstration.bulk.tempers import PUNCTUAL, Habits
from loans.lifecycle.lending import planning
from loans.models import Loan
from money.facts import FactKind
from money.version import Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(furnished):
    """Builds the life of a loan of twelve instalments lent long ago, of somebody with these habits."""
    demonstration.bulk.build(0, 1, 5)
    loan = Loan.objects.get()
    loan.advance_on, loan.first_due = date(2023, 3, 10), date(2023, 4, 10)
    loan.study_months, loan.repayment_months = 0, 12

    def live(**habits):
        usual = dict.fromkeys(("gives_up_from", "pays_off_at", "pays_ahead_at", "bounces_at"))
        mine = Habits(**{"temper": PUNCTUAL, "method": "debit", "hard_times": range(0), **usual, **habits})
        version = Version(loan.terms)
        rows = planning.rows_of(version.instalments)
        loan.days_in_force = [(row.number, row.due_on, row.payable_by) for row in rows]
        found = Life(loan, version, rows, mine, office=furnished, chance=random.Random(4))
        found.account.take(FactKind.ADVANCE, loan.advance_on, loan.principal_cents)
        found.live()
        return found

    return live


def verbs(life):
    return [deed.verb for deed in life.deeds]


def test_a_payment_that_bounces_is_made_again(life):
    found = life(bounces_at=3)
    assert verbs(found).count("reverse_payment") == 1
    assert verbs(found)[3:5] == ["reverse_payment", "record_payment"]
    assert verbs(found)[-1] == "finish"
    assert found.account.close()[1].owes_nothing


def test_who_pays_two_at_once_leaves_the_next_month_out(life):
    found = life(pays_ahead_at=4)
    assert verbs(found).count("record_payment") < 12
    assert found.account.close()[1].owes_nothing


def test_who_pays_all_at_once_ends_early(life):
    found = life(pays_off_at=5)
    assert verbs(found)[-1] == "finish"
    assert found.deeds[-1].day < date(2023, 10, 1)


def test_who_gives_up_is_written_off_months_later(life):
    found = life(gives_up_from=4)
    assert verbs(found)[3:5] == ["propose_write_off", "write_off"]
    proposed, agreed = found.deeds[3:5]
    assert (proposed.day - date(2023, 7, 10)).days >= 180
    assert proposed.day < agreed.day


def test_hard_times_are_worked_off(life):
    found = life(hard_times=range(3, 6))
    assert verbs(found)[-1] == "finish"
    assert found.account.close()[1].owes_nothing

"""An office with two loans, its books in a folder, and the root that a stranger holds."""

from io import StringIO

import pytest
from django.core.management import call_command

from config import clock
from loans.lifecycle.ledger import roots
from loans.lifecycle.lending import repayment
from loans.models import Root
from tests.cases import again, lend
from tests.days_ahead import days_ahead


def pay(loan, by, cents):
    return repayment.record_payment(
        again(loan), by=by, on=clock.today(), cents=cents, method="transfer", payer="Fatima El-Sayed"
    )


@pytest.fixture
def lent(active, bilal, product, omar, mariam, felix):
    """Two loans with payments over some nights, one payment reversed; the last fact is not yet under a root."""
    other = lend(bilal, product, omar, mariam, felix)
    roots.make_root(clock.today())
    with clock.at(days_ahead(40)):
        wrong = pay(active, felix, 21_000)
        pay(active, felix, 25_000)
        pay(other, felix, 12_345)
        repayment.reverse_payment(again(active), by=felix, fact=wrong, note="another's money")
        roots.make_root(clock.today())
    with clock.at(days_ahead(41)):
        pay(other, felix, 1_000)
    return active, other


@pytest.fixture
def folder(lent, tmp_path):
    call_command("export-books", str(tmp_path / "books"), stdout=StringIO())
    return tmp_path / "books"


@pytest.fixture
def held(lent):
    """The root that the stranger got by mail."""
    return Root.objects.last().hash

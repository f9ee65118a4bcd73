"""Loans with something in them that a page of the matrix needs. Loaded by the root conftest."""

from datetime import timedelta
from decimal import Decimal

import pytest

from config import clock
from loans.lifecycle.contracts import paper_making, paper_signing, signing
from loans.lifecycle.lending import bank_accounts, changes, charges, disbursement, repayment, write_off
from loans.lifecycle.writing.messages import Attached
from loans.models import Loan
from money.book import Part
from tests.bank import TANGERINE, cheque, give_account
from tests.cases import again, pdf, prepare
from tests.loans.matrix.states import pay_off


@pytest.fixture
def turned_away(loan, amina):
    """An offer that was refused, on which the yes stands."""
    return signing.refuse(loan, by=amina)


@pytest.fixture
def kept_on_paper(loan, omar):
    """An offer under which Amina signed on paper: Omar kept the scan, and a second look is waited for."""
    prepare(loan)
    paper_signing.record(
        loan,
        by=omar,
        party=loan.application.parties.get(kind="borrower").pk,
        scan=Attached("signed.pdf", pdf()),
        name="Amina El-Sayed",
        signed_on=clock.today(),
        agreed=True,
        debit_agreed=True,
        explained_by="staff",
    )
    return again(loan)


@pytest.fixture
def cooling(signed):
    """A signed loan from which a borrower may still withdraw."""
    Loan.objects.filter(pk=signed.pk).update(cooling_days=5)
    return again(signed)


@pytest.fixture
def moved_account(signed, amina, clara, omar):
    """A signed loan; both borrowers' other accounts wait for their debit agreements."""
    case = signed.application
    give_account(case, amina, TANGERINE)
    party = case.parties.get(user=clara).pk
    bank_accounts.enter(again(case), by=omar, party=party, **{**TANGERINE, "number": "7654321"}, file=cheque())
    paper_making.make_all(again(signed))
    return again(signed)


@pytest.fixture
def released(signed, felix):
    disbursement.release(signed.advances.get(), by=felix)
    return signed


@pytest.fixture
def paying(active, felix):
    pay_off(active, felix)
    return active


@pytest.fixture
def charging(active, felix):
    """A loan on which a payment came back."""
    paid = repayment.record_payment(active, by=felix, on=clock.today(), cents=5_000, method="debit", payer="Amina")
    repayment.reverse_payment(active, by=felix, fact=paid, note="Returned.")
    return again(active)


@pytest.fixture
def changed(active, mariam):
    """A loan with a lower rate, a new spread, a pause and something waived, in that order."""
    changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.05"), note="Hardship.")
    first = clock.today() + timedelta(days=30)
    changes.reschedule(again(active), by=mariam, months=30, first_due=first, note="Hardship.")
    charges.waive(again(active), by=mariam, part=Part.PRINCIPAL, cents=1_000, note="Hardship.")
    changes.pause(again(active), by=mariam, instalments=2, note="Hardship.")
    return again(active)


@pytest.fixture
def noticed(active, mariam):
    """A loan with a paper about what changed."""
    changes.lower_rate(active, by=mariam, annual_rate=Decimal("0.05"), note="Hardship.")
    return again(active)


@pytest.fixture
def to_give_up(active, omar):
    return write_off.propose(active, by=omar, note="He left the country.")


@pytest.fixture
def given_up(active, omar, mariam):
    """A loan that Omar proposed to write off and Mariam did."""
    write_off.propose(active, by=omar, note="He left the country.")
    return write_off.write_off(active, by=mariam)

"""What a bank charged for a payment that came back, and what is waived."""

import pytest
from django.core.exceptions import PermissionDenied

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import charges, repayment
from loans.lifecycle.refusal import Refused
from loans.models import Loan
from money.book import Part
from tests.cases import again

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(active, felix):
    """The reversal of a payment that the bank gave back."""
    paid = repayment.record_payment(active, by=felix, on=clock.today(), cents=5_000, method="debit", payer="Amina")
    return repayment.reverse_payment(again(active), by=felix, fact=paid, note="NSF")


def charge(loan, by, reversal, cents=700, **more):
    return charges.charge_return(again(loan), by=by, reversal=reversal, cents=cents, **more)


def test_the_banks_charge_is_asked_with_the_next_payment(active, felix, returned):
    before = books.stands(again(active), clock.today()).next_unpaid.lacking_cents
    charge(active, felix, returned)
    book = books.stands(again(active), clock.today())
    assert book.fees_cents == 700
    assert book.next_unpaid.lacking_cents == before + 700
    letter = Letter.objects.get(kind="fee_charged").facts
    assert (letter["cents"], letter["next_due_cents"]) == (700, before + 700)
    assert list(audit()) == []


def test_it_is_asked_once(active, felix, returned):
    charge(active, felix, returned)
    with pytest.raises(Refused) as refused:
        charge(active, felix, returned)
    assert refused.value.code == "charged_already"


def test_a_second_click_charges_once(active, felix, returned):
    for _ in range(2):
        charge(active, felix, returned, once_key="c1")
    assert active.facts.filter(kind="fee").count() == 1


def test_only_for_a_payment_that_came_back(active, felix, returned):
    with pytest.raises(Refused) as refused:
        charge(active, felix, active.facts.get(kind="payment"))
    assert refused.value.code == "not_a_return"


@pytest.mark.parametrize(("cents", "code"), [(0, "no_amount"), (10_001, "too_large")])
def test_a_charge_has_bounds(active, felix, returned, cents, code):
    with pytest.raises(Refused) as refused:
        charge(active, felix, returned, cents)
    assert refused.value.code == code


def test_only_finance_charges(active, mariam, returned):
    with pytest.raises(PermissionDenied):
        charge(active, mariam, returned)


@pytest.mark.parametrize(("part", "cents"), [(Part.FEES, 700), (Part.PRINCIPAL, 100_000)])
def test_a_manager_waives_a_part_and_it_is_owed_no_longer(active, mariam, felix, returned, part, cents):
    charge(active, felix, returned)
    before = books.stands(again(active), clock.today()).owed_cents
    charges.waive(again(active), by=mariam, part=part, cents=cents, note="She lost her job.")
    assert books.stands(again(active), clock.today()).owed_cents == before - cents
    letter = Letter.objects.get(kind="waived").facts
    assert (letter["part"], letter["cents"], letter["owed_cents"]) == (part.value, cents, before - cents)
    assert "lost her job" not in str(letter)
    assert list(audit()) == []


def test_no_more_is_waived_than_is_owed_of_a_part(active, mariam):
    with pytest.raises(Refused) as refused:
        charges.waive(active, by=mariam, part=Part.FEES, cents=1, note="Why not.")
    assert (refused.value.code, refused.value.facts["owed_cents"]) == ("part_not_owed", 0)


def test_a_loan_of_which_all_is_waived_is_over(active, mariam):
    charges.waive(active, by=mariam, part=Part.PRINCIPAL, cents=500_000, note="She died.")
    assert again(active).state == Loan.State.REPAID
    assert list(audit()) == []


def test_the_one_who_recommended_does_not_waive(active, omar):
    with pytest.raises(PermissionDenied):
        charges.waive(active, by=omar, part=Part.PRINCIPAL, cents=1, note="Why not.")

"""Money that was sent and came back: it was never lent."""

import pytest
from django.core.exceptions import PermissionDenied

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import changes, disbursement, repayment
from loans.lifecycle.refusal import Refused
from loans.models import Advance, Application, Loan
from tests.cases import again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
WHY = "The account was closed."


def take_back(loan, by, **more):
    return disbursement.take_back(loan.advances.get(), by=by, note=WHY, **more)


def test_the_loan_is_cancelled_and_the_case_is_on_the_desk_again(active, felix):
    assert take_back(active, felix).state == Advance.State.RETURNED
    loan = again(active)
    assert loan.state == Loan.State.CANCELLED
    assert Application.objects.get(pk=loan.application_id).state == "in_review"
    assert Letter.objects.get(kind="money_came_back").facts["cents"] == loan.principal_cents


def test_the_books_say_that_nothing_was_ever_lent(active, felix):
    with clock.at(days_ahead(40)):
        take_back(active, felix)
        book = books.book_of(again(active), until=clock.today())
        assert (book.principal_cents, book.lent_cents, book.owed_cents) == (0, 0, 0)
        assert not any(book.balances.values())
        assert list(audit()) == []


def test_a_plan_that_was_changed_meanwhile_is_no_hindrance(active, felix, mariam):
    changes.pause(active, by=mariam, instalments=1, note="She waits for the bank.")
    take_back(again(active), felix)
    assert again(active).state == Loan.State.CANCELLED
    assert list(audit()) == []


def test_what_was_paid_must_be_reversed_first(active, felix):
    paid = repayment.record_payment(active, by=felix, on=clock.today(), cents=5_000, method="cash", payer="Amina")
    with pytest.raises(Refused) as refused:
        take_back(active, felix)
    assert refused.value.code == "moved_meanwhile"
    repayment.reverse_payment(again(active), by=felix, fact=paid, note="Wrong loan.")
    take_back(active, felix)
    assert again(active).state == Loan.State.CANCELLED
    assert list(audit()) == []


def test_a_second_click_takes_back_once(active, felix):
    for _ in range(2):
        take_back(active, felix, once_key="t1")
    assert active.facts.filter(kind="reversal").count() == 1


def test_it_needs_a_reason(active, felix):
    with pytest.raises(Refused) as refused:
        disbursement.take_back(active.advances.get(), by=felix, note=" ")
    assert refused.value.code == "empty_note"


@pytest.mark.parametrize("who", ["omar", "mariam", "ada"])
def test_only_finance_takes_back(active, request, who):
    with pytest.raises(PermissionDenied):
        take_back(active, request.getfixturevalue(who))

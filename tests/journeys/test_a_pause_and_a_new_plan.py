"""A hard year: payments are paused, one comes back from the bank, all is put on a new plan, and it ends well."""

from datetime import timedelta
from decimal import Decimal

import pytest

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.journeys.person import Person, as_typed

pytestmark = pytest.mark.django_db


def in_days(days):
    return clock.at(days_ahead(days))


def typed(day):
    return f"{day.day}/{day.month}/{day.year}"


def grants(manager, address, number, **said):
    """Look at what it costs, then grant it; the page that was shown."""
    page = manager.sends(address, number, **said)
    deed = next(deed for deed in page.context["deeds"] if deed.get("comparison"))
    manager.sends(address, number, **said, shown=deed["shown"], once_key=deed["once_key"])
    return deed["comparison"]


def paid(cents, key):
    money = f"{Decimal(cents) / 100:.2f}"
    day = as_typed({"on": typed(clock.today())})
    return {**day, "cents": money, "method": "debit", "payer": "Amina", "once_key": key}


def test_a_pause_a_returned_payment_a_new_plan_and_the_end(active, amina, mariam, felix):
    manager, finance, borrower = Person("en", mariam), Person("fr", felix), Person("en", amina)
    number, reference = active.number, active.case.reference
    with in_days(20):
        foreseen = grants(manager, "pauses", number, instalments="2", note="The course began late.")
        assert foreseen.dearer_cents > 0
        letter = render(Letter.objects.get(kind="plan_changed")).text
        assert "Interest continues to accrue during the pause." in letter
        assert "Nothing is due until" in borrower.opens("my_loan", reference).content.decode()
        assert list(audit()) == []
    with in_days(150):
        finance.sends("payments", number, **paid(5_000, "p1"))
        payment = again(active).facts.get(kind="payment")
        finance.sends("payment_reversal", number, payment.number, note="NSF", once_key="r1")
        reversal = again(active).facts.get(kind="reversal")
        finance.sends("charges", number, reversal=reversal.number, cents="7,00", once_key="c1")
        assert "$7.00" in render(Letter.objects.get(kind="fee_charged")).text
        assert list(audit()) == []
    with in_days(240):
        owed = books.stands(again(active), clock.today()).owed_cents
        said = as_typed({"months": "36", "first_due": typed(clock.today() + timedelta(days=30)), "note": "A new job."})
        foreseen = grants(manager, "reschedules", number, **said)
        assert foreseen.before.late_cents > 0 == foreseen.after.late_cents
        assert foreseen.after.payment_cents < foreseen.before.payment_cents
        assert books.stands(again(active), clock.today()).owed_cents == owed
        manager.sends("waivers", number, part="fees", cents="7.00", note="She called at once.", once_key="w1")
        assert "Moved to the new plan" in borrower.opens("my_loan", reference).content.decode()
        assert list(audit()) == []
    with in_days(400):
        owed = books.stands(again(active), clock.today()).owed_cents
        finance.sends("payments", number, **paid(owed, "p2"))
        assert again(active).state == "repaid"
        assert "You owe nothing any more" in borrower.opens("my_loan", reference).content.decode()
        assert list(audit()) == []

"""A borrower vanishes: one person proposes to give up, a second does, and a part comes in later after all."""

import pytest

from accounts.models import Role
from accounts.people import give_role
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.ledger.audit import audit
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


def today_typed():
    today = clock.today()
    return {"on-day": today.day, "on-month": today.month, "on-year": today.year}


def test_a_write_off_with_two_people_and_a_later_recovery(active, amina, omar, mariam, felix):
    officer, manager, finance = Person("en", omar), Person("en", mariam), Person("fr", felix)
    number, principal = active.number, active.principal_cents
    with clock.at(days_ahead(200)):
        officer.sends("write_off_proposal", number, note="Letters come back.", once_key="propose")
        refused = officer.browser.post(f"/loans/{number}/write-off/", {"once_key": "alone"})
        assert (refused.status_code, again(active).state) == (403, "active")
        manager.sends("write_off", number, note="", once_key="write off")
        loan = again(active)
        assert (loan.state, loan.written_off_by, loan.position.principal_cents) == ("written_off", mariam, 0)
        lost = loan.facts.get(kind="write_off").cents
        assert lost > principal
        assert "The debt remains" in render(Letter.objects.get(kind="written_off")).text
        assert "Closed with money open" in Person("en", amina).opens("my_loan", loan.case.reference).content.decode()
    with clock.at(days_ahead(400)):
        paid = {"cents": "150,00", "method": "transfer", "payer": "Amina El-Sayed", "once_key": "recovery"}
        finance.sends("recoveries", number, **today_typed(), **paid)
        loan = again(active)
        assert loan.state == "written_off"
        entry = loan.entries.get(credit="recovered")
        assert (entry.debit, entry.cents) == ("bank", 15_000)
        assert render(Letter.objects.get(kind="recovery_received")).text
        too_much = {**paid, "cents": "9 999,00", "once_key": "too much"}
        page = finance.browser.post(f"/loans/{number}/recoveries/", {**today_typed(), **too_much})
        assert page.status_code == 422
        assert list(audit()) == []


def test_a_write_off_entered_in_error_is_undone_by_another_manager(active, omar, mariam):
    give_role(omar, Role.MANAGER, by=mariam)
    owed = active.position.principal_cents
    Person("en", omar).sends("write_off_proposal", active.number, note="Wrong person.", once_key="propose")
    Person("en", mariam).sends("write_off", active.number, note="", once_key="write off")
    alone = Person("en", mariam).browser.post(
        f"/loans/{active.number}/write-off/reversal/", {"note": "Wrong loan.", "once_key": "undo"}
    )
    assert alone.status_code == 403
    Person("en", omar).sends("write_off_reversal", active.number, note="Wrong loan.", once_key="undo")
    loan = again(active)
    assert (loan.state, loan.position.principal_cents, loan.write_off_proposed_by) == ("active", owed, None)
    assert list(audit()) == []


def test_a_proposal_may_be_ended_and_the_loan_runs_on(active, omar, mariam):
    Person("en", omar).sends("write_off_proposal", active.number, note="Silent.", once_key="propose")
    Person("en", mariam).sends("write_off_proposal_end", active.number, note="He called.", once_key="end")
    loan = again(active)
    assert (loan.state, loan.write_off_proposed_by) == ("active", None)

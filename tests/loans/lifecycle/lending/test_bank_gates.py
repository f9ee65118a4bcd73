"""The borrower signs once bank details are entered; no money leaves before they are verified and may be used."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.codes import CodeError
from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.lending import bank_accounts, disbursement
from loans.lifecycle.lending.bank_gates import Lack, Waiting, waits_of
from loans.models import Party
from tests.bank import (
    ALTERNA,
    TANGERINE,
    accepted_cheque,
    agree_to_debit,
    cheque,
    give_account,
    verified_account,
    verify,
)
from tests.cases import TICKED, again, explain, newest_code, prepare_papers, sign
from tests.conditions import refused

pytestmark = pytest.mark.django_db


def put_name(loan, user, code=None):
    prepare_papers(loan, user, "en")
    explain(loan, user)
    signing.send_code(loan, by=user)
    words = {"language": "en", "typed_name": user.name, "code": code or newest_code(user), **TICKED}
    return signing.sign(again(loan), by=user, **words)


def waits(case):
    return waits_of([case.pk]).get(case.pk)


# --- Signing ------------------------------------------------------------------------------------------


def test_the_borrower_signs_once_bank_details_are_entered(loan, amina):
    assert refused(lambda: put_name(loan, amina)) == "no_bank_details"
    give_account(loan.application, amina)
    assert put_name(loan, amina).state == "signed"


def test_a_signature_that_comes_too_early_uses_up_no_code(loan, amina):
    assert refused(lambda: put_name(loan, amina)) == "no_bank_details"
    code = newest_code(amina)
    give_account(loan.application, amina)
    prepare_papers(again(loan), amina, "en")
    words = {"language": "en", "typed_name": amina.name, "code": code, **TICKED}
    assert signing.sign(again(loan), by=amina, **words).state == "signed"


def test_details_that_the_office_would_not_take_are_none(loan, amina, omar):
    account = give_account(loan.application, amina)
    bank_accounts.refuse(loan.application, by=omar, account=account, note="Another name.")
    assert refused(lambda: put_name(loan, amina)) == "no_bank_details"
    give_account(loan.application, amina, TANGERINE)
    assert put_name(loan, amina).state == "signed"


def test_details_of_somebody_else_are_not_the_borrowers(loan, amina, clara, omar):
    guarantor = loan.application.parties.create(kind=Party.Kind.GUARANTOR, user=clara, name=clara.name)
    bank_accounts.enter(loan.application, by=omar, party=guarantor.pk, **ALTERNA, file=cheque())
    assert refused(lambda: put_name(loan, amina)) == "no_bank_details"
    assert waits(loan.application) == Waiting(Lack.TO_ENTER)


@pytest.mark.parametrize("kind", [Party.Kind.GUARANTOR, Party.Kind.CO_BORROWER])
def test_who_else_signs_is_asked_for_none(loan, amina, clara, kind):
    loan.application.parties.create(kind=kind, user=clara, name=clara.name)
    assert put_name(loan, clara).state == "offered"
    give_account(loan.application, amina)
    assert put_name(loan, amina).state == "signed"


def test_a_wrong_code_is_still_a_wrong_code(loan, amina):
    give_account(loan.application, amina)
    with pytest.raises(CodeError):
        put_name(loan, amina, code="12345x")


# --- Sending the money --------------------------------------------------------------------------------


@pytest.fixture
def advance(loan, amina):
    """The advance of a signed loan whose bank details wait for a second person."""
    give_account(loan.application, amina, file=cheque())
    return sign(again(loan), amina).advances.get()


def test_an_advance_is_released_and_sent_with_verified_details(advance, omar, felix):
    case = advance.loan.application
    assert waits(case) == Waiting(Lack.TO_VERIFY)
    assert refused(lambda: disbursement.release(advance, by=felix)) == "details_not_verified"
    account = case.parties.get().bank_accounts.get()
    verify(account, omar, accepted_cheque(account, omar))
    assert waits(case) is None
    released = disbursement.release(advance, by=felix)
    assert disbursement.send(released, by=felix, on=clock.today()).state == "sent"


def test_no_money_left_before_the_day_on_which_the_details_were_verified(advance, omar, felix):
    signed_on = clock.today()
    with clock.at(clock.now() + timedelta(days=5)):
        account = advance.loan.application.parties.get().bank_accounts.get()
        verify(account, omar, accepted_cheque(account, omar))
        released = disbursement.release(advance, by=felix)
        for early in (signed_on, signed_on + timedelta(days=4)):
            assert refused(lambda on=early: disbursement.send(released, by=felix, on=on)) == "details_not_verified"
        assert disbursement.send(released, by=felix, on=clock.today()).state == "sent"


def test_what_is_taken_back_after_the_release_stops_the_money(advance, omar, felix):
    case = advance.loan.application
    account = case.parties.get().bank_accounts.get()
    verify(account, omar, accepted_cheque(account, omar))
    released = disbursement.release(advance, by=felix)
    bank_accounts.refuse(case, by=omar, account=account, note="She called: it was not her.")
    assert waits(case) == Waiting(Lack.TO_ENTER)
    assert refused(lambda: disbursement.send(released, by=felix, on=clock.today())) == "details_not_verified"


def test_a_change_waits_its_days_while_the_details_before_hold(advance, amina, omar, felix, settings):
    case = advance.loan.application
    account = case.parties.get().bank_accounts.get()
    verify(account, omar, accepted_cheque(account, omar))
    change = verified_account(case, amina, omar, TANGERINE)
    agree_to_debit(advance.loan, amina)
    assert waits(case) is None
    bank_accounts.refuse(case, by=omar, account=account, note="The account is closed.")
    assert waits(case) == Waiting(Lack.TO_HOLD, change.usable_from)
    assert refused(lambda: disbursement.release(advance, by=felix)) == "details_not_verified"
    with clock.at(clock.now() + timedelta(days=settings.BANK_CHANGE_DAYS)):
        assert waits(case) is None
        assert disbursement.release(advance, by=felix).state == "released"


def test_many_cases_are_asked_about_at_once(advance):
    case = advance.loan.application_id
    with CaptureQueriesContext(connection) as asked:
        assert waits_of([case, 0]) == {case: Waiting(Lack.TO_VERIFY), 0: Waiting(Lack.TO_ENTER)}
        assert waits_of([]) == {}
    assert len(asked) == 1

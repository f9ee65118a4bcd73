"""Bank details: who enters them, who verifies, when others hold, who is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django_fsm import TransitionNotAllowed

from accounts import addresses
from accounts.models import Role
from accounts.people import give_role
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.erasing import bank_retention
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.lending.bank_accounts import in_force
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conflicts
from loans.lifecycle.reviewing.flags import flags_of
from loans.models import BankAccount, Event, Institution
from loans.paper_kinds import LOAN_YEARS
from money.calendar import add_months
from tests.bank import ALTERNA, TANGERINE, accepted_cheque, cheque, give_account, verified_account, verify
from tests.cases import again, lend
from tests.conditions import forbidden
from tests.loans.matrix.states import pay_off

pytestmark = pytest.mark.django_db


def refused(act):
    """The code with which `act()` is refused; it leaves no trace."""
    before = (BankAccount.objects.count(), Event.objects.count(), Letter.objects.count())
    with pytest.raises(Refused) as told:
        act()
    assert before == (BankAccount.objects.count(), Event.objects.count(), Letter.objects.count())
    return told.value.code


def days_on(days):
    return clock.at(clock.now() + timedelta(days=days))


# --- Entering -----------------------------------------------------------------------------------------


def test_the_borrower_enters_them_and_nothing_of_them_can_be_read_in_the_database(offered, amina):
    account = give_account(offered, amina)
    assert (account.institution, account.transit, account.number, account.ends_in) == ("842", "00012", "1234567", "567")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM loans_bankaccount")
        told = str(cursor.fetchall())
        cursor.execute("SELECT detail FROM loans_event")
        told += str(cursor.fetchall())
    assert "1234567" not in told


def test_a_text_message_alone_enters_nothing(offered, amina):
    assert refused(lambda: bank_accounts.enter(offered, by=amina, **ALTERNA)) == "proof_wanted"


def test_the_office_types_them_only_from_a_paper(offered, omar):
    borrower = offered.parties.get().pk
    typed = {"by": omar, "party": borrower, **ALTERNA}
    assert refused(lambda: bank_accounts.enter(offered, **typed)) == "no_bank_paper"
    identity = offered.documents.get(kind="identity").pk
    assert refused(lambda: bank_accounts.enter(offered, **typed, document=identity)) == "not_an_accepted_paper"
    assert refused(lambda: bank_accounts.enter(offered, **{**typed, "party": 0})) == "unknown_person"
    account = bank_accounts.enter(offered, **typed, file=cheque())
    assert account.paper.kind == "void_cheque"
    assert account.event.detail == {"way": "paper"}


def test_nobody_else_enters_them(offered, bilal, felix, ada, carl):
    for by in (bilal, felix, ada, carl):
        assert forbidden(lambda by=by: bank_accounts.enter(offered, by=by, **ALTERNA, file=cheque()))


def test_nobody_is_asked_before_a_loan_is_offered(recommended, amina):
    assert forbidden(lambda: give_account(recommended, amina), TransitionNotAllowed)


def test_of_a_loan_that_is_repaid_nothing_is_asked(active, amina, felix):
    pay_off(active, felix)
    assert refused(lambda: give_account(active.application, amina)) == "no_money_moves"


def test_a_second_click_and_an_old_tab_do_nothing_twice(offered, amina):
    first = give_account(offered, amina, once_key="a")
    assert give_account(offered, amina, once_key="a") == first
    assert refused(lambda: give_account(offered, amina)) == "bank_as_before"
    assert refused(lambda: give_account(offered, amina, TANGERINE, seen=0)) == "bank_changed_meanwhile"
    assert give_account(offered, amina, TANGERINE, seen=first.pk).replaces == first


def test_an_unknown_bank_and_an_unusual_length_are_a_warning_and_no_refusal(offered, amina):
    unknown = give_account(offered, amina, {**ALTERNA, "institution": "999"})
    assert bank_accounts.doubts_about(unknown, None) == ["unknown_institution"]
    long = give_account(offered, amina, {**ALTERNA, "institution": "614"})
    tangerine = Institution.objects.get(code="614")
    assert bank_accounts.doubts_about(long, tangerine) == ["unusual_length"]
    assert bank_accounts.doubts_about(give_account(offered, amina, TANGERINE), tangerine) == []


# --- Verifying ----------------------------------------------------------------------------------------


def test_a_second_person_verifies_them_by_typing_them_anew_from_an_accepted_paper(offered, amina, omar):
    account = give_account(offered, amina, file=cheque())
    paper = account.paper
    assert refused(lambda: verify(account, omar, paper.pk)) == "not_an_accepted_paper"
    document = accepted_cheque(account, omar)
    assert refused(lambda: verify(account, omar, document, TANGERINE)) == "not_as_on_paper"
    assert in_force(offered) is None
    verified = verify(account, omar, document)
    assert (verified.verified.by, verified.verified_with, verified.usable_from) == (omar, paper, clock.today())
    assert in_force(offered) == account


def test_whoever_typed_them_does_not_verify_them_whatever_roles_they_get(offered, omar, olga):
    account = bank_accounts.enter(offered, by=omar, party=offered.parties.get().pk, **ALTERNA, file=cheque())
    document = accepted_cheque(account, olga)
    for role in Role:
        give_role(omar, role, by=None)
    assert refused(lambda: verify(account, omar, document)) == "bank_second_person"
    assert verify(account, olga, document).verified.by == olga


def test_neither_the_borrower_nor_finance_nor_somebody_with_a_conflict_verifies(offered, amina, omar, olga, felix):
    account = give_account(offered, amina, file=cheque())
    document = accepted_cheque(account, omar)
    conflicts.declare(again(offered), by=olga, note="Her cousin.")
    for by in (amina, felix, olga):
        assert forbidden(lambda by=by: verify(account, by, document))


def test_what_was_verified_or_replaced_is_not_verified_again(offered, amina, omar, olga):
    first = give_account(offered, amina, file=cheque())
    document = accepted_cheque(first, omar)
    second = give_account(offered, amina, TANGERINE)
    assert refused(lambda: verify(first, omar, document)) == "bank_closed"
    verify(second, omar, document, TANGERINE)
    assert refused(lambda: verify(second, olga, document, TANGERINE)) == "bank_closed"


# --- Changing -----------------------------------------------------------------------------------------


def test_others_hold_only_after_the_wait_and_the_ones_before_until_then(offered, amina, omar, settings):
    settings.BANK_CHANGE_DAYS = 7
    old = verified_account(offered, amina, omar)
    new = verified_account(offered, amina, omar, TANGERINE)
    assert new.usable_from == clock.today() + timedelta(days=7)
    assert in_force(offered) == old
    with days_on(6):
        assert in_force(offered) == old
    with days_on(7):
        assert in_force(offered) == new


def test_others_wait_also_after_the_ones_before_were_taken_back(offered, amina, omar):
    bank_accounts.refuse(offered, by=omar, account=verified_account(offered, amina, omar), note="Not her account.")
    assert give_account(offered, amina, TANGERINE).usable_from > clock.today()


def test_verified_late_they_hold_from_that_day(offered, amina, omar):
    verified_account(offered, amina, omar)
    new = give_account(offered, amina, TANGERINE, file=cheque())
    with days_on(20):
        assert verify(new, omar, accepted_cheque(new, omar), TANGERINE).usable_from == clock.today()


def test_the_person_is_told_at_once_of_a_change_and_not_of_the_first_entry(offered, amina, omar):
    verified_account(offered, amina, omar)
    assert not Letter.objects.filter(kind="bank_changed").exists()
    give_account(offered, amina, TANGERINE)
    words = render(Letter.objects.get(kind="bank_changed", to=amina)).text
    assert "567" in words
    assert "If it was not you" in words
    assert "4001234567" not in words


def test_details_that_nobody_verified_are_put_right_at_once_by_whoever_entered_them_alone(offered, amina, omar):
    give_account(offered, amina)
    assert give_account(offered, amina, TANGERINE).usable_from == clock.today()
    assert not Letter.objects.filter(kind="bank_changed").exists()


@pytest.mark.parametrize("is_refused", [False, True])
def test_the_office_puts_none_in_their_place_unless_the_person_hears_of_it_and_has_the_days(
    offered, amina, omar, settings, is_refused
):
    entered, borrower = give_account(offered, amina), offered.parties.get().pk
    if is_refused:
        bank_accounts.refuse(again(offered), by=omar, account=entered, note="Not hers.")
    for numbers in (TANGERINE, {**TANGERINE, "number": "4007654321"}):
        typed = bank_accounts.enter(again(offered), by=omar, party=borrower, **numbers, file=cheque())
        assert typed.usable_from == clock.today() + timedelta(days=settings.BANK_CHANGE_DAYS)
    first, second = (render(letter).text for letter in Letter.objects.filter(kind="bank_changed", to=amina))
    assert "567" in first
    assert "321" in second
    assert "Until then we use the account" not in first


def test_they_are_told_at_the_address_known_before_too(offered, amina, omar):
    verified_account(offered, amina, omar)
    with days_on(1):
        addresses.move(amina, "thief@example.org", by=amina)
        give_account(offered, again(amina), TANGERINE)
    told = Letter.objects.filter(kind="bank_changed", to=amina)
    assert {letter.address for letter in told} == {"amina@example.org", "thief@example.org"}


# --- Not taking them ----------------------------------------------------------------------------------


def test_details_that_are_not_taken_leave_those_before_in_force(offered, amina, omar):
    old = verified_account(offered, amina, omar)
    new = verified_account(offered, amina, omar, TANGERINE)
    assert refused(lambda: bank_accounts.refuse(offered, by=omar, account=new, note=" ")) == "empty_note"
    bank_accounts.refuse(again(offered), by=omar, account=new, note="She called: it was not her.")
    with days_on(30):
        assert in_force(offered) == old
    assert Letter.objects.filter(kind="bank_refused", to=amina).count() == 1
    assert refused(lambda: bank_accounts.refuse(offered, by=omar, account=new, note="Again.")) == "bank_closed"


# --- The same account ---------------------------------------------------------------------------------


def same_account(case):
    return [flag for flag in flags_of(again(case)) if flag.kind == "same_account"]


def test_the_account_of_somebody_else_raises_a_flag_on_the_case(offered, active_of_bilal, amina, bilal):
    give_account(offered, amina)
    assert same_account(offered) == []
    give_account(active_of_bilal.application, bilal)
    [flag] = same_account(active_of_bilal.application)
    assert flag.found.beside["cases"] == [{"reference": offered.reference, "may_open": False}]
    assert len(same_account(offered)) == 1
    assert "842" not in str(flag.found)


@pytest.fixture
def active_of_bilal(bilal, product, omar, mariam, felix):
    return lend(bilal, product, omar, mariam, felix)


# --- How long they are kept ---------------------------------------------------------------------------


def test_the_numbers_go_with_the_papers_when_the_years_of_the_loan_are_over(active, amina, omar, felix):
    account = verified_account(active.application, amina, omar)
    pay_off(active, felix)
    last = add_months(clock.today(), 12 * LOAN_YEARS)
    assert bank_retention.erase_old_bank_details(last).done == 0
    assert bank_retention.erase_old_bank_details(last + timedelta(days=1)).done == 1
    gone = again(account)
    assert (gone.institution, gone.transit, gone.number, gone.number_hash, gone.ends_in) == (None, None, None, "", "")
    assert gone.erased_on == last + timedelta(days=1)
    assert in_force(active.application) is None
    assert bank_retention.erase_old_bank_details(last + timedelta(days=2)).done == 0

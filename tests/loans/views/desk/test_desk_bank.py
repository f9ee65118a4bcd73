"""The desk's list of bank details that wait for a second person, and what a line of it says."""

import html

import pytest
from django.urls import reverse

from loans.lifecycle.lending import bank_accounts, disbursement
from loans.lifecycle.reviewing import conditions
from tests.bank import ALTERNA, TANGERINE, accepted_cheque, cheque, give_account, verify
from tests.cases import again, sign
from tests.loans.matrix.states import pay_off

pytestmark = pytest.mark.django_db


def listed(client, user, show="bank"):
    """{reference: what is next} of a list of the desk."""
    client.force_login(user)
    rows = client.get(reverse("desk"), {"show": show}).context["rows"]
    return {row["case"].reference: row["next"] for row in rows}


def test_what_the_borrower_entered_waits_for_whoever_may_verify_it(client, offered, amina, omar, mariam, carl, ada):
    assert listed(client, omar) == {}
    account = give_account(offered, amina, file=cheque())
    for reader in (omar, mariam):
        assert listed(client, reader) == {offered.reference: "Verify the bank details"}
    assert offered.reference in listed(client, omar, "todo")
    for reader in (carl, ada):
        assert "bank" not in {each["key"] for each in client_lists(client, reader)}
    verify(account, omar, accepted_cheque(account, omar))
    assert listed(client, omar) == {}
    assert offered.reference not in listed(client, omar, "todo")


def client_lists(client, user):
    client.force_login(user)
    return client.get(reverse("desk")).context["lists"]


def test_who_typed_them_has_nothing_to_verify(client, offered, omar, olga):
    bank_accounts.enter(offered, by=omar, party=offered.parties.get().pk, **ALTERNA, file=cheque())
    assert listed(client, omar) == {}
    assert listed(client, olga) == {offered.reference: "Verify the bank details"}
    assert listed(client, omar, "all")[offered.reference].startswith("Waiting for signatures")


def test_what_was_not_taken_or_replaced_waits_for_nobody(client, offered, amina, omar):
    give_account(offered, amina)
    account = give_account(offered, amina, TANGERINE)
    assert len(listed(client, omar)) == 1
    bank_accounts.refuse(again(offered), by=omar, account=account, note="Another name.")
    assert listed(client, omar) == {}


def test_of_a_loan_that_is_repaid_nothing_waits(client, active, amina, omar, felix):
    give_account(active.application, amina, TANGERINE)
    assert list(listed(client, omar)) == [active.application.reference]
    pay_off(active, felix)
    assert listed(client, omar) == {}


def test_a_signed_loan_says_what_its_money_waits_for(client, loan, amina, omar, mariam):
    account = give_account(loan.application, amina, file=cheque())
    sign(again(loan), amina)
    reference = loan.application.reference
    assert listed(client, omar, "all")[reference] == "Verify the bank details"
    bank_accounts.refuse(again(loan.application), by=omar, account=account, note="Another name.")
    assert listed(client, omar, "all")[reference] == "Waiting for bank details that may be used"
    person = loan.application.parties.get().pk
    bank_accounts.enter(again(loan.application), by=omar, party=person, **ALTERNA, file=cheque())
    assert listed(client, omar, "all")[reference] == "Waiting for a second person to verify the bank details"
    assert listed(client, mariam, "all")[reference] == "Verify the bank details"


def test_once_they_are_verified_finance_sends_the_money(client, signed, omar):
    assert listed(client, omar, "all") == {signed.application.reference: "Waiting for finance to send the money"}


def test_finance_has_no_button_while_a_condition_is_open_and_reads_which(client, before_money, felix, omar):
    loan = before_money.application.loans.get()
    release, here = reverse("advance_release", args=[loan.number, 1]), reverse("loan", args=[loan.number])
    client.force_login(felix)
    client.cookies["language"] = "en"
    shown = html.unescape(client.get(here).content.decode())
    assert release not in shown
    assert f"Waiting for a loan officer to mark as met: {before_money.text}" in shown
    conditions.meet_condition(again(before_money.application), by=omar, condition=before_money, note="Invoice 4411.")
    assert release in html.unescape(client.get(here).content.decode())
    disbursement.release(loan.advances.get(), by=felix)
    conditions.reopen_condition(again(before_money.application), by=omar, condition=before_money, reason="Wrong one.")
    assert reverse("advance_sending", args=[loan.number, 1]) not in html.unescape(client.get(here).content.decode())

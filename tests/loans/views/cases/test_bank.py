"""Bank details on the pages: the borrower's "Where we send the money", and the office's beside the paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.lifecycle.lending import bank_accounts
from loans.models import BankAccount
from tests.bank import ALTERNA, TANGERINE, accepted_cheque, cheque, give_account, verified_account, verify
from tests.cases import again, picture, sign
from tests.people import signs_in
from tests.words import words

pytestmark = pytest.mark.django_db
MOST = 14


@pytest.fixture
def waiting_to_verify(loan, amina):
    """Bank details of a signed loan that nobody has compared with their paper."""
    account = give_account(loan.application, amina, file=cheque())
    sign(again(loan), amina)
    return account


def url(case, name, *args):
    return reverse(name, args=[case.reference, *args])


def post(client, user, case, name, *args, **data):
    signs_in(client, user)
    return client.post(url(case, name, *args), {"once_key": f"{name}-{len(data)}", **data})


def page(client, user, case, name="case_bank"):
    signs_in(client, user)
    return client.get(url(case, name))


# --- The borrower -------------------------------------------------------------------------------------


def test_the_borrower_comes_from_the_case_enters_and_reads_whose_turn_it_is(client, offered, amina):
    assert url(offered, "my_bank") in words(page(client, amina, offered, "my_case"))
    assert url(offered, "my_bank_new") in words(page(client, amina, offered, "my_bank"))
    photo = SimpleUploadedFile("cheque.jpg", picture())
    sent = post(client, amina, offered, "my_bank_new", newest="0", file=photo, **ALTERNA)
    assert (sent.status_code, sent.url) == (302, url(offered, "my_bank"))
    shown = words(client.get(sent.url))
    assert "Alterna Savings" in shown
    assert "567" in shown
    assert "1234567" not in shown
    assert "It is our turn" in shown


def test_transit_and_institution_may_be_typed_as_one(client, offered, amina):
    post(client, amina, offered, "my_bank_new", transit="00012-842", institution="", number="1234 567")
    assert BankAccount.objects.get().institution == "842"


def test_another_language_keeps_the_numbers_and_enters_none(client, offered, amina):
    answer = post(client, amina, offered, "my_bank_new", switch_language="fr", newest="0", **ALTERNA)
    assert f'value="{ALTERNA["number"]}"' in words(answer)
    assert not BankAccount.objects.exists()


def test_what_is_wrong_stands_beside_its_box_with_what_was_typed(client, offered, amina):
    response = post(client, amina, offered, "my_bank_new", **{**ALTERNA, "number": "123"})
    assert response.status_code == 422
    assert 'href="#id-number"' in words(response)
    assert 'value="123"' in words(response)
    assert not BankAccount.objects.exists()


def test_a_session_opened_by_a_text_message_is_asked_for_a_code_first(client, offered, amina):
    client.force_login(amina)
    assert client.get(url(offered, "my_bank")).status_code == 200
    for method in ("get", "post"):
        response = getattr(client, method)(url(offered, "my_bank_new"), ALTERNA)
        assert response.status_code == 302
        assert response.url.startswith(reverse("proof"))
    assert not BankAccount.objects.exists()


def test_an_old_tab_is_told_and_changes_nothing(client, offered, amina):
    give_account(offered, amina)
    response = post(client, amina, offered, "my_bank_new", newest="0", **TANGERINE)
    assert response.status_code == 422
    assert "Other bank details were entered meanwhile" in words(response)
    assert BankAccount.objects.count() == 1


def test_an_unknown_bank_is_a_warning_in_words(client, offered, amina):
    post(client, amina, offered, "my_bank_new", **{**ALTERNA, "institution": "999"})
    assert "We do not know this institution number" in words(client.get(url(offered, "my_bank")))


def test_the_reason_why_they_were_not_taken_is_read_on_the_page(client, offered, amina, omar):
    account = give_account(offered, amina)
    bank_accounts.refuse(again(offered), by=omar, account=account, note="The cheque names somebody else.")
    assert "The cheque names somebody else." in words(page(client, amina, offered, "my_bank"))


def test_before_an_offer_there_is_no_page(client, recommended, amina):
    assert page(client, amina, recommended, "my_bank").status_code == 404
    assert "my/" + recommended.reference + "/bank" not in words(page(client, amina, recommended, "my_case"))


# --- The office ---------------------------------------------------------------------------------------


def test_the_office_verifies_beside_the_paper_and_reads_no_number(client, offered, amina, omar):
    account = give_account(offered, amina, file=cheque())
    document = accepted_cheque(account, omar)
    shown = words(page(client, omar, offered))
    assert reverse("case_sheet", args=[offered.reference, document, 1, 1]) in shown
    assert "…567" in shown
    assert not any(number in shown for number in ("1234567", "00012"))
    wrong = post(client, omar, offered, "bank_verification", account.pk, document=document, **TANGERINE)
    assert wrong.status_code == 422
    assert "These are not the numbers that were entered" in words(wrong)
    right = post(client, omar, offered, "bank_verification", account.pk, document=document, once_key="r", **ALTERNA)
    assert right.status_code == 302
    assert "in use" in words(client.get(right.url))


def test_who_typed_them_is_offered_no_verification(client, offered, omar, olga):
    borrower = str(offered.parties.get().pk)
    photo = SimpleUploadedFile("cheque.jpg", picture())
    assert post(client, omar, offered, "bank_new", party=borrower, file=photo, **ALTERNA).status_code == 302
    account = BankAccount.objects.get()
    accepted_cheque(account, olga)
    address = url(offered, "bank_verification", account.pk)
    assert address not in words(page(client, omar, offered))
    assert address in words(page(client, olga, offered))


def test_a_page_that_is_old_tells_how_it_stands(client, offered, amina, omar, olga):
    account = verified_account(offered, amina, olga)
    document = again(account).verified_with_id
    response = post(client, omar, offered, "bank_verification", account.pk, document=document, **ALTERNA)
    assert response.status_code == 422
    assert "answered or replaced meanwhile" in words(response)


def test_the_auditor_reads_masked_details_and_sees_no_paper(client, offered, amina, omar, ada):
    verified_account(offered, amina, omar)
    shown = words(page(client, ada, offered))
    assert "…567" in shown
    assert "/sheets/" not in shown
    assert "1234567" not in shown


def test_the_tab_tells_that_something_waits(client, offered, amina, omar):
    give_account(offered, amina)
    assert "Bank details (1)" in words(page(client, omar, offered, "case"))


def test_who_may_see_them_is_asked_in_one_place(offered, amina, bilal, clara, omar, felix):
    account = give_account(offered, amina)
    for user in (amina, omar, felix):
        assert account in BankAccount.objects.visible_to(user)
    for user in (bilal, clara):
        assert account not in BankAccount.objects.visible_to(user)


def test_finance_reads_where_the_money_goes_or_what_it_waits_for_and_has_no_button_then(
    client, waiting_to_verify, omar, felix
):
    account, loan = waiting_to_verify, waiting_to_verify.party.application.loans.get()
    signs_in(client, felix)
    address, release = reverse("loan", args=[loan.number]), reverse("advance_release", args=[loan.number, 1])
    client.cookies["language"] = "en"
    for page_of_finance in (address, reverse("money_desk")):
        assert "Waiting for a second person to verify the bank details" in words(client.get(page_of_finance))
    assert release not in words(client.get(address))
    told = client.post(release, {"once_key": "too early"})
    assert told.status_code == 422
    assert "No money leaves before the borrower’s bank details are verified" in words(told)
    verify(account, omar, accepted_cheque(account, omar))
    shown = words(client.get(address))
    assert "The money goes to the account that ends in" in shown
    assert release in shown
    assert "1234567" not in shown


def test_the_page_asks_little(client, offered, amina, omar):
    verified_account(offered, amina, omar)
    give_account(offered, amina, TANGERINE)
    page(client, omar, offered)
    with CaptureQueriesContext(connection) as asked:
        client.get(url(offered, "case_bank"))
    assert len(asked) <= MOST, "\n".join(each["sql"][:150] for each in asked.captured_queries)

"""A business loan in English with a co-owner: from sign-up to repaid, with a payment that came back on the way."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.models import Application
from loans.views.deeds import new_once_key
from tests.cases import SAID, TICKS, again, picture
from tests.days_ahead import days_ahead
from tests.journeys.person import (
    Person,
    answers_the_questions,
    as_typed,
    checks_account,
    code_mailed,
    sign_up,
    tells_account,
)

pytestmark = pytest.mark.django_db

BUSINESS = {
    "business": {
        "business_name": "Nile Bakery",
        "what": "Egyptian bread and sweets for cafés.",
        "stage": "starting",
        "structure": "partnership",
        "share": "60",
    },
    "owners": {"owner_name-0": "Clara El-Sayed", "owner_email-0": "clara@example.org", "owner_share-0": "40"},
    "costs": {"what-0": "equipment", "detail-0": "An oven", "cost-0": "6,500"},
    "amount": {"requested": "6,000", "repayment_months": "12"},
    "month": {
        "how": "here",
        "sales": "6,000",
        "goods": "40",
        "rent": "900",
        "wages": "0",
        "other": "400",
        "drawings": "1,200",
        "ramp": "3",
        "own_money": "1,500",
    },
    "seasons": {"month-0": "12", "difference-0": "50"},
}
SHARED = ("about-me", "status", "work", "in-my-way", "budget", "signers", "sent-by", "consents")


def apply_for_business(amina, product):
    amina.sends("new_application", product=product.code)
    case = Application.objects.latest("pk")
    for slug in SHARED:
        amina.sends("section", case.reference, slug, **as_typed(SAID[slug]))
    for slug, typed in BUSINESS.items():
        amina.sends("section", case.reference, slug, **typed)
    for kind in product.papers:
        file = SimpleUploadedFile(f"{kind}.jpg", picture(), content_type="image/jpeg")
        amina.sends("papers", case.reference, kind=kind, file=file)
    amina.opens("check_answers", case.reference)
    amina.sends("check_answers", case.reference, once_key="sent once")
    return again(case)


def signs(person, case, name):
    person.opens("offer", case.reference)
    person.browser.get(f"/my/{case.reference}/offer/agreement.pdf")
    answers_the_questions(person, case)
    person.sends("signing_code", case.reference)
    typed = {**TICKS, "typed_name": name, "code": code_mailed("signing_code")}
    person.sends("signature", case.reference, once_key=new_once_key(), **typed)


def today_typed():
    today = clock.today()
    return {"on-day": today.day, "on-month": today.month, "on-year": today.year}


def pays_all(finance, loan, key):
    owed = books.book_of(loan, until=clock.today()).owed_cents
    paid = {"cents": f"{owed // 100},{owed % 100:02}", "method": "transfer", "payer": "Nile Bakery", "once_key": key}
    finance.sends("payments", loan.number, **today_typed(), **paid)


def test_from_sign_up_to_repaid_and_again(office, omar, mariam, felix):
    amina = sign_up("en")
    case = apply_for_business(amina, office.get(code="business"))
    assert case.state == "submitted"
    assert [(party.name, party.kind) for party in case.parties.all()] == [
        ("Amina El-Sayed", "borrower"),
        ("Clara El-Sayed", "co_borrower"),
    ]
    clara = User.objects.get(email="clara@example.org")
    assert Letter.objects.get(kind="co_signer_invited").to == clara

    officer, manager, finance = Person("en", omar), Person("en", mariam), Person("fr", felix)
    officer.sends("review", case.reference, once_key="take")
    page = officer.opens("case", case.reference).content.decode()
    assert "Nile Bakery" in page
    assert "From month" in page
    assert "Months of study" not in page
    terms = {"principal_cents": "6,000", "repayment_months": "12"}
    said = {"reason-sound_business": "yes", "note": "Cafés wait for her bread.", "once_key": "recommend"}
    officer.sends("recommendation", case.reference, **terms, **said)
    manager.sends("approval", case.reference, note="", once_key="approve")
    loan = case.loans.get()
    assert (loan.rate_index, loan.study_months, loan.fee_cents) == ("prime", 0, 18_000)

    tells_account(amina, case)
    signs(amina, case, "Amina El-Sayed")
    assert again(loan).state == "offered"
    clara.emailaddress_set.update(verified=True)
    signs(Person("en", clara), case, "Clara El-Sayed")
    assert again(loan).state == "signed"

    checks_account(officer, case)
    finance.sends("advance_release", loan.number, 1, once_key="release")
    finance.sends("advance_sending", loan.number, 1, once_key="send", **today_typed())
    with clock.at(days_ahead(100)):
        loan = again(loan)
        pays_all(finance, loan, "pay all")
        assert again(loan).state == "repaid"
        payment = loan.facts.get(kind="payment")
        finance.sends("payment_reversal", loan.number, payment.number, note="The cheque came back.", once_key="back")
        assert again(loan).state == "active"
        assert Letter.objects.filter(kind="payment_reversed").count() == 2
        assert again(loan).position.principal_cents == 600_000
        assert "taken back" in amina.opens("my_loan", case.reference).content.decode()
        pays_all(finance, again(loan), "pay again")
        assert again(loan).state == "repaid"
        receipt = finance.opens(
            "payment_receipt", loan.number, loan.facts.filter(kind="payment").latest("number").number
        )
        assert "Nile Bakery" in receipt.content.decode()
    assert list(audit()) == []

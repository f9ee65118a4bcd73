"""Offers brought for the pictures by the real verbs, to where nobody of the demo is: ready to sign, signed by one, …"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bin.shot import (
    HALF,
    MINDED,
    NEARLY,
    NEW_DEBIT,
    OFFERED,
    OFFICER,
    ON_PAPER,
    OTHER_BANK,
    OTHER_SIGNER,
    PAUSED,
    READY,
    REFUSED_BANK,
    SIGNED,
    TOO_DEAR,
    UNKNOWN_BANK,
)

TERMS = {"principal_cents": 500_000, "study_months": 2, "repayment_months": 24}
NEARLY_TOO_DEAR = {"principal_cents": 500_000, "study_months": 0, "repayment_months": 16}


def bring_offers() -> None:
    """Everybody with an offer whom the demo lacks."""
    _ready()
    _half_signed()
    _minded()
    _bank_details()
    _on_paper()
    _dear()


def wrong_answer() -> str:
    """A wrong answer to the first question about the offer that is read, as its form sends it."""
    from loans.lifecycle.offering import questions

    right = questions.question_of(_loan_of(OFFERED), questions.FIRST).right
    return "2" if right == 0 else "1"


def proofs_of_agreements(room: Path) -> tuple[dict[str, str], dict[str, Path]]:
    """Codes of a signed agreement and of one that was changed later; the file of the first, whole and altered."""
    signed, amended = (_loan_of(email).signatures.first().agreement for email in (SIGNED, PAUSED))
    whole, altered = room / "agreement.pdf", room / "altered.pdf"
    whole.write_bytes(signed.file.read())
    altered.write_bytes(signed.file.read() + b"\n")
    return {"genuine": signed.code, "superseded": amended.code}, {"whole": whole, "altered": altered}


def _bring(email: str, name: str, *, goal: str = "offered", language: str = "en", **other: Any) -> Any:
    """Walk somebody to an offer as the demo does; returns the case. `other`: product, terms, co_signer."""
    from accounts.models import Role, User
    from config import clock
    from loans.demonstration.forms import fill_in
    from loans.demonstration.people import STAFF, Someone
    from loans.demonstration.roads import Road
    from loans.lifecycle.applying import filling
    from loans.models import Product

    person = _person(email, name, language)
    terms, chance = other.get("terms", TERMS), random.Random(email)  # noqa: S311  a chance that repeats itself
    staff = {role: [User.objects.get(email=each) for each, _, one, _ in STAFF if one == role] for role in Role}
    began = clock.now() - timedelta(days=12)
    with clock.at(began):
        case = filling.start(person, other.get("product") or Product.objects.on_offer().get(code="credential"))
        sums = {"cents": terms["principal_cents"], "months": terms["repayment_months"]}
        someone = Someone(name, "nurse", language)
        fill_in(case, person, someone, chance=chance, co_signer=other.get("co_signer"), **sums)
    Road(case, person, goal, began=began, staff=staff, chance=chance, terms=terms).walk()
    return case


def _person(email: str, name: str, language: str = "en") -> Any:
    from accounts.models import User

    person = User.objects.known_as(email, name=name, language=language)
    person.emailaddress_set.update(verified=True)
    return person


def _staff(email: str) -> Any:
    from accounts.models import User

    return User.objects.get(email=email)


def _loan_of(email: str) -> Any:
    from loans.models import Loan

    return Loan.objects.filter(application__applicant__user__email=email).latest("pk")


def _ready() -> None:
    """Nothing is missing but the signature."""
    from loans.lifecycle.offering import questions

    case = _bring(READY, "Selam Tesfaye")
    for code in questions.missing(case.loans.get(), case.applicant.user):
        questions.explain(case.loans.get(), by=case.applicant.user, question=code)


def _half_signed() -> None:
    """The borrower has signed, the guarantor has not."""
    from loans.demonstration.roads import sign

    case = _bring(HALF, "أحمد الخطيب", co_signer=("Grace Mensah", OTHER_SIGNER, "guarantor"))
    sign(case.loans.get(), case.applicant.user)


def _minded() -> None:
    """A product lets its borrowers think again for two days; everybody signed today."""
    from loans.demonstration.roads import sign
    from loans.models import Product

    with _changed(Product.objects.on_offer().get(code="credential"), cooling_days=2):
        case = _bring(MINDED, "Thanh Nguyễn")
    sign(case.loans.get(), case.applicant.user)


@contextmanager
def _changed(product: Any, **columns: Any) -> Iterator[None]:
    """A product with other columns, as long as the block runs."""
    rows = type(product).objects.filter(pk=product.pk)
    before = {name: getattr(product, name) for name in columns}
    rows.update(**columns)
    try:
        yield
    finally:
        rows.update(**before)


def _bank_details() -> None:
    """Of a bank that we do not know; not taken; others beside those in force, before the signature and after it."""
    from loans.demonstration import bank
    from loans.demonstration.forms import specimen
    from loans.demonstration.roads import sign
    from loans.lifecycle.lending import bank_accounts
    from loans.lifecycle.reviewing import papers
    from loans.lifecycle.writing.messages import Attached
    from loans.models import BankAccount, Document
    from loans.rules import VOID_CHEQUE

    def enter(case: Any, institution: str, number: str) -> Any:
        numbers = {"institution": institution, "transit": "00000", "number": number}
        file = Attached("cheque.png", specimen(VOID_CHEQUE))
        return bank_accounts.enter(case, by=case.applicant.user, file=file, is_fresh=True, **numbers), numbers

    officer = _staff(OFFICER)
    unknown = _bring(UNKNOWN_BANK, "王小明")
    entered, _ = enter(unknown, "999", "0001234")
    papers.accept(Document.objects.get(pk=entered.paper_id), by=officer)
    refused = _bring(REFUSED_BANK, "Aïssatou Diop", language="fr")
    why = "The cheque shows another name than yours. Is it a joint account? Please send a paper with your name."
    bank_accounts.refuse(refused, by=officer, account=BankAccount.objects.latest("pk"), note=why)
    for email, name in ((OTHER_BANK, "Olena Kovalchuk"), (NEW_DEBIT, "Nasrin Ahmadi")):
        other = _bring(email, name)
        bank.verify(BankAccount.objects.latest("pk"), other, officer=officer)
        if email == NEW_DEBIT:
            sign(other.loans.get(), other.applicant.user)
        entered, numbers = enter(other, "842", "0009876")
        paper = papers.accept(Document.objects.get(pk=entered.paper_id), by=officer)
        bank_accounts.verify(other, by=officer, account=entered, document=paper.pk, **numbers)


def _on_paper() -> None:
    """Signed by hand with an interpreter; the first of the office keeps it, and a colleague looks at it."""
    from config import clock
    from loans.demonstration.forms import specimen
    from loans.lifecycle.contracts import paper_signing
    from loans.lifecycle.writing.messages import Attached

    case = _bring(ON_PAPER, "ሰላም ተስፋዬ")
    paper_signing.record(
        case.loans.get(),
        by=_staff(OFFICER),
        party=case.parties.get().pk,
        scan=Attached("signed.png", specimen("signed agreement")),
        name="ሰላም ተስፋዬ",
        signed_on=clock.today(),
        agreed=True,
        debit_agreed=True,
        explained_by="interpreter",
        interpreter="Hana Bekele",
        interpreted_in="Amharic",
        made_statement=True,
    )


def _dear() -> None:
    """A product of before the limit, with a fee by which a short loan costs more than the law allows; now ended."""
    from decimal import Decimal

    from config import clock
    from loans.demonstration.checklists import go_through
    from loans.models import Product

    dear = Product.objects.on_offer().get(code="credential")
    dear.pk, dear.code, dear.min_repayment_months = None, "before-the-limit", 3
    dear.fee_rate, dear.fee_cap_cents = Decimal("0.15"), None
    dear.save(force_insert=True)
    case = _bring(TOO_DEAR, "Dmytro Shevchenko", goal="in_review", product=dear)
    case.refresh_from_db(fields=["reviewer"])
    go_through(case, case.reviewer, wholly=True)
    _bring(NEARLY, "Nirmala", goal="recommended", product=dear, terms=NEARLY_TOO_DEAR)
    dear.effective_to = clock.today() - timedelta(days=1)
    dear.save(update_fields=["effective_to"])

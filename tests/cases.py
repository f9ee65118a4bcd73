"""Cases on their road, each walked there by the real verbs: draft, submitted, in_review, … active."""

import io
import re

import pikepdf
import pytest
from PIL import Image

from config import clock
from letters.models import Letter
from letters.render import render
from loans.bank_numbers import Numbers
from loans.furnishing.checklist import furnish_checklist
from loans.furnishing.office import furnish
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.applying.keeping import FormPage, Typed
from loans.lifecycle.contracts import paper_making, signing
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import disbursement
from loans.lifecycle.offering import questions
from loans.lifecycle.reviewing import review
from loans.models import BankAccount, ChecklistItem, Party, Product
from loans.models.form import Form

SAID = {
    "about-me": {
        "full_name": "Amina El-Sayed",
        "called": "Amina",
        "born_on": "27/3/1985",
        "phone": "613-555-0123",
        "address": "12 Laurier Avenue\nOttawa",
        "postal_code": "K1A 0B1",
    },
    "status": {"status": "permanent_resident", "arrived_on": "1/9/2023"},
    "work": {
        "work_status": "employed",
        "occupation": "shelf stocker",
        "teer": "5",
        "hours_per_week": "38",
        "wants_more_hours": "no",
        "in_trained_field": "no",
        "annual_income": "31,000",
        "education": "bachelor",
        "trained_occupation": "pharmacist",
        "confidence": "4",
    },
    "in-my-way": {"barriers": "licence_cost"},
    "study-plan": {
        "goal": "To work as a pharmacist again.",
        "programme": "International Pharmacy Graduate Program",
        "school": "University of Toronto",
        "starts_on": "1/2/2027",
        "ends_on": "31/7/2027",
    },
    "amount": {"requested": "5,000", "repayment_months": "24"},
    "budget": {"pay": "2,300", "rent": "1,100", "food": "450", "transport": "128"},
    "signers": {"has_co_signer": "no"},
    "sent-by": {"partner": "nobody"},
    "consents": {"truth": "yes", "credit_check": "yes"},
}
BUSINESS = {
    "business": {
        "business_name": "Nile Bakery",
        "what": "Egyptian bread and sweets for cafés.",
        "stage": "starting",
        "structure": "sole",
        "share": "100",
    },
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
}
EMPTY = ("owners", "seasons")  # pages on which nothing needs to be said
COSTS = [
    {"what": "tuition", "detail": "IPG Canada", "cost": "4,500"},
    {"what": "exam", "detail": "PEBC", "cost": "1,200.50"},
]
TERMS = {"principal_cents": 500_000, "study_months": 6, "repayment_months": 24}


def picture(kind="JPEG"):
    """The bytes of a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, kind)
    return out.getvalue()


def large_photo():
    """A photo of more than 10 MB, as a phone's best camera takes it."""
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 90).save(out, "JPEG", quality=100)
    return out.getvalue()


def pdf(pages=1):
    """The bytes of a PDF of white pages."""
    out = io.BytesIO()
    with pikepdf.Pdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(612, 792))
        made.save(out, deterministic_id=True)
    return out.getvalue()


def fill_in(application, by, **other):
    """Answer every page as Amina does; `other` holds {page with underscores: {field: raw}} to say instead."""
    changed = {slug.replace("_", "-"): said for slug, said in other.items()}
    form = Form(application)
    keep = filling.save if form.newest else says
    for section in form.purpose.sections:
        if section.slug == "papers":
            for kind in Form(application).paper_kinds():
                filling.add_paper(application, kind, picture(), name=f"{kind}.jpg", by=by)
        else:
            keep(application, section, _lines(section, changed.get(section.slug)), by=by)
    return application


def says(application, section, lines, *, by):
    """Keep these lines of a page of a form that is still empty, without reading it all anew."""
    typed = [
        Typed(field, number, line[field.name], 0)
        for number, line in enumerate(lines)
        for field in section.fields
        if field.name in line
    ]
    FormPage(application, section, by=by, device="").keep(typed, whole=True)


def _lines(section, changed):
    if section.slug == "costs":
        known = dict(section.field("what").choices)
        return [line if line["what"] in known else {**line, "what": "other"} for line in COSTS]
    if section.slug in EMPTY:
        return changed or []
    return [{**{**SAID, **BUSINESS}[section.slug], **(changed or {})}]


def newest_code(user):
    """The digits of the newest code mailed to `user`."""
    letter = Letter.objects.filter(to=user, kind="signing_code").latest("pk")
    return re.search(r"\b\d{6}\b", render(letter).text).group()


TICKED = {"agreed": True, "debit": True}  # what signing.sign takes of whoever agrees to all
TICKS = {"agreed": "yes", "debit": "yes"}  # as the page sends it


def explain(loan, user):
    """Let one party answer the three questions about the offer."""
    for code in questions.missing(loan, user):
        questions.explain(again(loan), by=user, question=code)


def has_account(case):
    """The borrower's bank details are in force, unless some were entered: one row, where the verbs write a dozen.

    It stands on the lines of the sending and of the yes. The verbs are walked by tests.bank.verified_account.
    """
    borrower = case.parties.get(kind=Party.Kind.BORROWER)
    if borrower.bank_accounts.exists():
        return
    entered, approved = (case.events.filter(verb=verb).latest("pk") for verb in ("submit", "approve"))
    paper = {"verified": approved, "verified_with": case.documents.first(), "usable_from": clock.today()}
    account = BankAccount(party=borrower, event=entered, **paper)
    account.remember(Numbers("842", "00012", f"{case.pk:07}"))
    account.save()


def prepare_papers(loan, user, language=""):
    """The papers that this party signs, as a worker makes them; of a stranger only the agreement."""
    language = language or user.binds_in
    signing.agreement_for(loan, language)
    for party in loan.application.parties.filter(user=user):
        paper_making.make_set(again(loan), party, language)


def prepare(loan):
    """What every signature waits for: the borrower's account, and the papers of each party in their language."""
    has_account(loan.application)
    paper_making.make_all(again(loan))


def sign(loan, user, **other):
    """Let one party read, answer the three questions, ask for a code and sign; the money has an account by then."""
    if loan.application.applicant.user_id == user.pk:
        has_account(loan.application)
    prepare_papers(loan, user)
    explain(loan, user)
    signing.send_code(loan, by=user)
    said = {**TICKED, **other}
    return signing.sign(loan, by=user, language=user.binds_in, typed_name=user.name, code=newest_code(user), **said)


def lend(person, product, omar, mariam, felix):
    """A second loan beside Amina's, on the same road to the money."""
    case = submission.submit(fill_in(filling.start(person, product), person), by=person)
    review.take(case, by=omar)
    decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    decision.approve(again(case), by=mariam)
    loan = sign(again(case).loans.get(), person)
    disbursement.send(disbursement.release(loan.advances.get(), by=felix), by=felix, on=clock.today())
    return again(loan)


def again(row):
    """The row as the database now holds it."""
    return type(row).objects.get(pk=row.pk)


def seen(case):
    """The newest event of the case: what somebody who opens its page now has seen."""
    return case.events.order_by("pk").last().pk


@pytest.fixture
def office(db):
    """A furnished office that has no checklist: whoever wants one begins with `checklist`."""
    furnish()
    ChecklistItem.objects.all().delete()
    return Product.objects


@pytest.fixture
def checklist(office):
    """The office has its furnished checklist: cases that are sent from here on are looked at by it."""
    furnish_checklist()


@pytest.fixture
def product(office):
    return office.get(code="credential")


@pytest.fixture
def draft(amina, product):
    return fill_in(filling.start(amina, product), amina)


@pytest.fixture
def submitted(draft, amina):
    return submission.submit(draft, by=amina)


@pytest.fixture
def in_review(submitted, omar):
    return review.take(submitted, by=omar)


@pytest.fixture
def waiting(in_review, omar):
    return review.ask_for_more(in_review, by=omar, asked=[("study-plan", "When does the course end?")])


@pytest.fixture
def recommended(in_review, omar):
    return decision.recommend(in_review, by=omar, reasons=["affordable", "enrolled"], note="A sound plan.", **TERMS)


@pytest.fixture
def offered(recommended, mariam):
    """The case whose loan is offered; its loan is `offered.loans.get()`."""
    decision.approve(recommended, by=mariam)
    return again(recommended)


@pytest.fixture
def loan(offered):
    return offered.loans.get()


@pytest.fixture
def signed(loan, amina):
    return sign(loan, amina)


@pytest.fixture
def active(signed, felix):
    advance = disbursement.release(signed.advances.get(), by=felix)
    disbursement.send(advance, by=felix, on=clock.today())
    return again(signed)


def sent_on_terms(case, mariam, felix, **product):
    """The loan of a recommended case whose product has these columns: offered, signed, and sent today."""
    Product.objects.filter(pk=case.product.pk).update(**product)
    loan = sign(decision.approve(again(case), by=mariam), case.applicant.user)
    advance = disbursement.release(loan.advances.get(), by=felix)
    disbursement.send(advance, by=felix, on=clock.today())
    return again(loan)

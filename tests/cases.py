"""Cases on their road, each walked there by the real verbs: draft, submitted, in_review, … active."""

import io
import re

import pytest
from PIL import Image

from config import clock
from letters.models import Letter
from letters.render import render
from loans.furnishing import furnish
from loans.lifecycle import decision, disbursement, filling, review, signing, submission
from loans.models import Product
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


def fill_in(application, by, **other):
    """Answer every page as Amina does; `other` holds {page with underscores: {field: raw}} to say instead."""
    changed = {slug.replace("_", "-"): said for slug, said in other.items()}
    for section in Form(application).purpose.sections:
        if section.slug == "costs":
            known = dict(section.field("what").choices)
            lines = [line if line["what"] in known else {**line, "what": "other"} for line in COSTS]
            filling.save(application, section, lines, by=by)
        elif section.slug in EMPTY:
            filling.save(application, section, changed.get(section.slug, []), by=by)
        elif section.slug == "papers":
            for kind in Form(application).paper_kinds():
                filling.add_paper(application, kind, picture(), name=f"{kind}.jpg", by=by)
        else:
            filling.save(
                application, section, [{**{**SAID, **BUSINESS}[section.slug], **changed.get(section.slug, {})}], by=by
            )
    return application


def newest_code(user):
    """The digits of the newest code mailed to `user`."""
    letter = Letter.objects.filter(to=user, kind="signing_code").latest("pk")
    return re.search(r"\b\d{6}\b", render(letter).text).group()


def sign(loan, user):
    """Let one party read, ask for a code and sign."""
    signing.agreement_for(loan, user.language)
    signing.send_code(loan, by=user)
    return signing.sign(
        loan, by=user, language=user.language, typed_name=user.name, code=newest_code(user), agreed=True
    )


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


@pytest.fixture
def office(db):
    furnish()
    return Product.objects


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

"""Somebody at a browser without JavaScript, and what people do there on the way to a loan."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from letters.models import Letter
from letters.render import render
from loans.lifecycle.offering import questions
from loans.models import Application, BankAccount
from loans.views.deeds import new_once_key
from tests.bank import ALTERNA
from tests.cases import COSTS, SAID, TICKS, again, picture, seen
from tests.people import signs_in

DECISIONS = ("recommendation", "sending_back", "approval", "refusal", "votes", "appeal_dismissal", "appeal_success")


class Person:
    """Somebody at a browser: goes to pages, fills in what is there, reads the mail."""

    def __init__(self, language, user=None):
        self.browser = Client()
        self.browser.cookies["language"] = language
        if user:
            signs_in(self.browser, user)

    def opens(self, name, /, *args):
        page = self.browser.get(reverse(name, args=args), follow=True)
        assert page.status_code == 200, (name, page.status_code)
        return page

    def sends(self, name, /, *args, **typed):
        """Fill in a form of the page as it is now, and follow where it leads."""
        if name in DECISIONS:
            typed = {"seen": seen(Application.objects.get(reference=args[0])), **typed}
        page = self.browser.post(reverse(name, args=args), typed, follow=True)
        assert page.status_code == 200, (name, page.status_code, page.content.decode()[:3000])
        return page


def code_mailed(kind):
    return re.search(r"\b\d{6}\b", render(Letter.objects.filter(kind=kind).latest("pk")).text).group()


def as_typed(said):
    """Answers as a browser sends them: a date as three boxes."""
    typed = {}
    for name, raw in said.items():
        if raw.count("/") == 2:
            typed |= dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), raw.split("/"), strict=True))
        else:
            typed[name] = raw
    return typed


def apply_for(amina, product):
    amina.sends("new_application", product=product.code)
    case = Application.objects.latest("pk")
    for slug, said in SAID.items():
        amina.sends("section", case.reference, slug, **as_typed(said))
    lines = {f"{name}-{n}": raw for n, line in enumerate(COSTS) for name, raw in line.items()}
    amina.sends("section", case.reference, "costs", **lines)
    for kind in product.papers:
        file = SimpleUploadedFile(f"{kind}.jpg", picture(), content_type="image/jpeg")
        amina.sends("papers", case.reference, kind=kind, file=file)
    amina.opens("check_answers", case.reference)
    amina.sends("check_answers", case.reference, once_key="sent once")
    return Application.objects.get(pk=case.pk)


def sign_up(language):
    amina = Person(language)
    amina.opens("home")
    amina.sends("account_signup", email="amina@example.org")
    page = amina.sends("account_email_verification_sent", code=code_mailed("sign_up_code"))
    assert page.context["user"].is_authenticated
    return amina


def decide(case, omar, mariam):
    officer, manager = Person("en", omar), Person("fr", mariam)
    officer.sends("review", case.reference, once_key="take")
    looked_at = {f"item-{key}": "yes" for key in again(case).checklist}
    if looked_at:
        officer.sends("checklist_answers", case.reference, **looked_at, once_key="checklist")
    terms = {"principal_cents": "5,000", "study_months": "6", "repayment_months": "24"}
    said = {"reason-affordable": "yes", "note": "A sound plan.", "once_key": "recommend"}
    officer.sends("recommendation", case.reference, **terms, **said)
    manager.sends("approval", case.reference, note="", once_key="approve")
    return case.loans.get()


def answers_the_questions(person, case):
    """The three questions before signing, each answered rightly."""
    while (page := person.opens("offer_questions", case.reference)).context.get("code"):
        asked = questions.question_of(case.loans.latest("pk"), page.context["code"])
        told = {"question": asked.code, "answer": str(asked.right + 1), "once_key": new_once_key()}
        person.sends("offer_questions", case.reference, **told)


def tells_account(person, case):
    """The borrower types the bank details, with a photo of a void cheque; a session that is too old shows first who."""
    page = person.opens("my_bank_new", case.reference)
    if page.redirect_chain:
        person.sends("proof")
        person.sends("proof", code=code_mailed("proof_code"))
    photo = SimpleUploadedFile("cheque.jpg", picture(), content_type="image/jpeg")
    person.sends("my_bank_new", case.reference, newest="0", file=photo, once_key=new_once_key(), **ALTERNA)
    assert BankAccount.objects.waiting().filter(party__application=case).exists()


def checks_account(officer, case):
    """An officer accepts the cheque and types the numbers from it."""
    account = BankAccount.objects.waiting().get(party__application=case)
    officer.sends("paper_acceptance", case.reference, account.paper_id, once_key=new_once_key())
    officer.sends(
        "bank_verification",
        case.reference,
        account.pk,
        document=account.paper_id,
        once_key=new_once_key(),
        **ALTERNA,
    )
    assert again(account).verified is not None


def sign(amina, case):
    if amina.opens("offer", case.reference).context["wants_bank_details"]:
        tells_account(amina, case)
    assert amina.browser.get(reverse("agreement", args=[case.reference])).content.startswith(b"%PDF-")
    answers_the_questions(amina, case)
    amina.sends("signing_code", case.reference)
    typed = {**TICKS, "typed_name": "Amina El-Sayed", "code": code_mailed("signing_code")}
    amina.sends("signature", case.reference, once_key=new_once_key(), **typed)

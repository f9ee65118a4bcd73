"""A pharmacist's training loan, from sign-up to repaid, through the pages, in both languages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle import audit, filling, submission
from loans.models import Application, Loan
from loans.views.deeds import new_once_key
from tests.cases import COSTS, SAID, fill_in, picture

pytestmark = pytest.mark.django_db


class Person:
    """Somebody at a browser: goes to pages, fills in what is there, reads the mail."""

    def __init__(self, language, user=None):
        self.browser = Client()
        self.browser.cookies["language"] = language
        if user:
            self.browser.force_login(user)

    def opens(self, name, *args):
        page = self.browser.get(reverse(name, args=args), follow=True)
        assert page.status_code == 200, (name, page.status_code)
        return page

    def sends(self, name, *args, **typed):
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
    terms = {"principal_cents": "5,000", "study_months": "6", "repayment_months": "24"}
    said = {"reason-affordable": "yes", "note": "A sound plan.", "once_key": "recommend"}
    officer.sends("recommendation", case.reference, **terms, **said)
    manager.sends("approval", case.reference, note="", once_key="approve")
    return case.loans.get()


def sign(amina, case):
    amina.opens("offer", case.reference)
    assert amina.browser.get(reverse("agreement", args=[case.reference])).content.startswith(b"%PDF-")
    amina.sends("signing_code", case.reference)
    typed = {"agreed": "yes", "typed_name": "Amina El-Sayed", "code": code_mailed("signing_code")}
    amina.sends("signature", case.reference, once_key=new_once_key(), **typed)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_sign_up_to_repaid(product, omar, mariam, felix, language):
    amina = sign_up(language)
    case = apply_for(amina, product)
    loan = decide(case, omar, mariam)
    sign(amina, case)
    finance, today = Person("fr", felix), clock.today()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    finance.sends("advance_release", loan.number, 1, once_key="release")
    finance.sends("advance_sending", loan.number, 1, once_key="send", **day)
    amina.opens("my_loan", case.reference)
    money = {"cents": "5,000.00", "method": "transfer", "payer": "Amina"}
    finance.sends("payments", loan.number, once_key="pay", **money, **day)
    assert Loan.objects.get(pk=loan.pk).state == "repaid"
    amina.opens("my_loan", case.reference)
    assert list(audit.audit()) == []
    assert set(Letter.objects.values_list("language", flat=True).filter(to__email="amina@example.org")) == {language}


def test_a_decline_gives_its_reasons(submitted, amina, omar, mariam):
    Person("en", omar).sends("review", submitted.reference, once_key="take")
    Person("fr", mariam).sends("refusal", submitted.reference, **{"reason-not_enrolled": "yes", "once_key": "no"})
    letter = render(Letter.objects.get(kind="declined"))
    assert "The school has not accepted you yet." in letter.text
    Person("en", amina).opens("my_case", submitted.reference)


def test_a_withdrawal_from_any_page_before_the_decision(recommended, amina):
    Person("fr", amina).sends("withdrawal", recommended.reference, note="I found work.")
    assert Application.objects.get(pk=recommended.pk).state == "withdrawn"


def test_more_is_asked_and_answered(in_review, amina, omar):
    asked = {"ask-study-plan": "yes", "why-study-plan": "When does it end?", "once_key": "ask"}
    Person("en", omar).sends("questions", in_review.reference, **asked)
    applicant = Person("en", amina)
    assert applicant.browser.get(reverse("section", args=[in_review.reference, "budget"])).status_code == 404
    applicant.sends(
        "section", in_review.reference, "study-plan", **as_typed(SAID["study-plan"] | {"ends_on": "30/9/2027"})
    )
    applicant.sends("check_answers", in_review.reference, once_key="answer")
    case = Application.objects.get(pk=in_review.pk)
    assert (case.state, case.submissions.count()) == ("in_review", 2)


def test_two_signers_sign_each_for_themselves(amina, product, omar, mariam):
    said = {"has_co_signer": "yes", "co_signer_name": "Yusuf", "co_signer_email": "yusuf@example.org"}
    case = submission.submit(fill_in(filling.start(amina, product), amina, signers=said), by=amina)
    loan = decide(case, omar, mariam)
    sign(Person("en", amina), case)
    assert Loan.objects.get(pk=loan.pk).state == "offered"
    sign(Person("en", User.objects.get(email="yusuf@example.org")), case)
    assert Loan.objects.get(pk=loan.pk).state == "signed"


def test_a_strangers_case_does_not_exist(draft, submitted, bilal):
    stranger = Person("en", bilal).browser
    for name in ("my_case", "task_list", "check_answers", "papers", "offer", "my_loan", "withdrawal", "case"):
        assert stranger.get(reverse(name, args=[submitted.reference])).status_code == 404, name


def test_a_page_that_needs_sign_in_leads_back_after_it(office, db):
    visitor = Client()
    answer = visitor.get(reverse("new_application"))
    assert answer.url == f"{reverse('account_login')}?next={reverse('new_application')}"

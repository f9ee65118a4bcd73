"""A training loan's whole life at real browsers."""

from config import clock
from loans.lifecycle.ledger import audit
from loans.lifecycle.offering import questions
from loans.models import Application, BankAccount, Loan
from tests.bank import ALTERNA, accepted_cheque, verify
from tests.browser.visitor import code_mailed
from tests.cases import COSTS, SAID, picture

JPEG = b"\xff\xd8"
SEND_NUMBERS = "#typed button.button"
GO_ON = "main form button.button:not([name])"


def live(visitor, product, omar, mariam, felix, *, width, language, javascript):
    """From sign-up to repaid; returns the loan."""
    amina = visitor(width=width, language=language, javascript=javascript)
    sign_up(amina)
    case = apply_for(amina, product)
    officer = visitor(width=width)
    decide(officer, case, omar, visitor(width=width, language="fr"), mariam)
    tell_account(amina, case)
    sign(amina, case)
    check_account(officer, case, omar)
    loan = lend_and_collect(visitor(width=width, language="fr"), case, felix)
    for page in ("my_case", "my_loan", "my_cases"):
        amina.opens(page, *([case.reference] if page != "my_cases" else []))
    assert list(audit.audit()) == []
    return loan


def sign_up(amina):
    amina.opens("home")
    amina.opens("account_signup")
    amina.types(email="amina@example.org")
    amina.clicks("main form button.button")
    amina.types(code="000000")
    amina.clicks("main form button.button")  # a wrong code is told
    amina.types(code=code_mailed("sign_up_code"))
    amina.clicks("main form button.button")


def apply_for(amina, product):
    amina.opens("new_application")
    amina.clicks(GO_ON)  # nothing chosen: told, and shown again
    amina.types(product=product.code)
    amina.clicks(GO_ON)
    case = Application.objects.latest("pk")
    for slug, said in SAID.items():
        amina.opens("section", case.reference, slug)
        if slug == "about-me":
            amina.clicks(GO_ON)  # everything is missing
        amina.types(**said)
        amina.clicks(GO_ON)
    amina.opens("section", case.reference, "costs")
    for number, line in enumerate(COSTS):
        amina.types(**{f"{name}-{number}": raw for name, raw in line.items()})
        amina.clicks("main form button[name=add]" if number + 1 < len(COSTS) else GO_ON)
    amina.opens("check_answers", case.reference)
    amina.clicks(GO_ON)  # papers are missing
    for kind in product.papers:
        amina.opens("papers", case.reference)
        photo = {"name": f"{kind}.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        amina.page.set_input_files(f"#id-file-{kind}", photo)
        amina.clicks(f"form:has(#id-file-{kind}) button")
    amina.opens("task_list", case.reference)
    amina.opens("check_answers", case.reference)
    amina.clicks(GO_ON)
    case = Application.objects.get(pk=case.pk)
    assert case.state == "submitted"
    return case


def decide(officer, case, omar, manager, mariam):
    officer.signs_in(omar)
    officer.opens("desk")
    officer.opens("case", case.reference)
    assert officer.fetches('main a[href*="/papers/"]:not([href$="/view/"])').startswith(JPEG)
    officer.clicks('main a[href$="/view/"]')
    officer.opens("case", case.reference)
    officer.clicks('form[action$="/review/"] button.button')
    officer.opens("case_checklist", case.reference)
    officer.types(**{f"item-{key}": "yes" for key in case.checklist})
    officer.clicks('form[action$="/checklist/answers/"] button.button')
    officer.opens("case", case.reference)
    officer.unfolds("recommend")
    officer.types(principal_cents="5,000", study_months="6", repayment_months="24")
    officer.clicks('form[action$="/recommendation/"] button[name=work_out]')
    officer.clicks('form[action$="/recommendation/"] button.button')  # no reason: told
    officer.types(**{"reason-affordable": "yes"})
    officer.page.fill("#id-recommend-note", "A sound plan.")
    officer.clicks('form[action$="/recommendation/"] button.button')
    manager.signs_in(mariam)
    manager.opens("case", case.reference)
    manager.clicks('form[action$="/approval/"] button.button')
    manager.opens("reports")
    manager.opens("report", "portfolio")


def answers_the_questions(amina, case):
    amina.opens("offer_questions", case.reference)
    amina.clicks(GO_ON)  # nothing chosen: told
    for code in questions.BORROWERS:
        right = str(questions.question_of(case.loans.get(), code).right + 1)
        if code == "total":  # a wrong answer is explained and asked again
            amina.types(answer="1" if right != "1" else "2")
            amina.clicks(GO_ON)
        amina.types(answer=right)
        amina.clicks(GO_ON)


def tell_account(amina, case):
    """From the offer, which asks for it, to the three numbers with a photo of a cheque."""
    amina.opens("offer", case.reference)
    amina.clicks('#sign a[href$="/bank/"]')
    amina.clicks('main a[href$="/bank/new/"]')
    amina.types(number="12")
    amina.clicks(SEND_NUMBERS)  # told beside their boxes
    amina.types(**ALTERNA)
    amina.page.set_input_files("#id-file", {"name": "cheque.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    amina.clicks(SEND_NUMBERS)


def check_account(officer, case, omar):
    """The officer looks at the paper and at the details; the deeds themselves are walked by tests.journeys.person."""
    account = BankAccount.objects.get(party__application=case)
    officer.opens("case_paper_view", case.reference, account.paper_id)
    paper = accepted_cheque(account, omar)
    officer.opens("case_bank", case.reference)
    verify(account, omar, paper)
    officer.opens("case_bank", case.reference)


def sign(amina, case):
    amina.opens("my_case", case.reference)
    amina.opens("offer", case.reference)
    assert amina.fetches('main a[href$="/offer/agreement.pdf"]').startswith(b"%PDF-")
    answers_the_questions(amina, case)
    amina.clicks('form[action$="/offer/code/"] button')
    amina.types(typed_name="Amina El-Sayed", code="000000")
    amina.clicks('form[action$="/offer/signature/"] button')  # not agreed
    amina.types(agreed="yes", debit="yes", typed_name="Amina El-Sayed", code=code_mailed("signing_code"))
    amina.clicks('form[action$="/offer/signature/"] button')
    assert case.loans.get().state == "signed"
    amina.opens("my_loan", case.reference)


def lend_and_collect(finance, case, felix):
    loan = case.loans.get()
    finance.signs_in(felix)
    finance.opens("loans")
    finance.opens("loan", loan.number)
    finance.clicks('form[action$="/release/"] button')
    finance.clicks('form[action$="/sending/"] button')
    today = clock.today()
    said = {"on": f"{today.day}/{today.month}/{today.year}", "method": "transfer", "payer": "Amina"}
    pay(finance, cents="abc", **said)  # told beside its box
    pay(finance, cents="100.00", **said)
    finance.opens("payment_reversal", loan.number, 2)
    finance.page.fill("#id-reversal-note", "Entered twice.")
    finance.clicks('form[action$="/reversal/"] button')
    pay(finance, cents="5,000.00", **said)
    loan = Loan.objects.get(pk=loan.pk)
    assert loan.state == "repaid"
    return loan


def pay(finance, **said):
    finance.unfolds("payment")
    finance.types(**said)
    finance.clicks('form[action$="/payments/"] button')

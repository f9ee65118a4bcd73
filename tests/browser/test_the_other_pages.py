"""The pages that a smooth life does not meet: questions, withdrawals, refusals, strangers, the second factor."""

import pytest

from accounts.models import Role, User
from accounts.people import give_role
from applicants.models import CallBack
from loans.lifecycle.applying import submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import papers
from tests.browser.visitor import code_mailed
from tests.cases import again
from tests.people import authenticator_code

WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@WIDTHS
def test_the_applicants_other_pages(visitor, waiting, amina, width):
    guest = visitor(width=width, language="fr")
    guest.signs_in(amina)
    for page in ("my_cases", "my_case", "task_list", "check_answers", "withdrawal"):
        guest.opens(page, *([] if page == "my_cases" else [waiting.reference]))
    guest.opens("section", waiting.reference, "study-plan")
    submission.withdraw(again(waiting), by=amina)
    guest.opens("my_case", waiting.reference)


@WIDTHS
def test_the_pages_of_an_offer_that_is_refused(visitor, loan, amina, width):
    guest = visitor(width=width)
    guest.signs_in(amina)
    guest.opens("offer_refusal", loan.case.reference)
    guest.clicks("main form button")
    guest.opens("my_case", loan.case.reference)


@WIDTHS
def test_the_offices_other_pages(visitor, in_review, omar, mariam, ada, carl, width):
    officer, manager = visitor(width=width), visitor(width=width, language="fr")
    papers.accept(in_review.documents.get(kind="income"), by=omar)
    officer.signs_in(omar)
    officer.opens("case", in_review.reference)
    officer.unfolds("ask-for-more")
    officer.clicks('form[action$="/questions/"] button.button')  # nothing asked: told
    refuse = f'form[action$="/papers/{in_review.documents.get(kind="identity").pk}/refusal/"]'
    officer.page.locator(f"details:has({refuse}) summary").last.click()
    officer.clicks(f"{refuse} button")  # without saying why: told
    manager.signs_in(mariam)
    manager.opens("case", in_review.reference)
    manager.unfolds("decline")
    manager.clicks('form[action$="/refusal/"] button.button-danger')  # without a reason: told
    decision.decline(again(in_review), by=mariam, reasons=["not_affordable"])
    manager.opens("case", in_review.reference)
    for person, pages in ((ada, ("desk", "loans", "reports")), (carl, ("desk",))):
        reader = visitor(width=width)
        reader.signs_in(person)
        for page in pages:
            reader.opens(page)


@WIDTHS
@pytest.mark.parametrize(("language", "javascript"), [("en", False), ("fr", True)])
def test_the_calculator_of_a_stranger(visitor, office, width, language, javascript):
    guest = visitor(width=width, language=language, javascript=javascript)
    guest.opens("home")
    guest.page.locator('.card:has(a[href$="product=professional-development"]) summary').click()
    guest.clicks('main a[href$="/calculator/?product=professional-development"]')
    guest.types(amount="4 800,00", study="0", repayment="24")
    guest.clicks("main form button.button")
    assert guest.page.url.endswith("repayment=24#result")
    assert guest.page.locator("svg.chart rect").count() == 24
    guest.types(amount="1,50,0", repayment="")
    guest.clicks("main form button.button")  # two things wrong: told
    assert guest.page.locator(".error-summary a").count() == 2
    guest.clicks('main a[href$="/calculator/?product=business"]')
    assert guest.page.locator("svg.chart rect").count() == 60


@WIDTHS
@pytest.mark.parametrize(("language", "javascript"), [("en", False), ("fr", True)])
def test_a_stranger_before_an_account(visitor, office, omar, width, language, javascript):
    guest = visitor(width=width, language=language, javascript=javascript)
    guest.opens("home")
    guest.clicks('main a[href="/is-this-for-me/"]')
    for answer in ("training", "Ottawa", "permanent_resident", "unsure", "25"):
        guest.clicks(f'.answers button[value="{answer}"]')
    assert guest.page.locator("section.card").count() == 2
    guest.clicks('.summary a[href*="status"]')
    guest.page.go_back()
    guest.clicks('section.card a[href*="/what-you-need/"]')
    guest.clicks('main a[href*="purpose=business"]')
    guest.clicks('main a[href="/call-me/"]')
    guest.clicks("main form button.button")  # nothing said: told
    assert guest.page.locator(".error-summary a").count() == 4
    guest.types(name="حنان", phone="+961 1 555 010", wants_interpreter="yes", interpreter="العربية", suits="any")
    guest.page.dblclick("main form button.button")
    guest.page.wait_for_url("**/call-me/thanks/")
    guest.looks()
    assert CallBack.objects.count() == 1
    officer = visitor(width=width, language=language)
    officer.signs_in(omar)
    officer.opens("desk")
    officer.clicks('main a[href="/office/calls/"]')
    officer.page.locator("main summary").first.click()
    officer.clicks("main details button.button")
    assert CallBack.objects.get().done_by == omar


@WIDTHS
def test_doors_that_are_closed(visitor, submitted, bilal, width):
    stranger = visitor(width=width, language="fr")
    stranger.signs_in(bilal)
    stranger.expects(404)
    stranger.opens("my_case", submitted.reference)
    stranger.expects(403)
    stranger.opens("desk")
    stranger.opens("account_logout")


@WIDTHS
def test_the_second_factor(visitor, office, width):
    nia = User.objects.known_as("nia@office.example", name="Nia", language="en")
    nia.emailaddress_set.update(verified=True)
    give_role(nia, Role.OFFICER, by=None)
    newcomer = visitor(width=width)
    newcomer.opens("account_login")
    newcomer.types(email=nia.email)
    newcomer.clicks("main form button.button")
    newcomer.types(code=code_mailed("sign_in_code"))
    newcomer.clicks("main form button.button")
    assert "/second-factor/totp/activate/" in newcomer.page.url
    newcomer.types(code="000000")
    newcomer.clicks("main form button.button")
    newcomer.types(code=authenticator_code(newcomer.page.locator("main code").inner_text()))
    newcomer.clicks("main form button.button")
    for page in ("mfa_index", "mfa_reauthenticate"):
        newcomer.opens(page)

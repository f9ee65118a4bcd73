"""What applicants read, in Arabic from right to left, in Spanish and in Chinese; and the switch inside a form."""

import pytest

from config.languages import FURTHER
from loans.lifecycle.applying import filling
from loans.models.form import Form
from tests.browser.test_a_whole_office import IS_LONG
from tests.cases import again

BOTH = pytest.mark.parametrize("javascript", [True, False])
LEFT_OF = "([one, other]) => one.getBoundingClientRect().right <= other.getBoundingClientRect().left + 1"
DEVICES = [(language, width) for width in ([360, 1280] if IS_LONG else [360]) for language in FURTHER]
FORM = ("about-me", "costs", "budget", "consents")


@pytest.mark.parametrize(("language", "width"), DEVICES)
def test_the_applicants_pages(visitor, active, product, amina, five_languages, language, width):
    draft = filling.start(amina, product)
    guest = visitor(width=width, language=language)
    guest.opens("home")
    guest.page.locator('.card:has(a[href$="product=credential"]) summary').click()
    guest.clicks('main a[href$="/calculator/?product=credential"]')
    guest.opens("account_login")
    guest.clicks("main form button.button")  # no address: told
    guest.signs_in(amina)
    for page in ("my_cases", "new_application"):
        guest.opens(page)
    for page in ("my_case", "task_list", "check_answers", "papers", "withdrawal"):
        guest.opens(page, draft.reference)
    for slug in FORM:
        guest.opens("section", draft.reference, slug)
    guest.clicks("main form button.button")  # nothing answered: told
    for page in ("my_case", "offer", "my_loan"):
        guest.opens(page, active.case.reference)
    assert guest.page.evaluate("document.documentElement.lang") == language
    assert guest.page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_arabic_pages_are_mirrored_and_figures_are_not(visitor, active, amina, five_languages):
    guest = visitor(width=1280, language="ar")
    guest.signs_in(amina)
    guest.opens("my_case", active.case.reference)
    steps, head = guest.page.query_selector_all(".steps > li"), guest.page.query_selector_all(".masthead .house, .menu")
    assert guest.page.evaluate(LEFT_OF, [steps[1], steps[0]]), "the road runs from right to left"
    assert guest.page.evaluate(LEFT_OF, [head[1], head[0]]), "the lender's name stands on the right"
    guest.opens("calculator")
    sign, box = guest.page.query_selector(".money .sign"), guest.page.query_selector(".money input")
    assert guest.page.evaluate(LEFT_OF, [sign, box]), "$ stands before its figure"
    assert box.evaluate("each => getComputedStyle(each).direction") == "ltr"


@BOTH
def test_the_switch_keeps_the_page_and_what_was_typed(visitor, draft, amina, five_languages, javascript):
    guest = visitor(width=360, javascript=javascript)
    guest.signs_in(amina)
    guest.opens("section", draft.reference, "about-me")
    guest.types(full_name="أمينة السيد", phone="12")  # the second is wrong, and stays too
    guest.clicks('.languages button[value="ar"]')
    assert guest.page.url.endswith("/form/about-me/")
    assert guest.page.evaluate("document.documentElement.dir") == "rtl"
    assert guest.page.input_value('[name="full_name"]') == "أمينة السيد"
    assert guest.page.input_value('[name="phone"]') == "12"
    assert Form(again(draft)).raw("about-me", "full_name", 0) == "أمينة السيد"


@BOTH
def test_a_deed_half_typed_is_not_done_by_the_switch(visitor, waiting, amina, five_languages, javascript):
    guest = visitor(width=360, javascript=javascript)
    guest.signs_in(amina)
    guest.opens("withdrawal", waiting.reference)
    guest.types(note="I found another way")
    guest.clicks('.languages button[value="es"]')
    assert guest.page.evaluate("document.documentElement.lang") == "es"
    assert guest.page.input_value('[name="note"]') == "I found another way"
    assert again(waiting).state == "waiting_for_applicant"


def test_the_calculator_is_asked_again_in_the_other_language(visitor, office, five_languages):
    guest = visitor(width=360)
    guest.opens("calculator")
    guest.types(amount="4 800,00")
    guest.clicks('.languages button[value="zh-hans"]')
    assert guest.page.input_value('[name="amount"]') == "4 800,00"
    assert "switch_language" not in guest.page.url


@BOTH
def test_the_return_key_sends_the_form_and_switches_nothing(visitor, draft, amina, five_languages, javascript):
    guest = visitor(width=360, javascript=javascript)
    guest.signs_in(amina)
    guest.opens("section", draft.reference, "about-me")
    with guest.page.expect_navigation():
        guest.page.press('[name="full_name"]', "Enter")
    assert guest.page.evaluate("document.documentElement.lang") == "en"
    assert not guest.page.url.endswith("/form/about-me/")

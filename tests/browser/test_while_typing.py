"""What a page says of each answer while one types, and what it keeps when it cannot save."""

import pytest

from accounts.models import Session
from loans.lifecycle.applying import filling
from loans.lifecycle.applying.keeping import Typed
from loans.models.form import Form
from loans.purposes import PURPOSES

ABOUT_ME = PURPOSES["training"].section("about-me")
SHELVES = "Object.keys(localStorage).filter(key => key.startsWith('answers /'))"
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
UNSENT = f"{SHELVES}.flatMap(key => JSON.parse(localStorage[key])).length"
SIGN_OUT = "form[action*='/sign-out/'] button"


@pytest.fixture
def case(amina, product):
    return filling.start(amina, product)


@pytest.fixture
def guest(visitor, office, amina, case):
    """Amina on her phone, on the first page of the form."""
    guest = visitor(width=360)
    guest.signs_in(amina)
    guest.opens("section", case.reference, "about-me")
    guest.is_cut_off = True
    return guest


def types(guest, name, raw):
    guest.page.fill(f"[name={name}]", raw)


def waits(guest, name, state):
    guest.page.locator(f".field[data-kept={state}]:has([name={name}])").wait_for()


def status(guest):
    return guest.page.locator("form[data-answers] [role=status]").inner_text()


def test_saved_is_said_only_when_it_is_and_taken_back_when_one_types_on(guest, case):
    guest.page.route("**/answers/", lambda route: None)  # on its way, and never there
    types(guest, "called", "Amina")
    guest.page.wait_for_timeout(1500)
    assert guest.page.locator("[data-kept=saved]").count() == 0
    assert status(guest) == ""
    guest.page.unroute("**/answers/")
    guest.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    waits(guest, "called", "saved")
    assert status(guest) == "Saved"
    assert Form(case).raw("about-me", "called") == "Amina"
    guest.page.route("**/answers/", lambda route: route.abort())
    types(guest, "called", "Amina E")
    assert guest.page.locator("[data-kept=saved]").count() == 0
    waits(guest, "called", "unsaved")
    assert status(guest) == "Not saved yet. We will try again."
    guest.page.unroute("**/answers/")
    waits(guest, "called", "saved")
    assert Form(case).raw("about-me", "called") == "Amina E"


def test_an_unsaved_page_looks_right(guest):
    guest.page.route("**/answers/", lambda route: route.abort())
    for name in ("full_name", "born_on-day", "address"):
        types(guest, name, "12")
        waits(guest, name, "unsaved")
    guest.looks()


def test_when_the_connection_is_back_it_is_saved_at_once(guest, case):
    guest.context.set_offline(True)
    types(guest, "phone", "613-555-0123")
    waits(guest, "phone", "unsaved")
    assert guest.page.evaluate(UNSENT) == 1
    guest.context.set_offline(False)
    waits(guest, "phone", "saved")
    assert guest.page.evaluate(UNSENT) == 0


def test_a_page_with_something_unsaved_does_not_go_on_and_then_does(guest, case):
    guest.page.route("**/answers/", lambda route: route.abort())
    types(guest, "full_name", "Amina El-Sayed")
    guest.page.locator("button[name=later]").click()
    waits(guest, "full_name", "unsaved")
    assert guest.page.url.endswith("/about-me/")
    assert guest.page.input_value("[name=full_name]") == "Amina El-Sayed"
    guest.page.unroute("**/answers/")
    guest.clicks("button[name=later]")
    assert Form(case).raw("about-me", "full_name") == "Amina El-Sayed"


def test_another_language_keeps_what_is_being_typed(guest, case):
    types(guest, "full_name", "Amina El-Sayed")
    guest.clicks(".languages button[value=fr]")
    assert guest.page.locator("html").get_attribute("lang") == "fr"
    assert guest.page.input_value("[name=full_name]") == "Amina El-Sayed"


def test_who_is_signed_out_is_told_and_after_signing_in_elsewhere_it_is_saved(guest, case, amina):
    Session.objects.all().delete()
    types(guest, "full_name", "Amina El-Sayed")
    waits(guest, "full_name", "unsaved")
    assert status(guest) == "You are signed out. What you typed is kept on this device and not saved yet."
    assert not Form(case).raw("about-me", "full_name")
    guest.looks()
    first = guest.page
    with guest.context.expect_page() as opened:
        first.locator("a[target=_blank]").click()
    guest.page = opened.value
    guest.signs_in(amina)
    guest.page.close()
    guest.page = first
    guest.expects(403)  # the token of the session that is over
    first.evaluate("window.dispatchEvent(new Event('focus'))")
    waits(guest, "full_name", "saved")
    assert Form(case).raw("about-me", "full_name") == "Amina El-Sayed"
    guest.clicks("button[name=later]")


def test_a_tab_that_was_killed_puts_back_what_was_not_saved_and_says_so(guest, case):
    guest.context.set_offline(True)
    types(guest, "full_name", "Amina El-Sayed")
    types(guest, "born_on-day", "27")
    guest.page.close()
    guest.context.set_offline(False)
    guest.page = guest.context.new_page()
    guest.opens("section", case.reference, "about-me")
    assert guest.page.input_value("[name=full_name]") == "Amina El-Sayed"
    assert guest.page.input_value("[name=born_on-day]") == "27"
    waits(guest, "full_name", "saved")
    assert status(guest) == "We put back what you typed here before, and saved it."
    form = Form(case)
    assert (form.raw("about-me", "full_name"), form.raw("about-me", "born_on")) == ("Amina El-Sayed", "27//")


def test_what_had_arrived_before_the_tab_was_killed_is_not_put_back_over_what_came_later(guest, case, amina):
    guest.context.set_offline(True)
    types(guest, "called", "Ami")
    waits(guest, "called", "unsaved")
    guest.page.close()
    guest.context.set_offline(False)
    filling.keep(case, ABOUT_ME, [Typed(ABOUT_ME.field("called"), 0, "Ami", 5)], by=amina, device="phone-0001")
    guest.page = guest.context.new_page()
    guest.opens("section", case.reference, "about-me")
    assert guest.page.evaluate(UNSENT) == 0
    filling.keep(case, ABOUT_ME, [Typed(ABOUT_ME.field("called"), 0, "Amina", 1)], by=amina, device="laptop-0001")
    guest.opens("section", case.reference, "about-me")
    assert guest.page.input_value("[name=called]") == "Amina"


def test_signing_out_leaves_nothing_on_the_device(guest, case):
    guest.page.route("**/answers/", lambda route: route.abort())
    types(guest, "full_name", "Amina El-Sayed")
    waits(guest, "full_name", "unsaved")
    assert "El-Sayed" in guest.page.evaluate("JSON.stringify(localStorage)")
    guest.clicks(SIGN_OUT)
    assert guest.page.evaluate("JSON.stringify(localStorage)") == "{}"


def test_signing_out_without_a_connection_loses_nothing(guest, case):
    guest.is_cut_off = True
    guest.context.set_offline(True)
    types(guest, "full_name", "Amina El-Sayed")
    waits(guest, "full_name", "unsaved")
    guest.page.locator(SIGN_OUT).first.click()
    guest.page.wait_for_timeout(1000)
    guest.context.set_offline(False)
    guest.opens("section", case.reference, "about-me")
    assert guest.page.input_value("[name=full_name]") == "Amina El-Sayed"
    while guest.page.evaluate(UNSENT):
        guest.page.wait_for_timeout(200)
    assert Form(case).raw("about-me", "full_name") == "Amina El-Sayed"


def test_who_signs_in_again_finds_what_was_typed_before_the_session_ran_out(guest, case, amina):
    guest.page.route("**/answers/", lambda route: route.abort())
    types(guest, "full_name", "Amina El-Sayed")
    waits(guest, "full_name", "unsaved")
    guest.context.clear_cookies(name="sessionid")
    guest.page.unroute("**/answers/")
    guest.opens("home")  # nobody is signed in: nothing is thrown away yet
    guest.signs_in(amina)
    guest.opens("section", case.reference, "about-me")
    waits(guest, "full_name", "saved")
    assert Form(case).raw("about-me", "full_name") == "Amina El-Sayed"


def test_a_social_insurance_number_never_lies_on_the_device(guest, case):
    """Not while it is typed, not while it cannot be saved, not beside other answers, not after it was saved."""
    guest.page.route("**/answers/", lambda route: route.abort())
    guest.page.locator("[name=sin]").press_sequentially("046 454 286")
    waits(guest, "sin", "unsaved")
    types(guest, "full_name", "Amina El-Sayed")
    waits(guest, "full_name", "unsaved")
    kept = guest.page.evaluate(KEPT)
    assert "El-Sayed" in kept
    assert not [part for part in ("046 4", "454 2", "sin") if part in kept]
    guest.page.unroute("**/answers/")
    waits(guest, "sin", "saved")
    assert Form(case).raw("about-me", "sin")
    guest.page.reload()
    assert not [part for part in ("046 4", "454 2", "sin") if part in guest.page.evaluate(KEPT)]


def test_the_next_person_at_the_same_device_sees_nothing_of_the_last(guest, case, bilal, product):
    other = filling.start(bilal, product)
    guest.page.route("**/answers/", lambda route: route.abort())
    types(guest, "full_name", "Amina El-Sayed")
    waits(guest, "full_name", "unsaved")
    guest.context.clear_cookies(name="sessionid")  # her session ran out; she did not sign out
    guest.page.unroute("**/answers/")
    assert "El-Sayed" in guest.page.evaluate("JSON.stringify(localStorage)")
    guest.signs_in(bilal)
    assert "El-Sayed" not in guest.page.evaluate("JSON.stringify(localStorage)")
    assert guest.page.evaluate(f"{SHELVES}.length") == 0
    guest.opens("section", other.reference, "about-me")
    guest.page.wait_for_timeout(500)
    assert guest.page.input_value("[name=full_name]") == ""
    assert not Form(other).raw("about-me", "full_name")


def test_what_another_tab_of_this_device_saved_later_is_told(guest, case, amina):
    types(guest, "called", "Ami")
    waits(guest, "called", "saved")
    device = guest.page.input_value("[name=device]")
    later = Typed(ABOUT_ME.field("called"), 0, "Amina", 2**52)
    filling.keep(case, ABOUT_ME, [later], by=amina, device=device)
    types(guest, "called", "Mina")
    waits(guest, "called", "stale")
    assert status(guest) == "Something newer was typed on this page elsewhere. Please open it again."
    assert Form(case).raw("about-me", "called") == "Amina"
    guest.looks()


def test_lines_come_and_go_with_a_keyboard_alone(guest, case):
    guest.opens("section", case.reference, "costs")
    keyboard = guest.page.keyboard
    guest.page.focus("[name=what-0]")
    for key in ("ArrowDown", "Tab", "Tab"):
        keyboard.press(key)
    keyboard.type("100")
    keyboard.press("Tab")
    waits(guest, "cost-0", "saved")
    guest.page.focus("button[name=add]")
    with guest.page.expect_navigation():
        keyboard.press("Enter")
    guest.looks()
    types(guest, "cost-1", "50")
    waits(guest, "cost-1", "saved")
    guest.page.focus("button[name=remove][value='0']")
    with guest.page.expect_navigation():
        keyboard.press("Enter")
    guest.looks()
    assert Form(case).lines("costs") == [1]
    assert guest.page.input_value("[name=cost-1]") == "50"

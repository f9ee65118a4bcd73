"""What a keyboard meets first, where the focus goes after a mistake, and that our own eyes are open."""

import pytest

from tests.cases import fill_in, picture

PHONES = pytest.mark.parametrize("javascript", [True, False])
FOCUSED = "document.activeElement"


def test_the_first_tab_reaches_the_way_to_the_content(visitor, office):
    guest = visitor(width=360)
    guest.opens("home")
    guest.page.keyboard.press("Tab")
    assert guest.page.evaluate(f"{FOCUSED}.getAttribute('href')") == "#main"


def test_after_a_mistake_the_summary_has_the_focus_and_leads_to_the_box(visitor, office, amina):
    guest = visitor(width=360)
    guest.signs_in(amina)
    guest.opens("new_application")
    guest.clicks("main form button.button")
    assert "error-summary" in guest.page.evaluate(f"{FOCUSED}.className")
    guest.page.locator(".error-summary a").first.click()
    assert guest.page.evaluate(f"{FOCUSED}.name") == "product"


def test_what_is_typed_is_saved_while_typing(visitor, office, amina, product):
    from loans.lifecycle.applying import filling

    case = filling.start(amina, product)
    guest = visitor(width=360)
    guest.signs_in(amina)
    guest.opens("section", case.reference, "about-me")
    guest.types(full_name="Amina El-Sayed")
    guest.page.keyboard.press("Tab")
    guest.page.get_by_role("status").get_by_text("Saved", exact=True).wait_for()
    assert filling.Form(case).value("about-me", "full_name") == "Amina El-Sayed"


def test_no_long_word_makes_a_page_wider_than_a_phone(visitor, office, amina, product):
    from loans.lifecycle.applying import filling, submission

    case = filling.start(amina, product)
    filling.add_paper(case, "identity", picture(), name=f"{'IMG_2026_11_25_10_22_33_' * 3}.jpg", by=amina)
    fill_in(case, amina, about_me={"full_name": "Weiterbildungsanerkennungsverfahren" * 3})
    guest = visitor(width=360)
    guest.signs_in(amina)
    guest.opens("papers", case.reference)
    guest.opens("check_answers", case.reference)
    submission.submit(case, by=amina)
    guest.opens("my_case", case.reference)


@pytest.mark.parametrize(
    "strange",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.in = 1'}))",
        "document.body.setAttribute('style', 'color: red')",
        "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/x.png', alt: ''}))",
    ],
)
def test_our_eyes_see_what_the_policy_stops(visitor, office, strange):
    guest = visitor(width=360)
    guest.opens("home")
    guest.page.evaluate(strange)
    for _ in range(50):
        if guest.faults:
            break
        guest.page.wait_for_timeout(100)
    assert any("Content Security Policy" in fault for fault in guest.faults)
    assert guest.page.evaluate("window.in") is None
    guest.faults.clear()


@PHONES
@pytest.mark.parametrize(
    ("barrier", "rule"),
    [
        ("<input>", "label"),
        ("<details><summary>More</summary><input></details>", "label"),
        ("<p class='number'>" + "wide" * 99 + "</p>", "wider than the screen"),
        ("<details><summary>More</summary><p class='number'>" + "wide" * 99 + "</p></details>", "unfolded"),
    ],
)
def test_our_eyes_see_what_is_in_the_way(visitor, office, barrier, rule, javascript):
    guest = visitor(width=360, javascript=javascript)
    guest.opens("home")
    guest.page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", barrier)
    with pytest.raises(AssertionError, match=rule):
        guest.looks()

"""The officer's list by its keys: from case to case, to the search, and switched off on one device."""

import pytest

from loans.lifecycle.applying import filling, submission
from loans.models import Application
from tests.cases import fill_in
from tests.people import somebody


@pytest.fixture
def three(product):
    """Three cases that nobody has taken, the oldest first."""
    people = [somebody(f"p{number}@example.org", f"Person {number}") for number in range(3)]
    return [submission.submit(fill_in(filling.start(each, product), each), by=each).reference for each in people]


def after(page, key):
    """The words of what has the focus once the key was pressed."""
    page.keyboard.press(key)
    return page.evaluate("() => document.activeElement.textContent")


def test_j_and_k_and_the_arrows_go_from_case_to_case(visitor, omar, three):
    officer = visitor(width=1280)
    officer.signs_in(omar)
    officer.opens("desk")
    page = officer.page
    listed = page.locator("[data-row]").all_inner_texts()
    assert sorted(listed) == sorted(three)
    walked = [after(page, key) for key in ("j", "j", "k", "ArrowDown", "ArrowDown", "j")]
    assert walked == [listed[at] for at in (0, 1, 0, 1, 2, 2)]  # there is no fourth: the focus stays
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/cases/{listed[2]}/")


def test_a_key_is_a_letter_while_one_writes(visitor, omar, three):
    officer = visitor(width=1280, language="fr")
    officer.signs_in(omar)
    officer.opens("desk")
    page = officer.page
    page.keyboard.press("/")
    page.keyboard.type("jk?/")
    assert page.locator("#id-q").input_value() == "jk?/"
    page.fill("#id-q", three[1])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[data-row]").all_inner_texts() == [three[1]]


def test_the_list_of_keys_opens_by_one_and_switches_them_off_on_this_device(visitor, omar, three):
    officer = visitor(width=1280)
    officer.signs_in(omar)
    officer.opens("desk")
    page = officer.page
    page.keyboard.press("?")
    assert page.locator("[data-keys]").get_attribute("open") is not None
    page.keyboard.press("Tab")  # from the summary to the box
    page.keyboard.press("Space")
    for _ in range(2):  # and so it stays on the next page
        assert after(page, "j") not in three
        officer.opens("desk")


def test_without_a_script_no_key_is_promised(visitor, omar, three):
    officer = visitor(width=1280, javascript=False)
    officer.signs_in(omar)
    officer.opens("desk")
    assert officer.page.locator("[data-keys]").is_hidden()
    assert Application.objects.count() == officer.page.locator("[data-row]").count()

"""An application from the opening page to "sent" by keyboard alone, with JavaScript and without."""

import contextlib

import pytest
from django.urls import resolve
from playwright.sync_api import TimeoutError

from bin.sample_answers import LINES, NOT_SAID, PRODUCTS, SAID
from loans.models import Application
from tests.browser.visitor import PATIENCE, code_mailed
from tests.cases import picture

ADDRESS = "amina@example.org"
MOST_TABS, MOST_PAGES, MOST_PRESSES = 150, 60, 3
FOCUSED = """() => { const it = document.activeElement; return {
  tag: it.localName, type: it.type ?? '', name: it.name ?? '', id: it.id, href: it.getAttribute('href') ?? '',
  main: !!it.closest('main'), isButton: it.classList.contains('button'), value: it.value ?? '',
  isOptional: !!it.closest('.field')?.querySelector('.optional'),
  isDone: !!it.parentElement?.querySelector('.tag-good'),
  options: it.options ? [...it.options].map(each => each.value)
    : [...(it.form?.querySelectorAll(`[name="${it.name}"]`) ?? [])].map(each => each.value),
  outline: getComputedStyle(it).outlineStyle} }"""


class Typist:
    """Somebody who has only Tab, Space, Enter, the arrows and letters."""

    def __init__(self, visitor, javascript):
        self.page, self.home, self.javascript = visitor.page, visitor.home, javascript
        self.chosen = set()
        if javascript:  # heard all the while: switched on for one press, the browser can open its own dialogue first
            self.page.on("filechooser", lambda chooser: None)

    @property
    def here(self):
        found = resolve(self.page.url.removeprefix(self.home).split("?")[0].split("#")[0])
        return found.kwargs.get("slug") or found.url_name

    def presses(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def tabs(self):
        """What has the focus after one more Tab; it must show that it has."""
        self.presses("Tab")
        found = self.page.evaluate(FOCUSED)
        assert found["tag"] == "body" or found["outline"] != "none", f"the focus is not seen: {found}"
        return found

    def enters(self):
        with self.page.expect_navigation():
            self.presses("Enter")

    def skips_to_the_content(self):
        """A form that leads on from there keeps the "#main" of its page: one is there already."""
        if self.page.url.endswith("#main"):
            return
        assert self.tabs()["href"] == "#main"
        self.presses("Enter")

    def goes_to(self, wanted):
        """Tab on until `wanted` says yes, and press Enter there."""
        for _ in range(MOST_TABS):
            if wanted(self.tabs()):
                return self.enters()
        raise AssertionError(f"no way on from {self.page.url} by keyboard")

    def fills_and_goes_on(self):
        """Tab through the form, answer what is asked, and press its button."""
        self.chosen.clear()
        self.goes_to(lambda found: found["main"] and not self._answers(found) and self._is_the_way_on(found))

    @staticmethod
    def _is_the_way_on(found):
        return found["isButton"] and not (found["tag"] == "button" and found["name"])

    def _answers(self, found):
        """True when the focus was on a question: it is answered now, or may stay empty."""
        if found["tag"] not in ("input", "select", "textarea"):
            return False
        said = self._says(found)
        if said and found["name"] not in self.chosen:
            self.chosen.add(found["name"])
            self._types(found, said)
        return True

    def _types(self, found, said):
        if found["type"] == "checkbox":
            self.presses("Space")
        elif found["type"] == "radio":
            self.presses("Space", *["ArrowDown"] * found["options"].index(said))
        elif found["tag"] == "select":
            self.presses(*["ArrowDown"] * found["options"].index(said))
        elif not found["value"]:
            self.page.keyboard.type(said)

    def _says(self, found):
        if found["id"].endswith("-whole"):  # the same day once more, in one's own words: its three boxes have it
            return ""
        name, _, part = found["name"].rpartition("-")
        if part in ("day", "month", "year"):
            told = "" if name in NOT_SAID else SAID.get(name, "" if found["isOptional"] else "15/6/2021")
            return dict(zip(("day", "month", "year"), told.split("/"), strict=False)).get(part, "")
        if part.isdigit():
            return LINES["training"][0].get(name, "")
        known = {"email": ADDRESS, "product": PRODUCTS["training"], "code": ""}
        if found["name"] == "code":
            return code_mailed("sign_up_code")
        if found["name"] in NOT_SAID or (found["name"] == "phone" and self.here == "budget"):
            return ""
        said = known.get(found["name"]) or SAID.get(found["name"], "")
        is_box = found["type"] not in ("radio", "checkbox") and found["tag"] != "select"
        if said and (is_box or said in found["options"]):
            return said
        return "" if found["isOptional"] else "three words" if is_box else next(filter(None, found["options"]))

    def adds_papers(self, kinds):
        for kind in kinds:
            photo = {"name": f"{kind}.jpg", "mimeType": "image/jpeg", "buffer": picture()}
            while self.tabs()["id"] != f"id-file-{kind}":
                pass
            self._chooses(f"#id-file-{kind}", photo)
            self.goes_to(lambda found: found["tag"] == "button")
            self.page.wait_for_selector(f"#paper-{kind} .message-success:focus")  # Tab goes on from there

    def _chooses(self, box, photo):
        """Space opens the system's own dialogue; Playwright sees it only in pages with JavaScript."""
        if not self.javascript:
            return self.page.set_input_files(box, photo)
        for _ in range(MOST_PRESSES):  # a browser that stood still for seconds takes the press for nobody's
            with contextlib.suppress(TimeoutError), self.page.expect_file_chooser(timeout=PATIENCE / 4) as chooser:
                self.presses("Space")
                return chooser.value.set_files(photo)
        raise AssertionError(f"Space does not open {box}")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_application_by_keyboard_alone(visitor, office, javascript):
    guest = visitor(width=1280, javascript=javascript)
    amina = Typist(guest, javascript)
    guest.page.goto(guest.home)
    for _ in range(MOST_PAGES):
        amina.skips_to_the_content()
        if amina.here == "my_case":
            break
        _does_what_the_page_asks(amina, office)
    assert Application.objects.get(applicant__user__email=ADDRESS).state == "submitted"


def _does_what_the_page_asks(amina, office):
    if amina.here == "home":
        amina.goes_to(lambda found: found["href"].startswith("/my/new/"))
    elif amina.here == "task_list":
        amina.goes_to(lambda found: "/form/" in found["href"] and not found["isDone"])
    else:
        if amina.here == "papers":
            amina.adds_papers(office.get(code=PRODUCTS["training"]).papers)
        amina.fills_and_goes_on()

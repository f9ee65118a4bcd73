"""Somebody at a browser: goes, types, clicks; every page that opens is looked at."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse

from letters.models import Letter
from letters.render import render
from tests.people import authenticator_code

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": STANDARDS, "rules": {"target-size": {"enabled": True}}}  # axe leaves this one out unless asked
PATIENCE = 60_000  # milliseconds
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details:not([open])').forEach(each => { each.open = true; each.dataset.was = '' })"
FOLD = "document.querySelectorAll('[data-was]').forEach(each => { each.open = false; delete each.dataset.was })"


def code_mailed(kind):
    """The digits of the newest letter of this kind."""
    return re.search(r"\b\d{6}\b", render(Letter.objects.filter(kind=kind).latest("pk")).text).group()


class Visitor:
    """One device: its width, its language, with JavaScript or without. Those who read French like it dark.

    `shares`: 0 or 1 where two devices share the pages of a walk, and each looks whole at its half.
    """

    def __init__(self, chromium, home, *, width, language="en", javascript=True, shares=None):
        screen = {"viewport": {"width": width, "height": 800}, "color_scheme": "dark" if language == "fr" else "light"}
        self.home = home
        self.shares = shares
        self.faults = []
        self.expected = {422}  # a page shown again because something is wrong on it: that is no fault
        self.is_cut_off = False  # whether the test cuts the network: what the browser says of that is no fault
        self.seen = set()
        self.context = chromium.new_context(**screen, locale=f"{language}-CA", java_script_enabled=javascript)
        self.context.add_cookies([{"name": "language", "value": language, "url": home}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.glasses = None if javascript else chromium.new_page(**screen)
        if self.glasses:
            self.glasses.route("**/*.js", lambda route: route.abort())
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def leave(self):
        self.context.close()
        if self.glasses:
            self.glasses.close()

    def _hear(self, message):
        is_meant = any(f"status of {code}" in message.text for code in self.expected)
        is_meant |= self.is_cut_off and "net::ERR" in message.text
        if message.type == "error" and not is_meant:
            self.faults.append(f"console: {message.text}")

    def _answered(self, response):
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.faults.append(f"{response.status} {response.url}")

    def expects(self, status):
        """From here on a page may answer with this status."""
        self.expected.add(status)

    # --- Going and doing ---------------------------------------------------------------------------

    def opens(self, name, *args):
        """Go to an address of the house and look at what is there."""
        self.page.goto(self.home + reverse(name, args=args))
        self.looks()

    def clicks(self, selector):
        """Press a button, wait for the page it leads to, and look at it."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.looks()

    def fetches(self, selector):
        """The bytes of the file that a link leads to."""
        answer = self.context.request.get(self.home + self.page.locator(selector).first.get_attribute("href"))
        assert answer.ok, answer.url
        return answer.body()

    def unfolds(self, deed):
        """Open a folded deed, unless it is open."""
        self.page.eval_on_selector(f"#{deed}", "each => { each.open = true }")

    def types(self, **answers):
        """Answer questions by their names, as their boxes want it; a day as day/month/year."""
        for name, raw in answers.items():
            self._answer(name, raw)

    def _answer(self, name, raw):
        page = self.page
        if page.locator(f'[name="{name}-year"]').count():
            for part, number in zip(("day", "month", "year"), raw.split("/"), strict=True):
                page.fill(f'[name="{name}-{part}"]', number)
        elif page.locator(f'select[name="{name}"]').count():
            page.select_option(f'select[name="{name}"]', raw)
        elif page.locator(f'[name="{name}"]').first.get_attribute("type") in ("radio", "checkbox"):
            page.check(f'[name="{name}"][value="{raw}"]')
        else:
            page.fill(f'[name="{name}"]', raw)

    def signs_in(self, user):
        """By the code in the mail; staff with the second factor too."""
        self.opens("account_login")
        self.types(email=user.email)
        self.clicks("main form button.button")
        self.types(code=code_mailed("sign_in_code"))
        self.clicks("main form button.button")
        if user.is_staff:
            self._shows_the_authenticator()

    def _shows_the_authenticator(self):
        """The second factor; once more when its half-minute ran out between reading the code and sending it."""
        door = reverse("mfa_authenticate")
        for _ in range(2):
            if urlsplit(self.page.url).path == door:
                self.types(code=authenticator_code())
                self.clicks("main form button.button")
        assert urlsplit(self.page.url).path != door, "the second factor was refused twice"

    def reads(self):
        """The words of the page."""
        return self.page.locator("main").inner_text()

    # --- Looking -----------------------------------------------------------------------------------

    def looks(self):
        """Nothing wider than the screen, nothing that WCAG 2.2 AA forbids, nothing the policy stopped, no fault.

        What is folded is unfolded while one looks.
        """
        where, page = self.glances(), self._through_glasses() if self.glasses else self.page
        assert page.evaluate(OVERFLOW) <= 0, f"{where} is wider than the screen"
        page.evaluate(UNFOLD)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("rules => axe.run(document, rules)", RULES)
        page.evaluate(FOLD)
        wrong = [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]
        assert not wrong, f"{where}: {wrong}"
        assert found["passes"], f"{where}: nothing was looked at"

    def glances(self):
        """What is seen at once: nothing wider than the screen, folded or not, and no fault. Gives where that was."""
        where = f"{urlsplit(self.page.url).path} {self.page.title()}"
        assert self.page.evaluate(OVERFLOW) <= 0, f"{where} is wider than the screen"
        self.page.evaluate(UNFOLD)
        assert self.page.evaluate(OVERFLOW) <= 0, f"{where} is wider than the screen, unfolded"
        self.page.evaluate(FOLD)
        assert not self.faults, f"{where}: {self.faults}"
        self.seen.add(where)
        return where

    def _through_glasses(self):
        """The same page in a browser with JavaScript, for axe; the scripts of the page itself stay out."""
        url, words = self.page.url, self.page.content()
        self.glasses.route(url, lambda route: route.fulfill(body=words, content_type="text/html; charset=utf-8"))
        self.glasses.goto(url)
        self.glasses.unroute(url)
        return self.glasses

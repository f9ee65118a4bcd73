"""Nothing lost: the network is cut at random moments while somebody types and sends files, in two tabs of a phone; both
are killed, and another device goes on.

What a page had called saved is there, with its last value; what it had not called saved is put back on the device that
it was typed on, and saved. A file goes on where its bar had stood, or is told, and arrives once. A failing round prints
its seed; LOSING_SEED=… draws the same rounds again.
"""

import contextlib
import os
import random
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from hypothesis import settings as profile
from playwright.sync_api import Error

from loans.lifecycle.applying import filling
from tests.browser.losing import Typing
from tests.browser.sending import Sending

LOSERS = (Typing, Sending)
FULL = profile.get_profile("long").max_examples == profile.default.max_examples
ROUNDS = 300 if FULL else 10
MOST_ROUNDS = 3 * ROUNDS
SEED = os.environ.get("LOSING_SEED") or (str(random.SystemRandom().randrange(10**9)) if FULL else "2026")
FATES = ("passes", "passes", "passes", "lost on the way there", "lost on the way back", "signed out")
ROAD = re.compile(r"/(answers|uploads)/")


class Network:
    """The road between one browser and the house: what becomes of each sending is drawn, or all is cut."""

    def __init__(self, context, chance):
        self.context, self.chance, self.is_bad, self.is_dead = context, chance, False, False
        context.route(ROAD, self._meet)

    def _meet(self, route):
        fate = self.chance.choice(FATES) if self.is_bad else "passes"
        if self.is_dead:
            return route.abort()
        if fate == "lost on the way there":
            return route.abort()
        if fate == "lost on the way back":
            route.fetch(max_redirects=0)
            return route.abort()
        if fate == "signed out":
            return route.fulfill(status=302, headers={"Location": reverse("account_login")})
        return route.continue_()

    def worsens(self):
        """From here on each sending has its fate; now and then nothing goes at all."""
        self.is_bad = True
        self.context.set_offline(self.chance.random() < 0.4)

    def mends(self):
        self.is_bad = self.is_dead = False
        self.context.set_offline(False)


@pytest.fixture
def devices(visitor, amina, product):
    """(case, a phone, a laptop), Amina signed in on both."""
    case = filling.start(amina, product)
    both = visitor(width=360), visitor(width=1280, language="fr")
    for device in both:
        browser = Client()
        browser.force_login(amina)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        device.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": device.home}])
        device.page.close()
    return case, *both


def opened(device, case, slug):
    """A new tab on one page of the form."""
    page = device.context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: device.faults.append(f"script: {error}"))
    page.goto(device.home + reverse("section", args=[case.reference, slug]))
    return page


def act_until_they_die(tabs, network, chance):
    """A few acts while the network comes and goes; then the tabs are killed.

    Returns (its loser, its page of the form, what was promised, all of it) of each.
    """
    for _ in range(chance.randint(4, 9)):
        chance.choice((network.worsens, network.worsens, network.mends))()
        loser, slug, page = chance.choice(tabs)
        loser.act(page, slug)
        page.wait_for_timeout(chance.choice((0, 0, 50, 300, 1200)))
    if chance.random() < 0.6:  # the tabs die while nothing goes, not even a last word
        network.is_dead = True
        for loser, slug, page in tabs:
            loser.act(page, slug)
    said = [(loser, slug, loser.promised(page), loser.shown(page)) for loser, slug, page in tabs]
    for _, _, page in tabs:
        if network.is_dead:
            kill(page)
        page.close()
    return said


def kill(page):
    """The tab is gone without a last word, as when a phone runs out of memory: a closed one still sends what it has."""
    with contextlib.suppress(Error):
        page.goto("chrome://crash")


def play_round(devices, losers, chance):
    """Returns {loser: (how many things were promised, how many were left behind)}."""
    case, phone, laptop = devices
    network = Network(phone.context, chance)
    slugs = [chance.choice(loser.pages) for loser in losers]
    tabs = [(loser, slug, opened(phone, case, slug)) for loser, slug in zip(losers, slugs, strict=True)]
    said = act_until_they_die(tabs, network, chance)
    counts = {}
    for loser, slug, promised, last in said:
        page = opened(laptop, case, slug)
        counts[loser] = len(promised), len(loser.goes_on(page, slug, promised, last))
        page.close()
    network.mends()
    for loser, slug, _, last in said:
        page = opened(phone, case, slug)
        loser.is_put_back(page, slug, last)
        page.close()
    phone.context.unroute(ROAD)
    return counts


def test_nothing_called_saved_is_lost_and_the_rest_is_put_back(devices):
    """At least ROUNDS; more where the machine was so slow, or so quick, that too little hung in the air."""
    chance = random.Random(SEED)
    losers = [Loser(devices[0], chance) for Loser in LOSERS]
    rounds = []
    while len(rounds) < ROUNDS or (untried(losers, rounds) and len(rounds) < MOST_ROUNDS):
        try:
            rounds.append(play_round(devices, losers, chance))
        except (AssertionError, Error) as fault:
            fault.add_note(f"LOSING_SEED={SEED}, round {len(rounds) + 1}")
            raise
    assert untried(losers, rounds) == []


def untried(losers, rounds):
    """What was hardly ever promised or hardly ever left behind, so that nothing was tried of it yet."""
    found = []
    for loser in losers:
        sums = (sum(column) for column in zip(*(counts[loser] for counts in rounds), strict=True))
        wanted = zip(("promised", "left behind"), sums, loser.at_least, strict=True)
        found += [(loser.pages, what, count) for what, count, least in wanted if count < ROUNDS * least]
    return found

"""The demo, as each of its people finds it: every page that links lead to is looked at."""

import os
import re
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from accounts.models import Role, User
from loans import demonstration
from loans.furnishing.office import furnish
from loans.models import Application, Loan
from loans.views.cases import case_tabs

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
CASES = 40 if IS_LONG else 30
ALIKE = 3 if IS_LONG else 1  # of pages of one kind and state, so many are looked at
TABS = {tab.name for tab in case_tabs.TABS} - {"case"}  # looked at in one state of a case unless there is time
ELSEWHERE = ("home", "account_logout", "mfa_index")  # public, or looked at by other tests
FILES = (
    "agreement", "loan_agreement", "my_paper", "my_page", "case_paper", "case_page", "case_sheet", "report_csv",
    "desk_csv", "case_memo_file", "case_memo_frozen_file", "case_minutes_file", "case_referral_paper",
    "case_message_file", "my_message_file", "my_credit_report_file", "assisted_summary", "assisted_scan_file",
    "signed_page_printed", "signed_page_scan", "offer_paper", "loan_paper", "my_loan_paper", "my_letter_file",
    "post_paper", "paper_signing_sheet", "paper_signing_scan",
)  # fmt: skip
DEVICES = [(360, "fr"), (1280, "en"), *([(360, "en"), (1280, "fr")] if IS_LONG else [])]
LOOKS = pytest.mark.parametrize(("width", "language"), DEVICES)
LINKS = "links => [...new Set(links.map(each => each.href.split('#')[0]))]"
DIGITS = re.compile(r"\d+")
NEXT = re.compile(r"next=[^&]*")  # the same page, whatever comes after it


@pytest.fixture
def demo(settings, committed, unprinted):
    settings.DEMO = True
    furnish()
    demonstration.build(CASES)


def enters(visitor, user):
    """Signed in without a code: the tests of signing in are elsewhere."""
    client = Client()
    client.force_login(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    visitor.context.add_cookies([{**cookie, "url": visitor.home}])


def kind_of(url):
    """Pages of one kind: the same address but for its numbers, of cases or loans in the same state."""
    found = resolve(urlsplit(url).path)
    case = Application.objects.filter(reference=found.kwargs.get("reference")).first()
    loans = case.loans if case else Loan.objects.filter(number=found.kwargs.get("number"))
    loan = loans.order_by("pk").last()
    query = DIGITS.sub("", urlsplit(url).query)
    query = query if IS_LONG else NEXT.sub("next=", query)
    if found.view_name in TABS and not IS_LONG:
        return found.view_name, None, query, None, None
    return found.view_name, found.kwargs.get("slug"), query, case and case.state, loan and loan.state


def look_at(visitor, kind):
    """Whole, or where another device looks at this page whole, at a glance: axe takes as long as all the rest."""
    is_whole = IS_LONG or visitor.shares is None or crc32(str(kind[0]).encode()) % 2 == visitor.shares
    visitor.looks() if is_whole else visitor.glances()


def walks(visitor, starts, known, others=frozenset()):
    """Every page that links lead to from these, and from there; the names of their addresses.

    A kind of page that is `known` was looked at through the eyes of somebody else: it is only opened, and its links are
    followed. What `others` were shown is not even opened. Where there is time, everybody looks at everything.
    """
    waiting, met, opened = [visitor.home + start for start in starts], set(), {}
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if url in met or kind[0] in (*FILES, *ELSEWHERE) or kind in others or opened.get(kind, 0) >= ALIKE:
            continue
        met.add(url)
        opened[kind] = opened.get(kind, 0) + 1
        assert visitor.page.goto(url).ok, url
        if IS_LONG or kind not in known:
            look_at(visitor, kind)
        waiting += [each for each in visitor.page.eval_on_selector_all("a[href]", LINKS) if visitor.home in each]
    known.update(opened)
    return {name for name, *_ in opened}


@LOOKS
def test_every_page_of_a_whole_office(demo, visitor, width, language):
    known, half = set(), DEVICES.index((width, language)) % 2
    seen = {role: _everything_for(role, visitor(width=width, language=language, shares=half), known) for role in Role}
    assert all("case" in pages for role, pages in seen.items() if role != Role.FINANCE)
    assert {"loan", "report", "money_desk"} <= seen[Role.FINANCE]
    assert {"mail_room", "mail_room_letter", "people"} <= seen[Role.MANAGER]
    cases = {(case.state, case.product.purpose): case for case in Application.objects.all()}
    assert len({state for state, _ in cases}) >= 9
    known = set()
    for case in cases.values():
        applicant = visitor(width=width, language=language, shares=half)
        enters(applicant, case.applicant.user)
        others = (
            frozenset() if IS_LONG else {kind for kind in known if kind[0] != "my_cases" and kind[-2:] == (None, None)}
        )
        assert "my_case" in walks(applicant, ["/my/"], known, others)


def _everything_for(role, somebody, known):
    enters(somebody, User.objects.holding(role).first())
    starts = {Role.FINANCE: ["/money/"], Role.MANAGER: ["/desk/", "/mail-room/"]}
    return walks(somebody, starts.get(role, ["/desk/"]), known)

"""The demo, as each of its people finds it: every page that links lead to is looked at."""

import os
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from accounts.models import Role, User
from loans import demonstration
from loans.furnishing import furnish
from loans.models import Application, Loan

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
CASES = 40 if IS_LONG else 30
ALIKE = 3 if IS_LONG else 1  # of pages of one kind and state, so many are looked at
ELSEWHERE = ("home", "account_logout", "mfa_index")  # public, or looked at by other tests
FILES = ("agreement", "loan_agreement", "my_paper", "case_paper", "report_csv")
DEVICES = [(360, "fr"), (1280, "en"), *([(360, "en"), (1280, "fr")] if IS_LONG else [])]
LOOKS = pytest.mark.parametrize(("width", "language"), DEVICES)
LINKS = "links => [...new Set(links.map(each => each.href.split('#')[0]))]"
DIGITS = re.compile(r"\d+")


@pytest.fixture
def demo(settings, committed):
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
    return found.view_name, found.kwargs.get("slug"), query, case and case.state, loan and loan.state


def walks(visitor, starts):
    """Every page that links lead to from these, and from there; the names of their addresses."""
    waiting, met, looked_at = [visitor.home + start for start in starts], set(), {}
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if url in met or kind[0] in (*FILES, *ELSEWHERE) or looked_at.get(kind, 0) >= ALIKE:
            continue
        met.add(url)
        looked_at[kind] = looked_at.get(kind, 0) + 1
        visitor.page.goto(url)
        visitor.looks()
        waiting += [each for each in visitor.page.eval_on_selector_all("a[href]", LINKS) if visitor.home in each]
    return {name for name, *_ in looked_at}


@LOOKS
def test_every_page_of_a_whole_office(demo, visitor, width, language):
    seen = {role: _everything_for(role, visitor(width=width, language=language)) for role in Role}
    assert all("case" in pages for role, pages in seen.items() if role != Role.FINANCE)
    assert {"loan", "report", "money_desk"} <= seen[Role.FINANCE]
    assert {"mail_room", "mail_room_letter", "people"} <= seen[Role.MANAGER]
    cases = {(case.state, case.product.purpose): case for case in Application.objects.all()}
    assert len({state for state, _ in cases}) >= 9
    for case in cases.values():
        applicant = visitor(width=width, language=language)
        enters(applicant, case.applicant.user)
        assert "my_case" in walks(applicant, ["/my/"])


def _everything_for(role, somebody):
    enters(somebody, User.objects.holding(role).first())
    starts = {Role.FINANCE: ["/money/"], Role.MANAGER: ["/desk/", "/mail-room/"]}
    return walks(somebody, starts.get(role, ["/desk/"]))

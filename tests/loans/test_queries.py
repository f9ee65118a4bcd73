"""No page asks the database more than fifteen times, an applicant's twelve, however many cases and loans there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from loans import demonstration
from loans.furnishing.office import furnish
from loans.models import Application, Loan, Product

pytestmark = pytest.mark.django_db
MOST = 15
MOST_FOR_AN_APPLICANT = 12
MOST_FOR_A_STRANGER = 5
MOST_OF_A_DIARY = 12
PUBLIC = (
    "/",
    "/is-this-for-me/",
    "/is-this-for-me/?purpose=unsure&place=unsure&status=unsure&years=unsure&share=unsure",
    "/what-you-need/?purpose=business",
    "/call-me/",
    "/call-me/thanks/",
)
LISTS = {
    Role.OFFICER: ("/desk/?show=all", "/office/calls/", "/loans/?show=all", "/office/calendar/"),
    Role.MANAGER: (
        "/desk/?show=all",
        "/loans/?show=all",
        "/office/people/",
        "/office/calendar/",
        "/reports/portfolio/",
        "/reports/loans/",
        "/office/settings/",
        "/office/settings/products/",
        "/office/settings/products/professional-development/",
        "/office/settings/products/credential/change/",
    ),
    Role.FINANCE: (
        "/money/",
        "/money/closings/",
        "/reports/trial-balance/",
        "/loans/?show=all",
        "/office/calendar/",
        "/reports/loans/",
    ),
    Role.COMMITTEE: ("/desk/?show=all", "/office/people/"),
    Role.AUDITOR: ("/desk/?show=all", "/loans/?show=all", "/money/", "/office/people/", "/reports/portfolio/"),
}


@pytest.fixture
def office_of_forty(db, unprinted):
    furnish()
    demonstration.build(40)


def asked(browser, url):
    """How often a page asks the database; the first visit, which warms what is looked up once, does not count."""
    assert browser.get(url).status_code == 200, url
    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get(url)
    return len(queries)


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def test_every_page_of_the_office_asks_little(office_of_forty):
    found = {}
    cases = [f"/cases/{case.reference}/" for case in Application.objects.filter(submitted_at__isnull=False)]
    loans = [f"/loans/{loan.number}/" for loan in Loan.objects.all()]
    for role, lists in LISTS.items():
        browser = browser_of(User.objects.holding(role).first())
        lists += ("/desk/diary/",) if role in (Role.OFFICER, Role.MANAGER) else ()
        pages = [*lists, *(cases if role == Role.OFFICER else ()), *(loans if role == Role.FINANCE else ())]
        found |= {(role.value, url): asked(browser, url) for url in pages}
    assert {page: count for page, count in found.items() if count > MOST} == {}
    browser = browser_of(User.objects.holding(Role.OFFICER).first())
    diaries = {f"{url}diary/": asked(browser, f"{url}diary/") for url in cases}
    assert {page: count for page, count in diaries.items() if count > MOST_OF_A_DIARY} == {}


def test_the_pages_of_a_stranger_ask_little(office_of_forty):
    found = {
        url: asked(Client(), url)
        for url in (*PUBLIC, *(f"/calculator/?product={p.code}" for p in Product.objects.all()))
    }
    assert {page: count for page, count in found.items() if count > MOST_FOR_A_STRANGER} == {}


def test_every_page_of_an_applicant_asks_little(office_of_forty):
    found = {}
    for case in Application.objects.select_related("applicant__user"):
        browser, mine = browser_of(case.applicant.user), f"/my/{case.reference}/"
        pages = ["/my/", mine]
        if case.state in ("draft", "waiting_for_applicant"):
            pages += [f"{mine}form/", f"{mine}form/check/"]
        if case.state == "approved" and case.loans.filter(state="offered").exists():
            pages += [f"{mine}offer/"]
        if case.loans.filter(state__in=["active", "repaid", "written_off"]).exists():
            pages += [f"{mine}loan/"]
        found |= {url: asked(browser, url) for url in pages}
    assert {page: count for page, count in found.items() if count > MOST_FOR_AN_APPLICANT} == {}

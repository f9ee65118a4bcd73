"""Every page that an applicant can come to, walked once by links in a demo office: data that the tests here measure."""

import gzip
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from config.languages import BINDING
from letters import pdf
from loans import demonstration
from loans.furnishing.office import furnish
from loans.lifecycle.applying import filling
from loans.lifecycle.contracts import paper_making
from loans.models import Application, Loan, Product
from tests.cases import fill_in
from tests.people import somebody

CASES = 30
LANGUAGES = ("en", "fr")
FILES = re.compile(r'<(?:link|script|img|source|iframe|video|audio)\b[^>]*\s(?:href|src)="([^"]+)')
LAZY = re.compile(r'<img\b[^>]*\sloading="lazy"[^>]*>')
LINKS = re.compile(r'<a\b[^>]*\shref="([^"#]+)')
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Page:
    """One page as it was sent: whose state it shows, its words, its bytes, what it asked of the database."""

    name: str
    about: str
    language: str
    html: str
    wire_bytes: int  # head and body of the answer, compressed as a browser asks for it
    queries: int

    def __str__(self) -> str:
        return f"{self.name} {self.about} ({self.language})"

    @property
    def files(self) -> set[str]:
        """The addresses of what the browser fetches for this page: styles, scripts, pictures, whatever else.

        Left out are one's own papers in small: they come only when one scrolls to them.
        """
        eager = LAZY.sub("", self.html)
        return {found.replace("&amp;", "&") for found in FILES.findall(eager) if not found.startswith("data:")}


def kind_of(url: str) -> tuple:
    """Pages of one kind: the same view and page of a form, about cases in the same state with the same purpose."""
    found = resolve(urlsplit(url).path)
    case = Application.objects.select_related("product").filter(reference=found.kwargs.get("reference")).first()
    loan = case.loans.order_by("pk").last() if case else None
    about = (found.kwargs.get("slug"), case and case.product.purpose, case and case.state, loan and loan.state)
    return found.view_name, " ".join(filter(None, about)), DIGITS.sub("", urlsplit(url).query)


class Walker:
    """Somebody who opens every link there is, each kind of page once."""

    def __init__(self, language: str) -> None:
        self.language, self.met, self.pages = language, set(), []

    def walk(self, browser: Client, starts: list[str]) -> None:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = self.language
        waiting = list(starts)
        while waiting:
            url = waiting.pop(0)
            kind = kind_of(url)
            if kind in self.met:
                continue
            self.met.add(kind)
            with CaptureQueriesContext(connection) as asked:
                answer = browser.get(url, headers={"accept-encoding": "gzip"})
            if answer.status_code in (301, 302):
                waiting.append(urljoin(url, answer["Location"]))
            elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                self.pages.append(page_of(kind, self.language, answer, len(asked)))
                links = LINKS.findall(self.pages[-1].html)
                waiting += [urljoin(url, link.replace("&amp;", "&")) for link in links if link[0] in "/?"]
            else:
                assert not answer["Content-Type"].startswith("text/html"), (url, answer.status_code)


def page_of(kind: tuple, language: str, answer: HttpResponse, queries: int) -> Page:
    """What the walker keeps of an answer."""
    body = answer.content
    is_packed = answer.get("Content-Encoding") == "gzip"
    html = (gzip.decompress(body) if is_packed else body).decode()
    return Page(kind[0], " ".join(filter(None, kind[1:])), language, html, len(body) + head_bytes(answer), queries)


def head_bytes(answer: HttpResponse) -> int:
    """The lines above the body: some are longer than a short page is once it is compressed."""
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in answer.items())]
    lines += [f"Set-Cookie: {cookie.OutputString()}" for cookie in answer.cookies.values()]
    return len("\r\n".join([*lines, "", ""]).encode())


def walk_the_house(language: str) -> list[Page]:
    """As a stranger, as each applicant of the demo, and as two who have only begun."""
    walker = Walker(language)
    walker.walk(Client(), ["/", "/calculator/", "/sign-in/", "/sign-up/"])
    for code in ("credential", "business"):
        for is_filled in (False, True):
            user = somebody(f"{code}-{is_filled}-{language}@example.org", "Amina El-Sayed", language=language)
            case = filling.start(user, Product.objects.get(code=code))
            if is_filled:
                fill_in(case, user)
            walker.met = {kind for kind in walker.met if "draft" not in kind[1] or is_filled}
            walker.walk(_browser_of(user), ["/my/new/", "/my/", *_form_of(case)])
    for case in Application.objects.select_related("applicant__user").order_by("pk"):
        walker.walk(_browser_of(case.applicant.user), ["/my/", f"/my/{case.reference}/"])
    return walker.pages


def _form_of(case: Application) -> list[str]:
    return [f"/my/{case.reference}/", f"/my/{case.reference}/form/", f"/my/{case.reference}/form/check/"]


def _browser_of(user: object) -> Client:
    browser = Client()
    browser.force_login(user)
    browser.get("/my/")  # the first page of a visit also writes down on which device it is
    return browser


@dataclass(frozen=True)
class House:
    """Every page in English and in French, and every static file that one of them asks for, as both are sent."""

    pages: list[Page]
    files: dict[str, HttpResponse]


@pytest.fixture(scope="session")
def house(django_db_setup, django_db_blocker) -> House:
    """Walked once, with the static files as a real office serves them. The database is as it was afterwards."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as instead:
        instead.setattr(pdf, "pdf_of", lambda *args, **kwargs: b"%PDF-")  # nobody reads the papers here
        call_command("collectstatic", interactive=False, verbosity=0)
        furnish()
        demonstration.build(CASES)
        for language in BINDING:  # a worker made the papers long ago
            for loan in Loan.objects.filter(state="offered"):
                paper_making.make_all(loan, language)
        walked = [page for language in LANGUAGES for page in walk_the_house(language)]
        files = {url: _fetch(url) for url in {url for page in walked for url in page.files}}
        transaction.set_rollback(True)
    return House(walked, files)


def _fetch(url: str) -> HttpResponse:
    answer = Client().get(url, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, url
    packed = answer.getvalue()
    answer.wire_bytes = len(packed) + head_bytes(answer)
    answer.unpacked = gzip.decompress(packed) if answer.get("Content-Encoding") == "gzip" else packed
    return answer


@pytest.fixture
def pages(house: House) -> list[Page]:
    return house.pages

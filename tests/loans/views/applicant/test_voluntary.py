"""Questions I may leave open: after the form is sent, apart from it, and seen by nobody who works here."""

import ast
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from applicants.voluntary import QUESTIONS, VoluntaryAnswers
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.lending import disbursement
from loans.models import Event, Submission
from tests.cases import again
from tests.loans.matrix.addresses import ADDRESSES

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]
HERE = "/my/equality/"
TABLE = "applicants_voluntaryanswers"
MARK = "zebrafish"  # stands on no page by itself
MAY_KNOW = {
    "applicants/voluntary.py",
    "applicants/models.py",
    "loans/views/applicant/voluntary.py",
    "loans/furnishing/office.py",
}
STAFF = ("omar", "olga", "mariam", "felix", "ada", "carl")


@pytest.fixture
def told(amina):
    """Amina answered everything, in codes that stand nowhere else."""
    VoluntaryAnswers.keep(amina, {question.name: f"{MARK}-{question.name}" for question in QUESTIONS})


def answered(client, user, **answers):
    client.force_login(user)
    return client.post(HERE, answers)


def test_before_the_form_is_sent_nothing_is_asked(client, amina, draft):
    client.force_login(amina)
    assert client.get(HERE).status_code == 404


def test_each_question_can_be_answered_or_left_open(client, amina, submitted):
    assert answered(client, amina, gender="woman", disability="prefer_not").status_code == 302
    assert VoluntaryAnswers.of(amina) == {"gender": "woman", "disability": "prefer_not"}
    page = client.get(HERE).content.decode()
    assert page.count(" checked") == 2
    assert page.count("I prefer not to say") == len(QUESTIONS)


def test_leaving_everything_open_keeps_nothing(client, amina, submitted):
    assert answered(client, amina).status_code == 302
    assert not VoluntaryAnswers.objects.exists()


def test_an_answer_that_is_none_of_them_is_told(client, amina, submitted):
    assert answered(client, amina, gender="<b>x</b>").status_code == 422
    assert not VoluntaryAnswers.objects.exists()


def test_they_can_be_changed_and_erased_at_any_time(client, amina, submitted):
    answered(client, amina, gender="woman")
    answered(client, amina, gender="another")
    assert VoluntaryAnswers.of(amina) == {"gender": "another"}
    assert answered(client, amina, erase="1").status_code == 302
    assert not VoluntaryAnswers.objects.exists()
    assert "Erase my answers" not in client.get(HERE).content.decode()


def test_nothing_about_it_stands_in_story_form_or_letters(client, amina, submitted):
    before = Event.objects.count(), Letter.objects.count(), Submission.objects.count()
    answered(client, amina, gender="woman", origin="arab")
    assert (Event.objects.count(), Letter.objects.count(), Submission.objects.count()) == before


def test_another_person_never_reads_them(client, bilal, told, submitted):
    client.force_login(bilal)
    assert client.get(HERE).status_code == 404


def pages_of(world):
    """Every address that can be opened with this case and loan in it."""
    facts = {"case": world.case.reference, "loan": world.number, "paper": world.case.documents.first().pk}
    for address in ADDRESSES:
        with suppress(NoReverseMatch):  # of what is in another world: somebody's passkey, a proposed change
            yield reverse(address.name, args=[facts.get(part, part) for part in address.args])


@pytest.mark.parametrize("who", STAFF)
def test_no_page_of_anybody_who_works_here_shows_or_even_asks_for_them(request, active, told, who):
    browser, seen = Client(), 0
    browser.force_login(request.getfixturevalue(who))
    for url in pages_of(active):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = browser.get(url)
        body = b"".join(response) if response.streaming else response.content
        assert MARK.encode() not in body, url
        assert not [query["sql"] for query in asked if TABLE in query["sql"]], url
        seen += response.status_code == 200
    assert seen > 10


def test_no_letter_paper_or_frozen_form_holds_them(active, told):
    assert MARK not in str([render(letter) for letter in Letter.objects.all()])
    assert MARK not in str([submission.answers for submission in Submission.objects.all()])
    assert MARK not in str(list(Event.objects.values_list("detail", flat=True)))


def test_no_deed_of_the_office_asks_for_them(signed, told, felix):
    with CaptureQueriesContext(connection) as asked:
        disbursement.send(disbursement.release(signed.advances.get(), by=felix), by=felix, on=clock.today())
    assert not [query["sql"] for query in asked if TABLE in query["sql"]]
    assert again(signed).state == "active"


def test_only_their_own_page_imports_them():
    found = set()
    for path in ROOT.glob("[a-z]*/**/*.py"):
        name = str(path.relative_to(ROOT))
        if name.startswith("tests/") or "/migrations/" in name:
            continue
        source = path.read_text()
        for node in ast.walk(ast.parse(source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            where = getattr(node, "module", "") or ""
            if any("voluntary" in each.lower() for each in (where, *names)) and name != "loans/urls/applicant.py":
                found.add(name)
        if "VoluntaryAnswers" in source or TABLE in source:
            found.add(name)
    assert found == MAY_KNOW

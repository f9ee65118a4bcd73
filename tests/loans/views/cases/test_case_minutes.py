"""Votes and minutes as pages: nothing of a vote before the count, everything after it, and a PDF."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.lifecycle.deciding import committee
from loans.models import Event, Loan, Vote
from tests.cases import again
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
SECRET = "Her debts worry me."


@pytest.fixture
def voted(recommended, product, carl, bea):
    """A case above the limit on which Carl voted against."""
    product.one_decides_up_to_cents = 400_000
    product.save()
    committee.cast_vote(again(recommended), by=carl, in_favour=False, note=SECRET)
    return again(recommended)


@pytest.fixture
def counted(voted, bea):
    committee.cast_vote(voted, by=bea, in_favour=True, note="A good plan.")
    return again(voted)


@pytest.mark.parametrize("who", ["omar", "mariam", "ada", "bea", "carl"])
def test_no_page_shows_or_even_asks_how_somebody_voted_before_the_count(voted, who, request):
    reader = Person("en", request.getfixturevalue(who))
    for name in ("case", "case_minutes", "desk"):
        with CaptureQueriesContext(connection) as asked:
            page = reader.opens(name, *([voted.reference] if name != "desk" else []))
        text = page.content.decode()
        assert SECRET not in text
        assert "against" not in text.lower()
        for query in asked:
            selected = query["sql"].split(" FROM ")[0]
            assert '"loans_vote"."in_favour"' not in selected or "CASE WHEN" in selected, query["sql"]
        assert (
            "votes" not in page.context
            or page.context["votes"] is None
            or all(each.said is None for each in page.context["votes"]["rows"])
        )
    assert Vote.objects.for_a_page().get().said is None


def test_after_the_count_everybody_of_the_case_reads_the_minutes(counted, omar, mariam, carl):
    for who in (omar, mariam, carl):
        text = Person("en", who).opens("case_minutes", counted.reference).content.decode()
        assert SECRET in text
        assert "1 in favour, 1 against. It took 2 in favour, of 2 members." in text
    assert (
        reverse("case_minutes", args=[counted.reference])
        in Person("en", omar).opens("case", counted.reference).content.decode()
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_minutes_are_a_pdf(counted, mariam, language):
    pk = counted.recommendation.vote_count.pk
    answer = Person("en", mariam).browser.get(reverse("case_minutes_file", args=[counted.reference, pk, language]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content == counted.recommendation.vote_count.minutes.get(language=language).file.read()


def test_minutes_of_another_case_or_language_do_not_exist(counted, mariam, amina):
    pk = counted.recommendation.vote_count.pk
    for who, args in ((mariam, (pk + 1, "en")), (mariam, (pk, "ar")), (amina, (pk, "en"))):
        answer = Person("en", who).browser.get(reverse("case_minutes_file", args=[counted.reference, *args]))
        assert answer.status_code == 404


def test_a_case_without_votes_says_so_on_its_minutes(in_review, omar):
    assert "No votes are counted yet" in Person("en", omar).opens("case_minutes", in_review.reference).content.decode()


def test_the_minutes_ask_the_database_little(counted, mariam):
    reader = Person("en", mariam)
    reader.opens("case_minutes", counted.reference)
    with CaptureQueriesContext(connection) as asked:
        reader.opens("case_minutes", counted.reference)
    assert len(asked) <= 12


def test_above_the_limit_a_manager_alone_reads_why_not(voted, mariam):
    before = Event.objects.count(), Loan.objects.count()
    answer = Person("en", mariam).browser.post(
        reverse("approval", args=[voted.reference]), {"note": "Yes.", "once_key": "alone"}
    )
    assert answer.status_code == 422
    assert "One person may grant up to $4,000.00 of this loan." in answer.content.decode()
    assert (Event.objects.count(), Loan.objects.count()) == before

"""The pages of the figures: the ladder, one figure, and what is done there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.lifecycle.reviewing import ladder
from loans.models import Finding
from tests.cases import again
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
PAY = "budget.pay.0"


@pytest.fixture
def stub(in_review):
    return in_review.documents.get(kind="income").pk


def action_of(page, name):
    """Where a form of the page is sent to, as it stands there."""
    path = page.content.decode().partition(f'action="{name}')[2].partition('"')[0]
    return name + path.replace("&amp;", "&")


def test_the_file_leads_to_the_figures(in_review, omar):
    page = Person("en", omar).opens("case", in_review.reference).content.decode()
    assert f'href="{reverse("figures", args=[in_review.reference])}"' in page


def test_every_figure_stands_with_its_source(in_review, omar, stub):
    ladder.note_paper(in_review, by=omar, line=PAY, cents=210_000, document=stub)
    ladder.adjust(again(in_review), by=omar, line="budget.food.0", cents=60_000, note="Four eat there.")
    page = Person("en", omar).opens("figures", in_review.reference).content.decode()
    for shown in ("$2,300.00", "$2,100.00", "$600.00", "received on", "Adjusted by Omar Diallo on", "IPG Canada"):
        assert shown in page
    assert "Over-qualified for the present work" in page


def test_the_auditor_reads_the_figures_and_opens_no_paper(in_review, omar, ada, stub):
    ladder.note_paper(in_review, by=omar, line=PAY, cents=210_000, document=stub)
    page = Person("en", ada).opens("figure", in_review.reference, PAY).content.decode()
    assert "$2,100.00" in page
    assert "See the paper" not in page
    assert 'method="post" action="/cases' not in page


def test_an_officer_notes_a_paper_from_the_page(in_review, omar, stub):
    person = Person("en", omar)
    where = reverse("figure_paper", args=[in_review.reference, PAY])
    address = action_of(person.opens("figure", in_review.reference, PAY), where)
    sent = {"cents": "2,100", "document": str(stub), "note": "Box 14", "once_key": "k1"}
    for _ in range(2):
        page = person.browser.post(address, sent, follow=True)
        assert "Noted. It counts unless you adjust it." in page.content.decode()
    assert Finding.objects.get(application=in_review).cents == 210_000


def test_an_old_tab_is_told_and_keeps_what_was_typed(in_review, omar):
    person = Person("en", omar)
    where = reverse("figure_adjustment", args=[in_review.reference, PAY])
    address = action_of(person.opens("figure", in_review.reference, PAY), where)
    ladder.adjust(in_review, by=omar, line=PAY, cents=200_000, note="Tips.")
    page = person.browser.post(address, {"cents": "1,900", "note": "Seen on the schedule", "once_key": "k2"})
    told = page.content.decode()
    assert page.status_code == 422
    assert "This figure changed meanwhile." in told
    assert "Seen on the schedule" in told
    assert 'value="1,900"' in told
    assert Finding.objects.filter(application=in_review).count() == 1


def test_an_adjustment_without_a_reason_is_told_beside_the_field(in_review, omar):
    browser = Person("en", omar).browser
    page = browser.post(reverse("figure_adjustment", args=[in_review.reference, PAY]), {"cents": "1,900", "note": ""})
    assert page.status_code == 422
    assert "id-adjust-note-error" in page.content.decode()
    assert not Finding.objects.exists()


def test_another_target_group_is_chosen_with_a_reason(in_review, omar):
    sent = {"group": "unemployed", "note": "Laid off in May.", "once_key": "k3"}
    page = Person("en", omar).sends("figure_adjustment", in_review.reference, "work.target_group.0", **sent)
    assert "Unemployed" in page.content.decode()
    figures = Person("en", omar).opens("figures", in_review.reference).content.decode()
    assert "Worked out from the answers" in figures


def test_what_was_found_is_taken_back_from_the_page(in_review, omar):
    ladder.adjust(in_review, by=omar, line=PAY, cents=200_000, note="Tips.")
    page = Person("en", omar).sends("figure_removal", in_review.reference, PAY, "adjusted", once_key="k4")
    assert "Taken back: Adjusted" in page.content.decode()
    assert ladder.standing_of(again(in_review)).ladder.lines()[PAY].counting_cents == 230_000


def test_a_figure_that_no_form_knows_does_not_exist(in_review, omar):
    assert Person("en", omar).browser.get(f"/cases/{in_review.reference}/figures/budget.yacht.0/").status_code == 404


@pytest.mark.parametrize(("name", "more"), [("figures", ()), ("figure", (PAY,))])
def test_the_pages_ask_little(recommended, omar, name, more):
    browser, url = Person("en", omar).browser, reverse(name, args=[recommended.reference, *more])
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    assert len(queries) <= MOST_QUERIES, [query["sql"][:90] for query in queries]

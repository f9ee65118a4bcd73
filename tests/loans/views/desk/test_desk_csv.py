"""The list that is shown, as a file: the same cases in the same order, and no cell that a spreadsheet would run."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from config import clock
from loans.lifecycle.reviewing.conflicts import declare
from loans.models import Application
from loans.views.desk import desk_csv
from tests.loans.views.desk.test_desk import multiply

pytestmark = pytest.mark.django_db
FILE = reverse("desk_csv")


def lines(client, user, **query):
    client.force_login(user)
    response = client.get(FILE, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:])))


def test_it_has_the_columns_of_the_page_in_figures_that_programs_read(client, omar, submitted):
    heading, line = lines(client, omar, show="all")
    assert heading[:4] == ["Case", "Name", "Loan asked for", "Amount"]
    assert line == [
        submitted.reference,
        submitted.applicant.full_name,
        submitted.product.name,
        "5000.00",
        "received",
        clock.day_of(submitted.submitted_at).isoformat(),
        submitted.promised_by.isoformat(),
        "",
        "Take the case",
    ]


def test_it_holds_what_the_address_asks_for(client, omar, in_review):
    multiply(in_review, 3)
    assert len(lines(client, omar, show="all")) == 5
    assert [line[0] for line in lines(client, omar, show="mine")[1:]] == [in_review.reference]
    assert len(lines(client, omar, q="nobody of that name")) == 1
    by_name = [line[0] for line in lines(client, omar, show="all", sort="newest")[1:]]
    assert by_name == [line[0] for line in lines(client, omar, show="all")[1:]][::-1]


def test_a_name_that_looks_like_a_formula_is_told_as_words(client, omar, submitted):
    person = submitted.applicant
    person.full_name = '=HYPERLINK("http://x.example","Amina")'
    person.save()
    assert lines(client, omar)[1][1] == f"'{person.full_name}"


def test_it_ends_where_it_says(client, omar, submitted, monkeypatch):
    monkeypatch.setattr(desk_csv, "MOST_LINES", 4)
    monkeypatch.setattr(desk_csv, "AT_ONCE", 2)
    multiply(submitted, 6)
    assert len(lines(client, omar, show="all")) == 1 + 4
    monkeypatch.setattr(desk_csv, "MOST_LINES", 100)
    assert len(lines(client, omar, show="unassigned")) == 1 + 7


def test_nobody_gets_a_line_of_a_case_they_may_not_open(client, omar, carl, felix, amina, in_review):
    assert lines(client, carl, show="all")[1:] == []
    declare(in_review, by=omar, note="A cousin.")
    assert lines(client, omar, show="all")[1:] == []
    for stranger in (felix, amina):
        client.force_login(stranger)
        assert client.get(FILE).status_code == 403
    assert Application.objects.exists()

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from accounts.models import Role
from reports.base import Period, Report, Share, Sum, in_csv, in_words

MARCH = Period(date(2027, 3, 1), date(2027, 3, 31))


@pytest.fixture(autouse=True)
def in_english():
    """Whatever a page visited by an earlier test was read in."""
    with override("en"):
        yield


class Cashbox(Report):
    slug, title, summary = "cashbox", "Cash box", "What is in it"
    audience = frozenset({Role.FINANCE})
    columns = {"what": "What", "cents": "Amount"}

    def rows(self, period):
        return [{"what": "=1+1", "cents": Sum(-123_450)}, {"what": period.first, "cents": Sum(5)}]


def test_a_csv_has_the_headings_and_plain_figures():
    assert Cashbox().as_csv(MARCH) == "What,Amount\r\n'=1+1,-1234.50\r\n2027-03-01,0.05\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+33", "-5", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text):
    assert in_csv(text) == "'" + text


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        (Sum(100_000_000), "1000000.00"),
        (Sum(0), "0.00"),
        (Share(Decimal("0.01255")), "0.0126"),
        (Share(None), ""),
        (12, "12"),
        ("2 – 3", "2 – 3"),
    ],
)
def test_a_cell_is_plain_in_a_csv(cell, plain):
    assert in_csv(cell) == plain


def test_a_cell_is_in_the_readers_words_on_the_page():
    with override("fr"):
        assert in_words(Sum(123_450)).replace("\xa0", " ").replace("\u202f", " ") == "1 234,50 $"
    assert in_words(Share(None)) == "–"
    assert in_words(date(2027, 3, 1)) == "March 1, 2027"


def test_the_page_marks_figures_and_names_their_column():
    row = Cashbox().table(MARCH)[1]
    assert row == [
        {"heading": "What", "words": "March 1, 2027", "is_figure": False, "url": ""},
        {"heading": "Amount", "words": "$0.05", "is_figure": True, "url": ""},
    ]

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from money.amounts import MOST_CENTS, AmountError, Rounding, read_amount, round_cent, split


@pytest.mark.parametrize(
    ("exact", "half_up", "half_even"),
    [("0.5", 1, 0), ("1.5", 2, 2), ("2.5", 3, 2), ("-0.5", -1, 0), ("-2.5", -3, -2), ("2.4999", 2, 2), ("7", 7, 7)],
)
def test_half_a_cent_goes_up_or_to_the_even_neighbour(exact, half_up, half_even):
    assert round_cent(Decimal(exact)) == half_up
    assert round_cent(Fraction(exact), Rounding.HALF_EVEN) == half_even


@given(st.fractions(-1000, 1000), st.sampled_from(Rounding))
def test_rounding_never_moves_more_than_half_a_cent(exact, rounding):
    assert abs(round_cent(exact, rounding) - exact) <= Fraction(1, 2)


@given(st.integers(0, 10**9), st.integers(1, 400))
def test_split_adds_up(total, parts):
    assert sum(split(total, parts)) == total
    assert len(split(total, parts)) == parts


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1234", 123_400),
        ("0", 0),
        ("0,05", 5),
        ("1 234,50", 123_450),
        ("1\u00a0234,50\u00a0$", 123_450),
        ("1\u202f234,5", 123_450),
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("$1,234", 123_400),
        ("$ 1,234.5", 123_450),
        ("1 234,5 $", 123_450),
        ("CA$12", 1_200),
        ("CAD 12.30", 1_230),
        ("12,30 $ CA", 1_230),
        ("1,234", 123_400),
        ("1.234", 123_400),
        ("1,23", 123),
        ("1 234 567,89", 123_456_789),
        ("1,234,567", 123_456_700),
        ("1’234.50", 123_450),
        ("  20  ", 2_000),
        ("١٢٣٤٫٥٠", 123_450),
        ("١٬٢٣٤٫٥", 123_450),
        ("۱۲۳۴", 123_400),
        ("۱٬۲۳۴٫۵۶", 123_456),
        ("1 000 000 000", MOST_CENTS),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, cents):
    assert read_amount(text) == cents


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("\u00a0", "empty"),
        ("$", "empty"),
        ("abc", "not_an_amount"),
        ("1e5", "not_an_amount"),
        (".50", "not_an_amount"),
        ("²", "not_an_amount"),
        ("NaN", "not_an_amount"),
        ("12 dollars", "not_an_amount"),
        ("1" * 41, "not_an_amount"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("$-5", "negative"),
        ("5-", "negative"),
        ("1,2345", "unclear"),
        ("1234,567", "unclear"),
        ("0,500", "unclear"),
        ("1,23,456", "unclear"),
        ("1,234,56", "unclear"),
        ("1.234,567", "unclear"),
        ("12 34,50", "unclear"),
        ("1 23", "unclear"),
        ("12.", "unclear"),
        ("1..5", "unclear"),
        ("1,234 567", "unclear"),
        ("١٢٫٥٠٠", "unclear"),
        ("١٬٢٣", "unclear"),
        ("1’23", "unclear"),
        ("1000000000.01", "too_large"),
        ("9" * 40, "too_large"),
    ],
)
def test_what_cannot_be_told_for_sure_is_refused(text, code):
    with pytest.raises(AmountError) as caught:
        read_amount(text)
    assert caught.value.code == code


@given(st.text(max_size=45))
def test_any_text_is_an_amount_or_a_typed_error(text):
    try:
        understood = read_amount(text)
    except AmountError as error:
        understood = error.code
    assert understood in {"empty", "not_an_amount", "unclear", "negative", "too_large"} or 0 <= understood <= MOST_CENTS


@given(st.integers(0, MOST_CENTS))
def test_what_we_write_in_english_and_french_is_read_back(cents):
    english = f"${cents // 100:,}.{cents % 100:02}"
    french = f"{cents // 100:,}".replace(",", "\u00a0") + f",{cents % 100:02}\u00a0$"
    assert read_amount(english) == read_amount(french) == cents

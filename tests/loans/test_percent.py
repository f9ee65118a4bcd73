"""A percentage as people type it: exact, or refused."""

from decimal import Decimal

import pytest

from loans.fields import ERRORS, Field, understand
from loans.views.sheets import present

RATE = Field("annual_rate", "percent", "Rate", suffix="%")


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("5.75", "0.0575"),
        ("5,75", "0.0575"),
        ("5,75 %", "0.0575"),
        ("5.125%", "0.05125"),
        ("6", "0.06"),
        ("0", "0"),
        ("100", "1"),
        ("٥٫٧٥٪", "0.0575"),
        ("6,4501", "0.064501"),
    ],
)
def test_a_percentage_is_read_to_the_last_figure(typed, fraction):
    value, code = understand(RATE, typed)
    assert (Decimal(value), code) == (Decimal(fraction), "")


@pytest.mark.parametrize("typed", ["low", "-5", "5.12345", "1.2.3", "5 75", "1e1", "5;75", "%", "²", "1000"])
def test_what_is_no_percentage_is_refused(typed):
    assert understand(RATE, typed) == (None, "not_a_percent")
    assert "not_a_percent" in ERRORS


def test_more_than_a_hundred_is_too_large():
    assert understand(RATE, "100.01") == (None, "too_large")


def test_what_was_understood_is_said_again():
    assert present(RATE, "5,75")["echo"] == "5.75%"

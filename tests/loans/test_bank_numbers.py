"""The three numbers of a bank account, as people type them."""

import pytest

from loans.bank_numbers import Numbers, read_numbers
from loans.lifecycle.refusal import Refused

TD = Numbers("004", "01234", "1234567")


@pytest.mark.parametrize(
    "typed",
    [
        ("004", "01234", "1234567"),
        (" 004 ", "01 234", "123-4567"),
        ("٠٠٤", "٠١٢٣٤", "١٢٣٤٥٦٧"),
        ("", "01234-004", "1234567"),
        ("004", "01234-004", "1234567"),
        ("", "000401234", "1234567"),  # as it stands in a bank's file
        ("004", "⑆01234", "1234567⑈"),  # copied from the line of a cheque
    ],
)
def test_three_boxes_are_read_as_people_type_them(typed):
    assert read_numbers(*typed) == TD


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("04", "01234", "1234567"), "institution_digits"),
        (("0044", "01234", "1234567"), "institution_digits"),
        (("", "01234", "1234567"), "institution_digits"),
        (("003", "01234-004", "1234567"), "institution_digits"),
        (("004", "1234", "1234567"), "transit_digits"),
        (("004", "100401234", "1234567"), "transit_digits"),
        (("004", "O1234", "1234567"), "transit_digits"),
        (("004", "01234", "123456"), "account_digits"),
        (("004", "01234", "1234567890123"), "account_digits"),
        (("004", "01234", "12345678A"), "account_digits"),
        (("004", "01234", ""), "account_digits"),
    ],
)
def test_what_cannot_be_an_account_is_refused_beside_its_box(typed, code):
    with pytest.raises(Refused) as told:
        read_numbers(*typed)
    assert told.value.code == code


@pytest.mark.parametrize("length", [7, 12])
def test_accounts_of_seven_to_twelve_digits_are_taken(length):
    assert len(read_numbers("004", "01234", "1" * length).number) == length

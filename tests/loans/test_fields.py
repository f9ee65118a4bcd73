"""Phones and places of any country."""

import pytest

from loans.fields import Field, understand

PHONE = Field("phone", "tel", "Phone", max_length=40)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("613-555-0123", "613-555-0123"),
        ("(613) 555-0123 ext. 45", "(613) 555-0123 ext. 45"),
        ("514 555 0199 poste 7", "514 555 0199 poste 7"),
        ("613.555.0123 #12", "613.555.0123 #12"),
        ("+20 (0)10 1234 5678", "+20 (0)10 1234 5678"),
        ("٠١٠ ١٢٣٤ ٥٦٧٨", "010 1234 5678"),
        ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "0912 345 6789"),
        ("०११ २३४५ ६७८९", "011 2345 6789"),
        ("＋８１ ３ １２３４ ５６７８", "+81 3 1234 5678"),
        ("\u202a+1 (613) 555\u20110123\u202c", "+1 (613) 555\u20110123"),  # as a telephone copies it
        ("00 251 11 551 2345", "00 251 11 551 2345"),
        ("+963 11 222 3333", "+963 11 222 3333"),
    ],
)
def test_a_number_of_any_country_is_taken(typed, kept):
    assert understand(PHONE, typed)[1] == ""
    assert understand(PHONE, typed)[0].replace("\u2010", "\u2011") == kept


@pytest.mark.parametrize("typed", ["call me", "12345", "1" * 21, "613-555-0123<script>", "613 555 0123; rm", "+++++++"])
def test_what_is_no_number_is_asked_again(typed):
    assert understand(PHONE, typed) == (None, "not_a_phone")


@pytest.mark.parametrize("code", ["K1N 5X6", "k1n5x6", "11511", "SW1A 1AA", "100-0001", "〒100-0001", "AB", "Dublin 4"])
def test_a_postal_code_of_any_country_is_taken(code):
    assert understand(Field("postal_code", "text", "Code", max_length=12), code) == (code, "")


@pytest.mark.parametrize(
    "address",
    ["12 شارع الجمهورية\nالقاهرة ١١٥١١", "東京都千代田区千代田1-1", "Bole Road, Kirkos\nአዲስ አበባ", "ул. Ленина, 5"],
)
def test_an_address_of_any_country_is_taken(address):
    assert understand(Field("address", "longtext", "Address", max_length=300), address) == (address, "")

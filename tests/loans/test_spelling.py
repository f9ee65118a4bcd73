"""Any script, in either direction; nothing in it that only deceives."""

import unicodedata

import pytest

from loans.fields import Field, understand
from loans.spelling import folded, is_unreadable, on_one_line, spelt, western_digits
from tests.names import NAMES

NAME = Field("full_name", "text", "Name", max_length=150)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_understood_as_it_is_written(name):
    value, code = understand(NAME, name)
    assert code == ""
    assert value == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", NAMES)
def test_the_two_spellings_of_a_name_are_one(name):
    assert spelt(unicodedata.normalize("NFD", name)) == spelt(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202eanimA", "animA"),  # an override that would turn the name around
        ("Amina\u2066 (approved)\u2069", "Amina (approved)"),
        ("\ufeffAmi\u200bna\u00ad", "Amina"),
        ("Amina\u200d", "Amina"),
        ("Am\u200cina", "Amina"),  # no Latin letter joins
        ("\u200f\u0623\u062d\u0645\u062f\u200e", "\u0623\u062d\u0645\u062f"),
        ("A\U000e0061mina", "Amina"),
        ("Nguy\u1ec5n\u3000 An\n", "Nguy\u1ec5n An"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(typed, kept):
    assert understand(NAME, typed) == (kept, "")


@pytest.mark.parametrize(
    "name",
    [
        "\u0645\u0647\u062f\u06cc\u200c\u0632\u0627\u062f\u0647",  # Persian: Mahdi-zadeh, with its ZWNJ
        "\u0d05\u0d28\u0d4d\u200d",  # Malayalam, an old chillu
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd\u0dd2",  # Sinhala: Sri
        "\u0915\u094d\u200d\u0937",  # Devanagari: a half form
    ],
)
def test_joiners_stay_where_a_language_writes_them(name):
    kept = name.rstrip("\u200d")
    assert on_one_line(name) == kept
    assert ("\u200c" in name) == ("\u200c" in on_one_line(name))
    assert on_one_line(name).count("\u200d") == kept.count("\u200d")


def test_a_family_keeps_the_shape_of_its_letter():
    fukuda, fukuda_of_the_family = "\u798f\u7530", "\ufa1b\u7530"
    assert unicodedata.normalize("NFC", fukuda_of_the_family) == fukuda
    assert spelt(fukuda_of_the_family) == fukuda_of_the_family


@pytest.mark.parametrize(
    "typed", ["Am\x07ina", "Am\x9fina", "Am\ue000ina", "Am\ud800ina", "A" + "\u0301" * 30 + "mina"]
)
def test_what_nobody_can_read_is_asked_again(typed):
    assert is_unreadable(typed)
    assert understand(NAME, typed) == (None, "unreadable")


def test_digits_of_any_script_are_digits():
    assert western_digits("٢٧ ۲۷ २७ ২৭ ２７") == "27 27 27 27 27"


def test_searching_knows_no_accents():
    assert folded("  Élodie  NGUYỄN ") == "elodie nguyen"

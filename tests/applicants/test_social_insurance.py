"""Which nine digits are a social insurance number (DOMAIN 3.7). No number here belongs to anybody."""

import pytest

from applicants.social_insurance import NotANumber, has_an_end, is_masked, masked, read_number


@pytest.mark.parametrize("typed", ["900 000 001", "912-345-675", "912345675", " 912 345 675", "912–345–675"])
def test_nine_digits_that_add_up_are_read(typed):
    assert read_number(typed) in ("900000001", "912345675")


@pytest.mark.parametrize(
    "typed",
    ["123 456 789", "000 000 000", "912 345 674", "91234567", "9123456750", "abc", "", "8" + "0" * 8, "٩١٢٣٤٥٦٧٥"],
)
def test_anything_else_is_none(typed):
    with pytest.raises(NotANumber):
        read_number(typed)


def test_a_number_that_begins_with_0_or_8_was_given_to_nobody(settings):
    for number in ("046454286", "800000002", "812345676"):
        settings.DEMO = False
        with pytest.raises(NotANumber):
            read_number(number)


def test_the_made_up_number_of_the_handbooks_is_for_the_demo_only(settings):
    settings.DEMO = True
    assert read_number("046 454 286") == "046454286"
    with pytest.raises(NotANumber):
        read_number("000000000")


def test_of_a_number_only_its_last_digits_are_shown():
    assert masked("912345675") == "9•• ••• 675"
    assert masked("046454286") == "••• ••• 286"
    assert is_masked(masked("912345675"))
    assert not is_masked("912345675")


def test_only_a_number_that_begins_with_9_ends_on_a_day():
    assert has_an_end("912345675")
    assert has_an_end(masked("912345675"))
    assert not has_an_end("046454286")

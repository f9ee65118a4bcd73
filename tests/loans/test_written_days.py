"""A day as people write it; where it could be two days, they are asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.fields import Field, understand
from loans.written_days import UnclearDay, names_of_months, read_day, written_freely

THE_DAY = date(1985, 3, 27)


@pytest.mark.parametrize(
    "typed",
    [
        "27 March 1985",
        "27 march, 1985",
        "March 27, 1985",
        "27th of March 1985",
        "Wednesday 27 March 1985",
        "27-Mar-1985",
        "27 mars 1985",
        "le 27 mars 1985",
        "mercredi 27 mars 1985",
        "27 de marzo de 1985",
        "٢٧ مارس ١٩٨٥",
        "27/3/1985",
        "27.03.1985",
        "27-03-1985",
        "03-27-1985",
        "1985-03-27",
        "1985/03/27",
        "1985.3.27",
        "1985年3月27日",
        "٢٧/٣/١٩٨٥",
        "۲۷/۳/۱۹۸۵",
        "२७/३/१९८५",
        "２７/３/１９８５",
        "  27  3  1985 ",
    ],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert read_day(written_freely(typed)) == THE_DAY


@pytest.mark.parametrize("typed", ["27/3/1985", "27/mars/1985", "27/March/1985", "٢٧/٣/١٩٨٥", "27 / 03 / 1985"])
def test_three_boxes_say_day_month_year(typed):
    assert read_day(typed) == THE_DAY


def test_three_boxes_are_never_unclear():
    assert read_day("3/4/1985") == date(1985, 4, 3)


@pytest.mark.parametrize("typed", ["03/04/1985", "3-4-1985", "03.04.1985", "3 4 1985", "٣/٤/١٩٨٥"])
def test_where_it_could_be_two_days_the_person_is_asked(typed):
    with pytest.raises(UnclearDay) as unclear:
        read_day(written_freely(typed))
    assert unclear.value.code == "which_month"
    assert unclear.value.readings == (date(1985, 3, 4), date(1985, 4, 3))


def test_the_same_number_twice_is_one_day():
    assert read_day(written_freely("5/5/1985")) == date(1985, 5, 5)


@pytest.mark.parametrize("typed", ["۱۳۶۳/۵/۱۲", "1363-05-12", "1405/07/05", "12 March 2528"])
def test_the_year_of_another_calendar_is_not_taken_for_ours(typed):
    with pytest.raises(UnclearDay) as unclear:
        read_day(written_freely(typed))
    assert unclear.value.code == "other_calendar"


@pytest.mark.parametrize(
    "typed",
    ["soon", "31 February 1985", "27 3 85", "1985", "27 Marz 1985", "27 jui 1985", "13/13/1985", "1/2/3/4", "9" * 400],
)
def test_what_is_no_day_is_not_guessed(typed):
    with pytest.raises(UnclearDay) as unclear:
        read_day(written_freely(typed))
    assert unclear.value.code == "not_a_date"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(names_of_months().items())))
def test_every_day_is_read_from_its_name_and_from_iso(day, named):
    name, number = named
    assert read_day(day.isoformat()) == day
    if day.month == number:
        assert read_day(f"{day.day} {name} {day.year}") == day


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_day_or_unclear(typed):
    value, code = understand(Field("on", "date", "On", freely=True), typed)
    assert value is None or code == ""

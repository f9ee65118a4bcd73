from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from letters import wording

NB = "\u00a0"


def said(write, value, language):
    with override(language):
        return write(value)


@pytest.mark.parametrize(
    ("cents", "english", "french"),
    [
        (123_456, "$1,234.56", f"1{NB}234,56{NB}$"),
        (5, "$0.05", f"0,05{NB}$"),
        (0, "$0.00", f"0,00{NB}$"),
        (-123_456, "-$1,234.56", f"-1{NB}234,56{NB}$"),
        (123_456_789_012, "$1,234,567,890.12", f"1{NB}234{NB}567{NB}890,12{NB}$"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_money(cents, english, french):
    assert said(wording.money, cents, "en") == english
    assert said(wording.money, cents, "fr") == french


@pytest.mark.parametrize(
    ("cents", "english", "french"),
    [
        (500_000, "$5,000", f"5{NB}000{NB}$"),
        (0, "$0", f"0{NB}$"),
        (123_450_000_000, "$1,234,500,000", f"1{NB}234{NB}500{NB}000{NB}$"),
        (50_050, "$500.50", f"500,50{NB}$"),
    ],
)
def test_whole_dollars_are_written_without_cents(cents, english, french):
    assert said(wording.whole_dollars, cents, "en") == english
    assert said(wording.whole_dollars, cents, "fr") == french


@pytest.mark.parametrize("wrong", [12.5, "12", Decimal(12), True])
def test_money_is_whole_cents(wrong):
    with pytest.raises(TypeError):
        wording.money(wrong)


@pytest.mark.parametrize(
    ("fraction", "english", "french"),
    [
        (Decimal("0.067"), "6.70%", f"6,70{NB}%"),
        (Decimal("0.067000"), "6.70%", f"6,70{NB}%"),
        (Decimal("0.05125"), "5.125%", f"5,125{NB}%"),
        (Decimal("0.06698734212"), "6.70%", f"6,70{NB}%"),
        (Decimal("0.066950001"), "6.70%", f"6,70{NB}%"),
        (Decimal(0), "0.00%", f"0,00{NB}%"),
        (Decimal("12.5"), "1,250.00%", f"1{NB}250,00{NB}%"),
        (None, "", ""),
    ],
)
def test_percent(fraction, english, french):
    assert said(wording.percent, fraction, "en") == english
    assert said(wording.percent, fraction, "fr") == french


def test_a_rate_is_never_a_float():
    with pytest.raises(TypeError):
        wording.percent(0.067)


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (date(2016, 3, 24), "March 24, 2016", "24 mars 2016"),
        ("2016-03-24", "March 24, 2016", "24 mars 2016"),
        (date(2016, 3, 1), "March 1, 2016", "1ᵉʳ mars 2016"),
        (date(2021, 11, 11), "November 11, 2021", "11 novembre 2021"),
        (datetime(2016, 3, 25, 3, 30, tzinfo=UTC), "March 24, 2016", "24 mars 2016"),
        ("2016-03-25T03:30:00+00:00", "March 24, 2016", "24 mars 2016"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_day(value, english, french):
    assert said(wording.day, value, "en") == english
    assert said(wording.day, value, "fr") == french


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_short_day_is_the_same_in_every_language(language):
    assert said(wording.short_day, "2016-03-24", language) == "2016-03-24"
    assert said(wording.short_day, datetime(2016, 3, 25, 3, 30, tzinfo=UTC), language) == "2016-03-24"
    assert said(wording.short_day, None, language) == ""


@pytest.mark.parametrize(
    ("moment", "english", "french"),
    [
        (datetime(2016, 3, 24, 18, 30, tzinfo=UTC), f"March 24, 2016, 2:30{NB}p.m.", f"24 mars 2016, 14{NB}h{NB}30"),
        (datetime(2016, 3, 24, 13, 0, tzinfo=UTC), f"March 24, 2016, 9:00{NB}a.m.", f"24 mars 2016, 9{NB}h"),
        (datetime(2016, 3, 25, 3, 30, tzinfo=UTC), f"March 24, 2016, 11:30{NB}p.m.", f"24 mars 2016, 23{NB}h{NB}30"),
        (datetime(2016, 3, 24, 4, 5, tzinfo=UTC), f"March 24, 2016, 12:05{NB}a.m.", f"24 mars 2016, 0{NB}h{NB}05"),
        ("2016-03-24T18:30:00+00:00", f"March 24, 2016, 2:30{NB}p.m.", f"24 mars 2016, 14{NB}h{NB}30"),
        (None, "", ""),
    ],
)
def test_a_moment_is_told_in_office_time(moment, english, french):
    assert said(wording.moment, moment, "en") == english
    assert said(wording.moment, moment, "fr") == french


@pytest.mark.parametrize(
    ("utc", "hour"),
    [
        (datetime(2027, 3, 14, 6, 59, tzinfo=UTC), "1:59"),
        (datetime(2027, 3, 14, 7, 0, tzinfo=UTC), "3:00"),
        (datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "1:30"),
        (datetime(2027, 11, 7, 6, 30, tzinfo=UTC), "1:30"),
    ],
)
def test_a_moment_on_the_days_when_the_clocks_change(utc, hour):
    assert f", {hour}{NB}a.m." in said(wording.moment, utc, "en")


def test_a_moment_needs_its_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        wording.moment("2016-03-24T18:30:00")


def test_number():
    assert said(wording.number, 1_234_567, "en") == "1,234,567"
    assert said(wording.number, Decimal("1234.5"), "fr") == f"1{NB}234,5"
    assert said(wording.number, 0, "en") == "0"
    assert said(wording.number, None, "en") == ""


@pytest.mark.parametrize("language", ["de", "en-gb"])
def test_any_other_language_is_written_as_canadian_english(language):
    assert said(wording.money, 123_456, language) == "$1,234.56"
    assert said(wording.day, "2016-03-24", language) == "March 24, 2016"


def isolated(figure):
    """As it stands in an Arabic sentence: nothing beside it turns its parts around."""
    return f"\u2066{figure}\u2069"


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_sums_and_figures_are_those_of_the_english_agreement(language):
    assert said(wording.money, -123_456, language) == "-$1,234.56"
    assert said(wording.whole_dollars, 500_000, language) == "$5,000"
    assert said(wording.percent, Decimal("0.067"), language) == "6.70%"
    assert said(wording.number, Decimal("1234.5"), language) == "1,234.5"
    assert said(wording.short_day, "2016-03-24", language) == "2016-03-24"


def test_an_arabic_sentence_does_not_turn_a_figure_around():
    assert said(wording.money, -123_456, "ar") == isolated("-$1,234.56")
    assert said(wording.whole_dollars, 500_000, "ar") == isolated("$5,000")
    assert said(wording.percent, Decimal("0.067"), "ar") == isolated("6.70%")
    assert said(wording.number, -1234, "ar") == isolated("-1,234")
    assert said(wording.short_day, "2016-03-24", "ar") == isolated("2016-03-24")
    assert said(wording.money, None, "ar") == ""


@pytest.mark.parametrize(
    ("language", "day", "afternoon", "morning"),
    [
        ("es", "24 de marzo de 2016", "24 de marzo de 2016, 2:30\u202fp.m.", "24 de marzo de 2016, 9:00\u202fa.m."),
        ("zh-hans", "2016年3月24日", "2016年3月24日 14:30", "2016年3月24日 09:00"),
    ],
)
def test_days_and_hours_in_the_further_languages(language, day, afternoon, morning):
    assert said(wording.day, "2016-03-24", language) == day
    assert said(wording.moment, datetime(2016, 3, 24, 18, 30, tzinfo=UTC), language) == afternoon
    assert said(wording.moment, datetime(2016, 3, 24, 13, 0, tzinfo=UTC), language) == morning


def test_an_arabic_day_stands_by_itself_beside_a_latin_name():
    assert said(wording.day, "2016-03-24", "ar") == "\u206724 مارس 2016\u2069"
    afternoon = said(wording.moment, datetime(2016, 3, 24, 18, 30, tzinfo=UTC), "ar")
    assert afternoon == f"\u2067\u206724 مارس 2016\u2069، 2:30{NB}م\u2069"
    assert said(wording.day, None, "ar") == ""


def test_templates_have_the_filters_without_asking():
    words = Template("{{ a|money }} {{ b|percent }} {{ c|day }} {{ c|short_day }} {{ d|number }} {{ gone|money }}")
    with override("en"):
        said = words.render(Context({"a": 1050, "b": Decimal("0.067"), "c": "2016-03-24", "d": 7}))
    assert said == "$10.50 6.70% March 24, 2016 2016-03-24 7 "

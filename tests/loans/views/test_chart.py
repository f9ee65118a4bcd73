"""The drawing of a chart: its places add up, on either side, at every size."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from loans.views.chart import CEILING, FLOOR, MOST_LINES, MOST_MARKS, bar_chart, round_step

BARS = st.lists(st.tuples(st.integers(0, 10**11), st.sampled_from([1, 2])), max_size=200)


def number(percent):
    whole, _, part = percent.removesuffix("%").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def test_a_small_chart_is_drawn_as_by_hand():
    chart = bar_chart([(100, 2), (50, 1)], say=str, marks=[(1, "half")])
    first, second = chart.bars
    assert (first.x, first.y, first.width, first.height, first.tone) == ("0%", "8%", "40%", "80%", 2)
    assert (second.x, second.y, second.width, second.height, second.tone) == ("50%", "48%", "40%", "40%", 1)
    assert [(line.words, line.at) for line in chart.lines] == [("50", "48%"), ("100", "8%")]
    assert [(mark.words, mark.at) for mark in chart.marks] == [("half", "50%")]
    assert (chart.edge, chart.floor) == ("100%", "88%")


def test_where_one_reads_leftwards_the_first_bar_stands_on_the_right():
    chart = bar_chart([(100, 2), (50, 1)], say=str, marks=[(1, "half")], leftwards=True)
    assert [bar.x for bar in chart.bars] == ["60%", "10%"]
    assert (chart.edge, chart.marks[0].at) == ("0%", "50%")


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (500_000, 200_000), (1_500_000, 500_000), (2_000_001, 1_000_000)]
)
def test_levels_are_round(highest, step):
    assert round_step(highest) == step


def test_nothing_to_draw_is_an_empty_drawing():
    chart = bar_chart([], say=str)
    assert (chart.bars, chart.marks) == ((), ())


def test_a_bar_is_never_below_zero():
    with pytest.raises(ValueError):
        bar_chart([(-1, 1)], say=str)


@given(BARS, st.booleans())
def test_every_bar_stands_on_the_floor_inside_the_drawing(bars, leftwards):
    marks = [(months, str(months)) for months in range(12, len(bars) + 1, 12)]
    chart = bar_chart(bars, say=str, marks=marks, leftwards=leftwards)
    assert [bar.tone for bar in chart.bars] == [tone for _, tone in bars]
    for bar in chart.bars:
        assert number(bar.y) + number(bar.height) == FLOOR
        assert number(bar.y) >= CEILING
        assert 0 <= number(bar.x) <= number(bar.x) + number(bar.width) <= 10_000
    assert len(chart.lines) <= MOST_LINES + 1
    assert len(chart.marks) <= MOST_MARKS
    heights = [number(bar.height) for bar in chart.bars]
    tallest = sorted(range(len(bars)), key=lambda place: bars[place][0])
    assert [heights[place] for place in tallest] == sorted(heights)


def test_the_part_has_a_name_and_a_text_and_no_style():
    chart = bar_chart([(100, 2), (50, 1)], say=str)
    drawn = render_to_string(
        "parts/chart.html", {"chart": chart, "name": "owed", "title": "Owed", "text": "Less & less"}
    )
    assert 'role="img" aria-labelledby="owed-title owed-text"' in drawn
    assert '<desc id="owed-text">Less &amp; less</desc>' in drawn
    assert "style" not in drawn
    assert drawn.count("<rect") == 2

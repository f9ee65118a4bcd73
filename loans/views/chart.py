"""The drawing of a bar chart: whole numbers in, places in it out. No words of its own, no colours, no floats.

Places are percentages of the drawing's sides, as text, so that it fills any width while its letters keep their size.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WHOLE = 10_000  # a side of the drawing, in hundredths of a percent
CEILING, FLOOR = 800, 8_800  # between them the bars; the marks stand below
MOST_LINES = 4
MOST_MARKS = 6


@dataclass(frozen=True)
class Bar:
    """One bar; `tone` says to which part of the story it belongs, from 1."""

    x: str
    y: str
    width: str
    height: str
    tone: int


@dataclass(frozen=True)
class Line:
    """A level across the drawing, or a mark along its floor, and what is written there."""

    at: str
    words: str


@dataclass(frozen=True)
class Chart:
    """What templates/parts/chart.html draws; `edge` is the side at which lines end: "0%" where one reads leftwards."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    marks: tuple[Line, ...]
    edge: str
    floor: str = f"{FLOOR // 100}%"


def bar_chart(
    bars: Sequence[tuple[int, int]],
    *,
    say: Callable[[int], str],
    marks: Sequence[tuple[int, str]] = (),
    leftwards: bool = False,
) -> Chart:
    """Bars of (value >= 0, tone) side by side, with levels that `say` writes, at round values up to the highest bar.

    `marks`: (how many bars stand before it, words); where there are many, every second or third is kept. `leftwards`:
    the first bar stands on the right, for those who read that way. Raises ValueError for a value below zero.
    """
    if any(value < 0 for value, _ in bars):
        raise ValueError("a bar cannot be below zero")
    highest = max((value for value, _ in bars), default=0)
    step = round_step(highest)
    top = max(1, -(-highest // step) * step)
    count = max(1, len(bars))

    def across(hundredths: int) -> str:
        return _percent(WHOLE - hundredths if leftwards else hundredths)

    def height(value: int) -> int:
        return value * (FLOOR - CEILING) // top

    def bar(place: int, value: int, tone: int) -> Bar:
        starts, slot = place * WHOLE // count, WHOLE // count
        width = slot * 4 // 5
        left = WHOLE - starts - width if leftwards else starts
        return Bar(_percent(left), _percent(FLOOR - height(value)), _percent(width), _percent(height(value)), tone)

    every = -(-len(marks) // MOST_MARKS) or 1
    return Chart(
        bars=tuple(bar(place, value, tone) for place, (value, tone) in enumerate(bars)),
        lines=tuple(Line(_percent(FLOOR - height(level)), say(level)) for level in range(step, top + 1, step)),
        marks=tuple(Line(across(before * WHOLE // count), words) for before, words in marks[every - 1 :: every]),
        edge=across(WHOLE),
    )


def round_step(highest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, … of which at most MOST_LINES reach up to `highest`."""
    power = 1
    while True:
        for leading in (1, 2, 5):
            if leading * power * MOST_LINES >= highest:
                return leading * power
        power *= 10


def _percent(hundredths: int) -> str:
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") + "%"

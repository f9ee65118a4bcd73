"""A figure: what is measured, how a run of it is prepared, and the median of its runs."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from loans.benchmark.office import Office
from loans.benchmark.reference import Reference

RUNS = 5


@dataclass(frozen=True)
class Sizes:
    """How much a run does. `loans`: so many stand in the books, a year old, and each gets one payment a run. `in_file`:
    the payments of one bank's file, each for a loan of its own.

    `few`, `many`, `most`: the facts of a loan, to show how work grows with them;
    `few_cases`, `many_cases`: the cases of an office, for the same.
    """

    schedules: int = 400  # a multiple of 20, so that every share of the mix is whole
    replays: int = 40
    lives: int = 4
    loans: int = 40
    in_file: int = 120
    few: int = 10
    many: int = 100
    most: int = 1000
    few_cases: int = 1_000
    many_cases: int = 10_000


QUICK = Sizes(schedules=20, replays=2, lives=1, loans=2, in_file=2, few=4, many=6, most=8, few_cases=10, many_cases=20)
LONG = Sizes(many_cases=100_000)


@dataclass(frozen=True)
class Scene:
    """What a figure is prepared from."""

    office: Office
    sizes: Sizes
    seed: int


Work = Callable[[], float]  # does one run, and says what it came to


@dataclass(frozen=True)
class Figure:
    """One figure. `what` may name sizes in braces; `prepare` does all that is not timed; `beside`: the reference loops
    that run before each of its runs, none for a count.
    """

    name: str
    unit: str
    what: str
    prepare: Callable[[Scene], Work]
    beside: tuple[Reference, ...]


@dataclass(frozen=True)
class Measured:
    """What the runs of a figure came to, and the reference loops between them by name, each in its own unit."""

    figure: Figure
    runs: tuple[float, ...]
    beside: dict[str, tuple[float, ...]]

    @property
    def median(self) -> float:
        """The figure."""
        return median(self.runs)

    @property
    def references(self) -> dict[str, float]:
        """What each reference loop came to in the same minutes."""
        return {name: median(runs) for name, runs in self.beside.items()}

    @property
    def ratios(self) -> dict[str, float]:
        """Figure ÷ reference: what may be compared between machines."""
        return {name: self.median / reference for name, reference in self.references.items()}


def measure(figure: Figure, scene: Scene) -> Measured:
    """Prepare, run once to warm up, then five times, the reference loops before each run."""
    work = figure.prepare(scene)
    work()
    runs: list[float] = []
    beside: dict[str, tuple[float, ...]] = {reference.name: () for reference in figure.beside}
    for _ in range(RUNS):
        for reference in figure.beside:
            beside[reference.name] += (reference.run(),)
        runs.append(work())
    return Measured(figure, tuple(runs), beside)


def a_second(act: Callable[[], object], count: int) -> float:
    """How many a second, when `act` does `count` of them."""
    began = perf_counter()
    act()
    return count / (perf_counter() - began)

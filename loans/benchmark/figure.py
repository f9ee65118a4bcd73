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
    """How much a run does. `loans`: so many stand in the books, a year old, and each gets one payment a run.

    `few`, `many`, `most`: the facts of a loan, to show how work grows with them.
    """

    schedules: int = 400  # a multiple of 20, so that every share of the mix is whole
    replays: int = 40
    lives: int = 4
    loans: int = 40
    few: int = 10
    many: int = 100
    most: int = 1000


QUICK = Sizes(schedules=20, replays=2, lives=1, loans=2, few=4, many=6, most=8)


@dataclass(frozen=True)
class Scene:
    """What a figure is prepared from."""

    office: Office
    sizes: Sizes
    seed: int


Work = Callable[[], float]  # does one run, and says what it came to


@dataclass(frozen=True)
class Figure:
    """One figure. `what` may name sizes in braces; `prepare` does all that is not timed; `beside` runs before each run.

    A count (queries) has nothing beside it.
    """

    name: str
    unit: str
    what: str
    prepare: Callable[[Scene], Work]
    beside: Reference | None


@dataclass(frozen=True)
class Measured:
    """What the runs of a figure came to, and the reference loop between them, both in their units."""

    figure: Figure
    runs: tuple[float, ...]
    references: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure."""
        return median(self.runs)

    @property
    def reference(self) -> float | None:
        """What the reference loop came to in the same minutes."""
        return median(self.references) if self.references else None

    @property
    def ratio(self) -> float | None:
        """Figure ÷ reference: what may be compared between machines."""
        return self.median / self.reference if self.reference else None


def measure(figure: Figure, scene: Scene) -> Measured:
    """Prepare, run once to warm up, then five times, the reference loop before each run."""
    work = figure.prepare(scene)
    work()
    runs, references = [], []
    for _ in range(RUNS):
        if figure.beside:
            references.append(figure.beside.run())
        runs.append(work())
    return Measured(figure, tuple(runs), tuple(references))


def a_second(act: Callable[[], object], count: int) -> float:
    """How many a second, when `act` does `count` of them."""
    began = perf_counter()
    act()
    return count / (perf_counter() - began)

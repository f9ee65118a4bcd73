"""The reference loops: work that never changes, so that a figure divided by it can be told of any machine."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from django.db import connection

STEPS = 10_000  # of a round of arithmetic
ROUNDS = 50
ROWS = 500
TABLE = "CREATE TABLE bench_reference (said varchar(40) NOT NULL)"
INSERT = "INSERT INTO bench_reference (said) VALUES ('one row')"


@dataclass(frozen=True)
class Reference:
    """A loop and what it counts; `run` says how many a second."""

    name: str
    unit: str
    what: str
    run: Callable[[], float]


def _rounds() -> float:
    began, state = perf_counter(), 1
    for _ in range(ROUNDS * STEPS):
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return ROUNDS / (perf_counter() - began)


def _commits() -> float:
    with connection.cursor() as cursor:
        began = perf_counter()
        for _ in range(ROWS):
            cursor.execute(INSERT)
    return ROWS / (perf_counter() - began)


ARITHMETIC = Reference("arithmetic", "rounds/s", f"{STEPS} steps of plain Python arithmetic a round", _rounds)
COMMITS = Reference("commits", "commits/s", "one row inserted and committed, on the same database", _commits)
REFERENCES = (ARITHMETIC, COMMITS)
PROCESSOR, DATABASE = (ARITHMETIC,), (ARITHMETIC, COMMITS)  # what a figure is told beside


def lay_out() -> None:
    """Make the table that the commits go to."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)

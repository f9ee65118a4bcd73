"""The payments of a plan told shortly: in runs of the same sum, or from the smallest to the largest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from loans.models import PlanRow

MOST_RUNS = 8  # that are told one by one; of more, the table of all payments tells


@dataclass(frozen=True)
class Run:
    """Payments of the same sum one after the other, the first by this business day; `cents` may be 0."""

    count: int
    cents: int
    first_on: date
    is_interest_only: bool


@dataclass(frozen=True)
class Span:
    """The payments of one phase: how many, and between which sums, in cents, they lie."""

    count: int
    least_cents: int
    most_cents: int

    @property
    def is_level(self) -> bool:
        """Whether all of them are the same sum."""
        return self.least_cents == self.most_cents


@dataclass(frozen=True)
class Phases:
    """What is paid month after month: during the studies (None: without any) and after them.

    `last_cents`: the last payment of all, where it is another sum than those that `after` tells of; else None. It
    counts among them all the same.
    """

    study: Span | None
    after: Span
    last_cents: int | None


def runs_of(rows: Iterable[PlanRow]) -> list[Run]:
    """The payments of a plan in runs of the same sum; none when there are too many of them."""
    found = []
    for (cents, only_interest), run in groupby(rows, lambda row: (row.total_cents, not row.principal_cents)):
        same = list(run)
        found.append(Run(len(same), cents, same[0].payable_by, only_interest))
    return found if len(found) <= MOST_RUNS else []


def phases_of(rows: Sequence[PlanRow], study_months: int) -> Phases:
    """The payments of a plan of which the first `study_months` are those of the studies; others follow."""
    study, after = ([row.total_cents for row in part] for part in (rows[:study_months], rows[study_months:]))
    last = after[-1]
    usual = after[:-1] or after  # the last one takes the rest
    span = Span(len(after), min(usual), max(usual))
    is_apart = not (span.is_level and last == span.least_cents)
    return Phases(Span(len(study), min(study), max(study)) if study else None, span, last if is_apart else None)

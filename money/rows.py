"""What each instalment asks and got, and how a new version of the plan asks for what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from money.facts import Part
from money.version import Version


@dataclass(slots=True)
class Row:
    """One instalment: what it asks and what was paid of it, by part. Interest is asked once it is booked.

    `planned`: the principal of the plan; `is_silent`: nothing falls due with it (grace, a pause).
    """

    number: int
    due_on: date
    planned: int
    is_silent: bool
    asked: dict[Part, int]
    paid: dict[Part, int] = field(default_factory=lambda: dict.fromkeys(Part, 0))
    last_paid_on: date | None = None

    def lacking(self, part: Part) -> int:
        """What of a part is asked and not paid, in cents."""
        return self.asked[part] - self.paid[part]

    @property
    def is_settled(self) -> bool:
        """Whether nothing that is asked is lacking."""
        return self.asked == self.paid

    def duplicate(self) -> "Row":
        """A row of its own with the same figures."""
        return Row(
            self.number,
            self.due_on,
            self.planned,
            self.is_silent,
            dict(self.asked),
            dict(self.paid),
            self.last_paid_on,
        )


def rows_of(version: Version, after: int = 0) -> list[Row]:
    """The rows of a version behind the first `after`: what the plan asks from the first day on.

    Interest is asked as it accrues, a fee when a fact says so.
    """
    return [
        Row(
            each.number,
            each.due_on,
            each.principal_cents,
            each.number in version.silent,
            {Part.FEES: 0, Part.INTEREST: 0, Part.PRINCIPAL: each.principal_cents},
        )
        for each in version.instalments[after:]
    ]


def carried_over(old: Sequence[Row], version: Version, day: date) -> list[Row]:
    """The rows of a version with as many asking rows as `old` (a changed rate, a pause), each with what befell it.

    What has fallen due by `day` stays. Of the others the n-th that asks is the n-th again: it asks for as much more or
    less principal as the plans differ by.
    """
    fallen_due = sum(1 for row in old if row.due_on <= day)
    rows = rows_of(version, fallen_due)
    before = [row for row in old[fallen_due:] if not row.is_silent]
    for row, was in zip((row for row in rows if not row.is_silent), before, strict=True):
        row.asked = was.asked | {Part.PRINCIPAL: was.asked[Part.PRINCIPAL] + row.planned - was.planned}
        row.paid, row.last_paid_on = dict(was.paid), was.last_paid_on
    _even_out(rows)
    return [*old[:fallen_due], *rows]


def spread_anew(old: Sequence[Row], version: Version, day: date) -> list[Row]:
    """The rows of a rescheduled version. What is lacking leaves the rows it stood in; overdue interest and fees are
    asked with the first new row that asks; what was paid ahead of its day is told with the last row before it.
    """
    fallen_due = sum(1 for row in old if row.due_on < day)
    kept, rows = list(old[:fallen_due]), rows_of(version, fallen_due)
    first = next(row for row in rows if not row.is_silent)
    for part in (Part.INTEREST, Part.FEES):
        first.asked[part] += sum(row.lacking(part) for row in old)
    home = kept[-1] if kept else first
    for row in old[fallen_due:]:
        for part, cents in row.paid.items():
            home.asked[part] += cents
            home.paid[part] += cents
            home.last_paid_on = row.last_paid_on if cents else home.last_paid_on
    for row in kept:
        row.asked = dict(row.paid)
    return [*kept, *rows]


def _even_out(rows: Sequence[Row]) -> None:
    """No row asks for less than it got: what was paid too much there is asked less of the last rows."""
    over = 0
    for row in rows:
        too_much = max(0, -row.lacking(Part.PRINCIPAL))
        row.asked[Part.PRINCIPAL] += too_much
        over += too_much
    for row in reversed(rows):
        less = min(over, row.lacking(Part.PRINCIPAL))
        row.asked[Part.PRINCIPAL] -= less
        over -= less

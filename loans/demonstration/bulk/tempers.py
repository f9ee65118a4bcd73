"""How people pay: a temper is one person's own and lasts, so that lateness clusters by borrower and by season."""

from dataclasses import dataclass

# A bad month makes slips likelier: after the holidays, and while work and child care are scarce in summer.
HARD_MONTHS = {1: 2.8, 2: 1.5, 7: 1.9, 8: 1.9, 12: 1.4}


@dataclass(frozen=True)
class Temper:
    """One way to pay: `slip` is the chance that a month goes wrong, `late` the days it is late then (from, to);
    `habit` the days between the due day and the payment in a usual month; `gap` the chance that a month is left out;
    `parts` the chance that a month is paid in two parts.
    """

    weight: int
    habit: tuple[int, ...]
    slip: float
    late: tuple[int, int]
    gap: float = 0.0
    parts: float = 0.0


PUNCTUAL = Temper(47, (0,), 0.012, (1, 6))
EARLY = Temper(17, (-4, -3, -2, -1, -1, 0), 0.008, (1, 5))
A_LITTLE_LATE = Temper(21, (0, 1, 2, 3, 3, 4, 5, 7), 0.10, (5, 16), parts=0.02)
IRREGULAR = Temper(11, (0, 2, 5, 8, 12), 0.22, (10, 35), gap=0.05, parts=0.12)
STRUGGLING = Temper(4, (3, 8, 14, 20), 0.35, (20, 50), gap=0.16, parts=0.20)
TEMPERS = (PUNCTUAL, EARLY, A_LITTLE_LATE, IRREGULAR, STRUGGLING)
GIVES_UP = {PUNCTUAL: 0.012, EARLY: 0.006, A_LITTLE_LATE: 0.04, IRREGULAR: 0.13, STRUGGLING: 0.30}
METHODS = (("transfer", 55), ("debit", 27), ("cheque", 13), ("cash", 5))
MAY_BOUNCE = ("debit", "cheque")


@dataclass(frozen=True)
class Habits:
    """What is this borrower's own. Instalments are numbered from 1; None: it never happens."""

    temper: Temper
    method: str
    gives_up_from: int | None  # pays nothing from this instalment on
    pays_off_at: int | None  # pays the whole rest with this one
    pays_ahead_at: int | None  # pays two or three at once
    bounces_at: int | None
    hard_times: range  # instalments nobody pays, and then works off

    def days_to_payment(self, month, chance):
        """How many days after the due day of a `month` this borrower means to pay; before it when below zero."""
        if chance.random() < self.temper.slip * HARD_MONTHS.get(month, 1):
            return chance.randint(*self.temper.late)
        return chance.choice(self.temper.habit)

    def leaves_out(self, number, month, chance):
        """Whether instalment `number`, due in `month`, is left out for now."""
        return number in self.hard_times or chance.random() < self.temper.gap * HARD_MONTHS.get(month, 1)

    def pays_in_parts(self, chance):
        """Whether this one comes in two parts."""
        return chance.random() < self.temper.parts


def habits_of(count, chance):
    """The habits of somebody who owes `count` instalments."""
    (temper,) = chance.choices(TEMPERS, [each.weight for each in TEMPERS])
    (method,) = chance.choices([name for name, _ in METHODS], [weight for _, weight in METHODS])
    hard = chance.randint(2, max(3, count - 6)) if chance.random() < 0.07 else 0
    return Habits(
        temper,
        method,
        chance.randint(2, max(3, count * 3 // 4)) if chance.random() < GIVES_UP[temper] else None,
        chance.randint(count // 4 + 1, count) if chance.random() < 0.14 else None,
        chance.randint(2, count) if chance.random() < 0.07 else None,
        chance.randint(2, count) if method in MAY_BOUNCE and chance.random() < 0.09 else None,
        range(hard, hard + chance.randint(2, 4)) if hard else range(0),
    )

"""One loan's life from the day its money left: what is paid on which day, and how it ends. The engine says how much."""

from dataclasses import dataclass
from datetime import date, timedelta

from loans.demonstration.bulk.account import Account
from loans.lifecycle.lending import early, planning
from money.calendar import add_months
from money.facts import Fact, FactKind

DAYS_TO_GIVE_UP = (190, 290)  # after the first payment that never came
DAYS_TO_AGREE = (2, 12)  # until a second person writes off what the first proposed
MOST_RECOVERIES = 8


@dataclass(frozen=True)
class Deed:
    """Something that was done on a day, by the name of its verb, with the fact it wrote down (if any)."""

    verb: str
    day: date
    fact: Fact | None = None
    detail: dict | None = None


class Life:
    """The life of `loan`, whose plan is `version`, kept as `rows`, in `office`; `live` fills `deeds`."""

    def __init__(self, loan, version, rows, habits, *, office, chance):
        self.loan, self.rows, self.habits, self.chance = loan, rows, habits, chance
        self.until, self.working_day = office.until, office.working_day
        self.account = Account(version)
        self.deeds = []
        self._received = self._valued = loan.advance_on
        self._behind = False  # whether what is asked may differ from the plan
        self._covered = 0  # the last instalment that is paid ahead

    def live(self):
        """From the first due day to the end, or to the day it is lived until."""
        for row in self.rows:
            if not row.total_cents or row.number <= self._covered:
                continue
            if self.habits.gives_up_from and row.number >= self.habits.gives_up_from:
                self._give_up(row)
                return
            if row is not self.rows[-1] and self.habits.leaves_out(row.number, row.due_on.month, self.chance):
                self._behind = True
                continue
            if not self._meet(row):
                return
        self._work_off()

    def _meet(self, row):
        """Pay what this instalment asks. False when the story ends here: all is paid, or the day has not come."""
        day = self._arrival(row)
        if day is None:
            return False
        valued = planning.value_date(self.loan, day)
        if row is self.rows[-1]:
            return self._meet_the_last(row, day, valued)
        if row.number == self.habits.pays_off_at:
            self._pay(day, self.account.owed(valued))
            return self._finish(day)
        asked = self._asked(row, valued)
        paid = self._offered(row, valued, asked)
        self._pay(day, paid)
        self._behind = paid < asked or valued > row.due_on
        if paid and row.number == self.habits.bounces_at:
            self._bounce(day, row)
        elif asked // 2 < paid < asked:
            self._pay_the_rest(row, day + timedelta(days=self.chance.randint(6, 20)))
        return True

    def _meet_the_last(self, row, day, valued):
        """Usually the end; who is far behind goes on paying, month by month."""
        as_planned = not self._behind and valued == row.due_on
        owed = row.total_cents if as_planned else self.account.owed(valued)
        if owed >= 2 * row.total_cents and self.chance.random() < 0.6:
            self._pay(day, row.total_cents)
            return True
        self._pay(day, owed)
        return self._finish(day)

    def _arrival(self, row):
        """The business day on which the money for an instalment comes in, or None when that is after today."""
        days = self.habits.days_to_payment(row.due_on.month, self.chance)
        return self._free_day((row.payable_by if days > 0 else row.due_on) + timedelta(days=days))

    def _free_day(self, wanted):
        """The first business day from `wanted` on whose value date lies after that of the payment before."""
        day = self.working_day(max(wanted, self._received + timedelta(days=1)))
        while planning.value_date(self.loan, day) <= self._valued:
            day = self.working_day(day, 1)
        return day if day <= self.until else None

    def _asked(self, row, day):
        """What the instalments up to this one still lack."""
        return self.account.lacking(row, day) if self._behind else row.total_cents

    def _offered(self, row, day, asked):
        """What is paid of it: usually all; some dues together when money is there, a part when it is short."""
        if row.number == self.habits.pays_ahead_at and not self._behind and day <= row.due_on:
            together = self.rows[row.number - 1 : min(row.number + self.chance.randint(1, 2), len(self.rows) - 1)]
            self._covered = together[-1].number
            return sum(each.total_cents for each in together)
        if asked > row.total_cents * 8 // 5 and self.chance.random() < 0.6:
            return min(asked, row.total_cents * 3 // 2 // 100 * 100)
        if self.habits.pays_in_parts(self.chance):
            return asked * self.chance.randint(52, 85) // 100
        return asked

    def _pay_the_rest(self, row, wanted):
        day = self._free_day(wanted)
        if day is not None:
            self._pay(day, self._asked(row, planning.value_date(self.loan, day)))

    def _pay(self, day, cents, verb="record_payment", kind=FactKind.PAYMENT):
        if not cents:
            return
        valued = planning.value_date(self.loan, day) if kind is FactKind.PAYMENT else day
        fact = self.account.take(kind, valued, cents)
        self._received, self._valued = day, valued
        self.deeds.append(Deed(verb, day, fact, {"cents": cents, "method": self.habits.method}))

    def _bounce(self, day, row):
        """The bank takes the last payment back; it is made again some days later."""
        payment = self.account.facts[-1]
        back = self.working_day(day, self.chance.randint(2, 5))
        if back > self.until:
            return
        fact = self.account.take(FactKind.REVERSAL, payment.on, payment.cents, reverses=payment.number)
        self.deeds.append(Deed("reverse_payment", back, fact, {"fact": payment.number}))
        self._received, self._behind, self._covered = back, True, 0
        again = self._free_day(back + timedelta(days=self.chance.randint(1, 9)))
        if again is not None:
            self._pay(again, self._asked(row, planning.value_date(self.loan, again)))

    def _finish(self, day):
        """All is paid; who paid it early gets a part of the fee back."""
        cents = early.part_of_fee(self.loan, [row.due_on for row in self.rows], self._valued)
        refund = self.account.take(FactKind.REFUND, day, cents) if cents else None
        self.deeds.append(Deed("finish", day, refund))
        return False

    def _work_off(self):
        """After the last due day: what is left comes in month by month."""
        usual = max(row.total_cents for row in self.rows)
        for months in range(1, 61):
            day = self._free_day(add_months(self.rows[-1].due_on, months))
            if day is None:
                return
            owed = self.account.owed(day)
            self._pay(day, min(owed, usual))
            if owed <= usual:
                self._finish(day)
                return

    def _give_up(self, row):
        """Nothing more comes. Months later one person proposes to write it off and another agrees; some still pays."""
        day = self.working_day(row.payable_by, self.chance.randint(*DAYS_TO_GIVE_UP))
        if day > self.until:
            return
        self.deeds.append(Deed("propose_write_off", day))
        day = self.working_day(day, self.chance.randint(*DAYS_TO_AGREE))
        if day > self.until:
            return
        left = self.account.owed(day)
        self.deeds.append(Deed("write_off", day, self.account.take(FactKind.WRITE_OFF, day, left)))
        for _ in range(self.chance.randint(1, MOST_RECOVERIES) if self.chance.random() < 0.5 else 0):
            day = self.working_day(day, self.chance.randint(25, 75))
            if day > self.until or not left:
                return
            cents = min(left, self.chance.randint(2, 16) * 1000)
            left -= cents
            self._pay(day, cents, "record_recovery", FactKind.RECOVERY)

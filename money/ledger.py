"""A loan's money while time runs: what is owed of each instalment, and the lines that follow from what happens."""

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from fractions import Fraction
from itertools import islice

from money.accounts import OWED_ON, WAIVED_AGAINST, Account
from money.amounts import Cents, round_cent
from money.calendar import shift
from money.facts import Ahead, Part
from money.interest import Period, period
from money.rows import Row, carried_over, spread_anew
from money.terms import FeePaid, GraceInterest
from money.version import Version

Line = tuple[date, Account, Account]


class Ledger:
    """Moved on from day to day by `move_to`; each other public method is one kind of fact, on the day reached.

    Within a period interest is kept exact; it is rounded and booked when the period closes. What needs it before (a
    pay-off, a prepayment, a waiver of interest, a write-off) books what has accrued, and the period's close only the
    rest, so that a period has one rounding. Interest is asked with the instalment that closes its period (of the grace
    phase or a pause: with the first one after it; after the last due day: with the last one) and bears no interest
    itself. A separate fee is asked with the next instalment that asks for anything.
    """

    def __init__(self, version: Version, order: Sequence[Part], rows: list[Row]) -> None:
        self.order, self.rows = order, rows
        self._follow(version)
        self.starts = self.day = self.accrued_to = version.terms.starts
        self.period = self.period_to(1, self.starts)
        self.exact = Fraction(0)  # interest of the open period
        self.booked = 0  # of it
        self.planned = sum(row.planned for row in self.rows)
        self.principal = self.on_balance = self.lent = self.credit = self.written_off = self.paid = 0
        self.owing = {Part.FEES: 0, Part.INTEREST: 0}
        self.oldest = 0  # index of the first row that may lack something
        self.lines: dict[Line, int] = {}

    def _follow(self, version: Version) -> None:
        self.version, self.terms = version, version.terms
        self.rates = version.terms.rates_before()

    def as_if(self) -> "Ledger":
        """A duplicate to try a fact on."""
        twin = copy(self)
        twin.rows = [row.duplicate() for row in self.rows]
        twin.owing, twin.lines = dict(self.owing), {}
        return twin

    def take_lines(self) -> list[tuple[Line, Cents]]:
        """What was posted since the last call, one line for each day and pair of accounts."""
        lines, self.lines = self.lines, {}
        return [(line, Cents(cents)) for line, cents in lines.items()]

    def move_to(self, day: date) -> None:
        """Let interest run up to a day (not before the one reached), closing each period that ends on the way."""
        while self.period.ends <= day:
            self._accrue_to(self.period.ends)
            self.day = self.period.ends
            self.book_interest()
            if self.period.number == self.version.grace_ends and self.terms.grace_interest is GraceInterest.ADDED:
                self._add_interest_to_principal()
            self._open_period(self.period.number + 1)
            self._use_credit()
        self._accrue_to(day)
        self.day = day

    def advance(self, cents: Cents) -> None:
        """Money went out to the borrower; the first may go before its agreed day."""
        if not self.lent and self.day < self.starts:
            self.starts = self.day
            self.period = self.period_to(1, self.day)
        self._post(Account.PRINCIPAL, Account.BANK, cents)
        self.lent += cents
        self._put_on_balance(cents)

    def fee(self, cents: Cents, paid: FeePaid) -> None:
        """A fee: kept back from the money sent, put on the balance, or due with the next instalment."""
        if paid is FeePaid.ADDED:
            self._post(Account.PRINCIPAL, Account.FEE_INCOME, cents)
            self._put_on_balance(cents)
            return
        self._post(Account.FEES_RECEIVABLE, Account.FEE_INCOME, cents)
        if paid is FeePaid.DEDUCTED:
            self._post(Account.BANK, Account.FEES_RECEIVABLE, cents)
            return
        row = next((row for row in self.rows if row.due_on >= self.day and not row.is_silent), self.rows[-1])
        row.asked[Part.FEES] += cents
        self.owing[Part.FEES] += cents
        self.oldest = min(self.oldest, row.number - 1)
        self._use_credit()

    def waive(self, cents: int, part: Part) -> None:
        """So much of a part is forgiven, the oldest instalment first; what is not owed cannot be."""
        if part is Part.INTEREST:
            self.book_interest()
        self._forgive(cents, part, WAIVED_AGAINST[part])
        self._use_credit()

    def receive(self, cents: Cents, ahead: Ahead) -> None:
        """A payment: dues first, oldest instalment first; the rest closes the loan if it can, else goes ahead.

        What is not needed on the books makes good what was written off before it goes ahead.
        """
        self.paid += cents
        if self.day > self.rows[-1].due_on:
            self.book_interest()
        rest = self._pay_dues(Account.BANK, cents)
        if self.credit + rest >= self.closing_cents:
            rest = self._close(rest)
        rest = self._recover(rest)
        if rest and ahead is Ahead.PRINCIPAL:
            rest = self._prepay(rest)
        self._post(Account.BANK, Account.CREDIT, rest)
        self.credit += rest

    def give_back(self, cents: Cents) -> None:
        """So much of a fee is given back: it is the borrower's credit, and goes to what is due, if anything is."""
        self._post(Account.FEE_INCOME, Account.CREDIT, cents)
        self.credit += cents
        self._use_credit()

    def write_off(self) -> None:
        """All that is owed is given up, after the borrower's credit was put to it."""
        self.book_interest()
        self.credit = self._pay_rows(Account.CREDIT, self.credit)
        for part in self.order:
            self.written_off += self._forgive(self.closing_cents, part, Account.LOSS)

    def change(self, version: Version) -> None:
        """A changed rate or a pause: the instalments to come are those of another version of the plan."""
        self.rows = carried_over(self.rows, version, self.day)
        self._follow(version)
        self.planned = sum(row.planned for row in self.rows[len(version.kept) :])
        self._use_credit()

    def reschedule(self, version: Version, agreed_cents: int) -> None:
        """All that is owed is spread anew; the open period ends. `agreed_cents`: the principal the plan counts on."""
        self.book_interest()
        self.rows = spread_anew(self.rows, version, self.day)
        self._follow(version)
        self.oldest = len(version.kept)
        self.rows[-1].asked[Part.PRINCIPAL] += max(0, self.principal - agreed_cents)
        self.planned = sum(row.planned for row in self.rows[self.oldest :])
        self.on_balance = min(self.principal, agreed_cents)
        self._open_period(self.oldest + 1)
        self._use_credit()

    def book_interest(self) -> None:
        """Book the open period's interest up to the day reached, less what of it is booked."""
        cents = self.accrued_cents
        self._post(Account.INTEREST_RECEIVABLE, Account.INTEREST_INCOME, cents)
        self.row_of(self.period.number).asked[Part.INTEREST] += cents
        self.owing[Part.INTEREST] += cents
        self.booked += cents

    @property
    def accrued_cents(self) -> int:
        """The open period's interest that is not booked, rounded as the whole period is."""
        return round_cent(self.exact, self.terms.rounding) - self.booked

    @property
    def closing_cents(self) -> int:
        """All that must be paid to close on the day reached, credit not counted."""
        return self.principal + self.owing[Part.INTEREST] + self.owing[Part.FEES] + self.accrued_cents

    def row_of(self, number: int) -> Row:
        """The instalment with which the interest of a period is due."""
        return next((row for row in self.rows[number - 1 :] if not row.is_silent), self.rows[-1])

    def period_to(self, number: int, start: date) -> Period:
        """The period that begins on `start` and ends with instalment `number`, or as far beyond the last one."""
        if number <= len(self.rows):
            end = self.rows[number - 1].due_on
        else:  # counted from the first due day, like the others
            end = shift(self.terms.first_due, self.terms.frequency, number - len(self.version.kept) - 1)
        return period(number, start, end, self.terms.frequency, self.terms.day_count)

    def periods_to_come(self) -> Iterator[Period]:
        """The open period and those after it, to the last instalment."""
        each = self.period
        while each.number <= len(self.rows):
            yield each
            each = self.period_to(each.number + 1, each.ends)

    def _open_period(self, number: int) -> None:
        self.period = self.period_to(number, self.day)
        self.exact, self.booked = Fraction(0), 0

    def _accrue_to(self, day: date) -> None:
        start = max(self.accrued_to, self.period.starts)
        if self.principal and start < day:
            grown = self.principal * self.rates.interest_share(self.period, start, day)
            self.exact = self.exact + grown if self.exact else grown
        self.accrued_to = day

    def _post(self, debit: Account, credit: Account, cents: int) -> None:
        if cents:
            line = (self.day, debit, credit)
            self.lines[line] = self.lines.get(line, 0) + cents

    def _put_on_balance(self, cents: int) -> None:
        """More principal; what the plan does not know of is asked with the last instalment."""
        beyond = max(self.on_balance, self.planned)
        self.on_balance += cents
        self.principal += cents
        self.rows[-1].asked[Part.PRINCIPAL] += max(0, self.on_balance - beyond)

    def _add_interest_to_principal(self) -> None:
        """The grace phase is over: what it bore and nobody paid joins the principal."""
        row = self.row_of(self.period.number)
        cents = row.lacking(Part.INTEREST)
        self._post(Account.PRINCIPAL, Account.INTEREST_RECEIVABLE, cents)
        row.asked[Part.INTEREST] -= cents
        self.owing[Part.INTEREST] -= cents
        self._put_on_balance(cents)

    def _pay(self, row: Row, part: Part, cents: int, source: Account) -> int:
        """Pay at most so much of a part of an instalment; return what it took."""
        taken = min(cents, row.asked[part] - row.paid[part])
        if part is Part.PRINCIPAL:
            taken = min(taken, self.principal)
        if not taken:
            return 0
        if part is Part.PRINCIPAL:
            self.principal -= taken
        else:
            self.owing[part] -= taken
        row.paid[part] += taken
        row.last_paid_on = self.day
        self._post(source, OWED_ON[part], taken)
        return taken

    def _pay_dues(self, source: Account, money: int) -> int:
        """Pay what has fallen due; return the rest."""
        for row in islice(self.rows, self.oldest, None):
            if not money or row.due_on > self.day:
                break
            for part in self.order:
                money -= self._pay(row, part, money, source)
            if row.number == self.oldest + 1 < len(self.rows) and row.is_settled:
                self.oldest += 1
        return money

    def _pay_rows(self, source: Account, money: int) -> int:
        """Pay every instalment, due or not; return the rest."""
        for row in self.rows:
            if not money:
                break
            for part in self.order:
                money -= self._pay(row, part, money, source)
        return money

    def _use_credit(self) -> None:
        """What was paid ahead goes to what has fallen due."""
        self.credit = self._pay_dues(Account.CREDIT, self.credit)
        if self.credit and self.credit >= self.closing_cents:
            self._close(0)

    def _close(self, money: int) -> int:
        """Credit and money suffice to pay everything; return what is left of the money."""
        self.book_interest()
        self.credit = self._pay_rows(Account.CREDIT, self.credit)
        return self._pay_rows(Account.BANK, money)

    def _prepay(self, money: int) -> int:
        """Interest to the day first (SOR/2001-104, s. 3), then principal of the last instalments: it ends sooner."""
        self.book_interest()
        for row in self.rows:
            money -= self._pay(row, Part.INTEREST, money, Account.BANK)
        for row in reversed(self.rows):
            money -= self._pay(row, Part.PRINCIPAL, money, Account.BANK)
        return money

    def _forgive(self, cents: int, part: Part, against: Account) -> int:
        """Ask so much less of a part, the oldest instalment first; return how much it was."""
        left = cents
        for row in self.rows:
            taken = min(left, row.lacking(part))
            if part is Part.PRINCIPAL:
                taken = min(taken, self.principal)
                self.principal -= taken
            else:
                self.owing[part] -= taken
            row.asked[part] -= taken
            self._post(against, OWED_ON[part], taken)
            left -= taken
        return cents - left

    def _recover(self, money: int) -> int:
        """Make good what was written off; return the rest."""
        taken = min(money, self.written_off)
        self._post(Account.BANK, Account.RECOVERED, taken)
        self.written_off -= taken
        return money - taken

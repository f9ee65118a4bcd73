"""The accounts of a loan's book, and its lines: each names both its sides, so nothing can be out of balance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from money.amounts import Cents
from money.facts import Part


class Account(StrEnum):
    """Where a loan's money stands."""

    BANK = "bank"
    PRINCIPAL = "principal"  # lent and not paid back
    INTEREST_RECEIVABLE = "interest_receivable"  # booked and not paid
    FEES_RECEIVABLE = "fees_receivable"
    INTEREST_INCOME = "interest_income"
    FEE_INCOME = "fee_income"
    CREDIT = "credit"  # paid ahead: the borrower's money
    LOSS = "loss"  # written off, or principal waived
    RECOVERED = "recovered"  # came in after the write-off


OWED_ON = {
    Part.FEES: Account.FEES_RECEIVABLE,
    Part.INTEREST: Account.INTEREST_RECEIVABLE,
    Part.PRINCIPAL: Account.PRINCIPAL,
}
WAIVED_AGAINST = {
    Part.FEES: Account.FEE_INCOME,
    Part.INTEREST: Account.INTEREST_INCOME,
    Part.PRINCIPAL: Account.LOSS,
}


@dataclass(frozen=True)
class Entry:
    """One line: so many cents (> 0) to `debit`, from `credit`, on a day; `fact` is the number that brought it about."""

    fact: int
    on: date
    debit: Account
    credit: Account
    cents: Cents

    def __post_init__(self) -> None:
        if self.cents <= 0 or self.debit is self.credit:
            raise ValueError(f"an entry moves money from one account to another: {self}")

    def mirrored(self, fact: int, on: date) -> "Entry":
        """The line that takes this one back."""
        return Entry(fact, on, self.credit, self.debit, self.cents)


def balances(entries: Iterable[Entry]) -> dict[Account, Cents]:
    """Debits less credits of each account that moved."""
    sums: Counter[Account] = Counter()
    for entry in entries:
        sums[entry.debit] += entry.cents
        sums[entry.credit] -= entry.cents
    return {account: Cents(cents) for account, cents in sums.items()}

"""The books seen from another day: as of a value date, as booked by a day, as known at a moment. One query each."""

from collections import defaultdict

from django.db import models
from django.db.models import Case, F, Q, Sum, When

from money.accounts import OWED_ON, Account


class FactQuerySet(models.QuerySet):
    def as_known(self, moment):
        """The facts that had been recorded by a moment."""
        return self.filter(recorded_at__lte=moment)


class EntryQuerySet(models.QuerySet):
    """Entries reach to the value date of their loan's last fact: what time brings about is written with the next one.

    So for each day up to that date, the entries as of it and as known at a moment are, net by day and pair of accounts,
    those lines of the replay of the facts known at that moment (`books.book_of(loan, known_at=…)`).
    """

    def as_of(self, day):
        """Those with a value date up to a day."""
        return self.filter(on__lte=day)

    def booked_through(self, day):
        """Those booked up to a day: of a closed month they stay the same for ever."""
        return self.filter(booked_on__lte=day)

    def as_known(self, moment):
        """Those that had been recorded by a moment."""
        return self.filter(recorded_at__lte=moment)

    def turnover(self):
        """Debits and credits of each account that moved, in cents."""
        sums = defaultdict(lambda: [0, 0])
        for debit, credit, cents in self._pairs().values_list("debit", "credit", "total"):
            sums[Account(debit)][0] += cents
            sums[Account(credit)][1] += cents
        return {account: (debits, credits) for account, (debits, credits) in sums.items()}

    def balances(self):
        """Debits less credits of each account that moved, in cents."""
        return {account: debits - credits for account, (debits, credits) in self.turnover().items()}

    def balances_by_fund(self):
        """`balances` of each fund that moved, by its primary key."""
        sums = defaultdict(lambda: defaultdict(int))
        for fund, debit, credit, cents in self._pairs("fund").values_list("fund", "debit", "credit", "total"):
            sums[fund][Account(debit)] += cents
            sums[fund][Account(credit)] -= cents
        return {fund: dict(balances) for fund, balances in sums.items()}

    def principal_by_loan(self):
        """The principal, in cents, of each loan that owes something, by the loan's primary key."""
        rows = self.order_by().values("loan").annotate(principal=_balance(Account.PRINCIPAL))
        owing = rows.annotate(owed=_balance(*OWED_ON.values())).filter(owed__gt=0)
        return dict(owing.values_list("loan", "principal"))

    def _pairs(self, *by):
        return self.order_by().values(*by, "debit", "credit").annotate(total=Sum("cents"))


def _balance(*accounts):
    """Debits less credits of some accounts taken together."""
    names = [account.value for account in accounts]
    return Sum(
        Case(
            When(Q(debit__in=names) & ~Q(credit__in=names), then=F("cents")),
            When(Q(credit__in=names) & ~Q(debit__in=names), then=-F("cents")),
            default=0,
            output_field=models.BigIntegerField(),
        )
    )

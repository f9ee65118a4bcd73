"""The trial balance: each account's opening balance, debits, credits and closing balance, by the day of booking."""

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Role
from loans.models import Entry, Fund
from money.accounts import Account
from reports.base import Filter, Link, Report, Sum

NAMES = {
    Account.BANK: gettext_lazy("Bank"),
    Account.PRINCIPAL: gettext_lazy("Principal lent"),
    Account.INTEREST_RECEIVABLE: gettext_lazy("Interest receivable"),
    Account.FEES_RECEIVABLE: gettext_lazy("Fees receivable"),
    Account.CREDIT: gettext_lazy("Paid ahead by borrowers"),
    Account.INTEREST_INCOME: gettext_lazy("Interest income"),
    Account.FEE_INCOME: gettext_lazy("Fee income"),
    Account.RECOVERED: gettext_lazy("Recovered after write-off"),
    Account.LOSS: gettext_lazy("Loan losses"),
}


class TrialBalance(Report):
    """What a bookkeeper asks for at a month's end; of closed months it stays the same for ever."""

    slug = "trial-balance"
    title = gettext_lazy("Trial balance")
    summary = gettext_lazy(
        "Every account of the books between two days, by the day of booking. Balances are debits less credits."
    )
    audience = frozenset((Role.MANAGER, Role.FINANCE, Role.AUDITOR))
    columns = {
        "account": gettext_lazy("Account"),
        "opening": gettext_lazy("Opening balance"),
        "debits": gettext_lazy("Debits"),
        "credits": gettext_lazy("Credits"),
        "closing": gettext_lazy("Closing balance"),
    }

    @property
    def see_also(self):
        """Where months are closed."""
        return Link(gettext_lazy("Closings"), reverse("closings"))

    @property
    def filters(self):
        """The funds, which are rows."""
        name = "name_fr" if (get_language() or "").startswith("fr") else "name_en"
        return {"fund": Filter(gettext_lazy("Fund"), dict(Fund.objects.order_by("code").values_list("code", name)))}

    def rows(self, period):
        """Every account, then their sums: debits equal credits, and balances come to nothing."""
        entries = Entry.objects.filter(fund__code=period.chosen["fund"]) if "fund" in period.chosen else Entry.objects
        before = entries.filter(booked_on__lt=period.first).balances()
        moved = entries.booked_through(period.last).filter(booked_on__gte=period.first).turnover()
        lines = [(name, before.get(account, 0), *moved.get(account, (0, 0))) for account, name in NAMES.items()]
        total = (_("Total"), *(sum(column) for column in list(zip(*lines, strict=True))[1:]))
        return [_row(*line) for line in (*lines, total)]


def _row(name, opening, debits, credits):
    return {
        "account": name,
        "opening": Sum(opening),
        "debits": Sum(debits),
        "credits": Sum(credits),
        "closing": Sum(opening + debits - credits),
    }

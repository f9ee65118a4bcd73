"""The account of a loan: each thing that happened to its money, in order, with what it did."""

from django.utils.translation import gettext as _

from loans.lifecycle.repayment import MONEY_IN
from money.book import Account, FactKind

KINDS = {
    FactKind.ADVANCE: lambda: _("Money sent"),
    FactKind.PAYMENT: lambda: _("Payment"),
    FactKind.FEE: lambda: _("Fee"),
    FactKind.WAIVER: lambda: _("Waived"),
    FactKind.RATE_CHANGE: lambda: _("Interest rate changed"),
    FactKind.PAUSE: lambda: _("Payments paused"),
    FactKind.RESCHEDULE: lambda: _("New payment plan"),
    FactKind.REVERSAL: lambda: _("Payment reversed"),
    FactKind.WRITE_OFF: lambda: _("Written off"),
    FactKind.RECOVERY: lambda: _("Recovered"),
}
SHARES = {
    Account.INTEREST_RECEIVABLE: "interest_cents",
    Account.PRINCIPAL: "principal_cents",
    Account.CREDIT: "ahead_cents",
}


def lines_of(loan, book):
    """One line a fact, newest first: what, when, how much; for a payment how `book` shares it."""
    facts = loan.facts.select_related("event__by", "receipt", "reverses", "reversed_by").order_by("-number")
    return [
        {
            "fact": fact,
            "what": KINDS[FactKind(fact.kind)](),
            "is_payment": fact.kind == FactKind.PAYMENT,
            "is_money_in": fact.kind in MONEY_IN,
            "is_reversed": hasattr(fact, "reversed_by"),
            "received_on": fact.detail.get("received_on", ""),
            "payer": fact.receipt.payer if hasattr(fact, "receipt") else "",
            **_shares(fact, book),
        }
        for fact in facts
    ]


def _shares(fact, book):
    if fact.kind != FactKind.PAYMENT:
        return {}
    found = dict.fromkeys(SHARES.values(), 0)
    for entry in book.entries:
        if entry.fact == fact.number and entry.debit == Account.BANK and entry.credit in SHARES:
            found[SHARES[entry.credit]] += entry.cents
    return found

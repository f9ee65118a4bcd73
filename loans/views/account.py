"""The account of a loan: each thing that happened to its money, in order, with what it did."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.wording import percent
from loans.lifecycle.lending.repayment import MONEY_IN
from money.book import Account, FactKind, Part

KINDS = {
    FactKind.ADVANCE: lambda: _("Money sent"),
    FactKind.PAYMENT: lambda: _("Payment"),
    FactKind.FEE: lambda: _("Fee"),
    FactKind.RESCHEDULE: lambda: _("New payment plan"),
    FactKind.WRITE_OFF: lambda: _("Written off"),
    FactKind.RECOVERY: lambda: _("Recovered"),
    FactKind.REFUND: lambda: _("Part of the fee given back"),
}
REVERSALS = {
    FactKind.ADVANCE: lambda: _("Money came back"),
    FactKind.PAYMENT: lambda: _("Payment reversed"),
    FactKind.RECOVERY: lambda: _("Recovery reversed"),
    FactKind.FEE: lambda: _("Fee taken back"),
    FactKind.WRITE_OFF: lambda: _("Write-off reversed"),
    FactKind.REFUND: lambda: _("Fee owed again in full"),
}
PARTS = {
    Part.FEES: lambda: _("Waived: fees"),
    Part.INTEREST: lambda: _("Waived: interest"),
    Part.PRINCIPAL: lambda: _("Waived: principal"),
}
PLAN_CHANGES = frozenset((FactKind.RATE_CHANGE, FactKind.PAUSE, FactKind.RESCHEDULE))  # no money moves
SHARES = {
    Account.INTEREST_RECEIVABLE: "interest_cents",
    Account.PRINCIPAL: "principal_cents",
    Account.CREDIT: "ahead_cents",
}
WITH_FACTS = ("event__by", "receipt", "reverses", "reversed_by")  # what a line of `lines_of` tells of a fact


def lines_of(loan, book):
    """One line a fact, newest first: what, when, how much; for a payment how `book` shares it."""
    known = "facts" in getattr(loan, "_prefetched_objects_cache", {})
    facts = loan.facts.all() if known else loan.facts.select_related(*WITH_FACTS)
    facts = sorted(facts, key=lambda fact: -fact.number)
    return [
        {
            "fact": fact,
            "what": what_happened(fact),
            "moves_money": fact.kind not in PLAN_CHANGES,
            "is_payment": fact.kind == FactKind.PAYMENT,
            "is_money_in": fact.kind in MONEY_IN,
            "is_reversed": hasattr(fact, "reversed_by"),
            "received_on": fact.detail.get("received_on", ""),
            "payer": fact.receipt.payer if hasattr(fact, "receipt") else "",
            **_shares(fact, book),
        }
        for fact in facts
    ]


def what_happened(fact):
    """A fact in a few words, in the reader's language."""
    match FactKind(fact.kind):
        case FactKind.REVERSAL:
            return REVERSALS[FactKind(fact.reverses.kind)]()
        case FactKind.WAIVER:
            return PARTS[Part(fact.detail["part"])]()
        case FactKind.FEE if "returned" in fact.detail:
            return _("Bank charge for a returned payment")
        case FactKind.RATE_CHANGE:
            return _("Interest rate changed to %(rate)s") % {"rate": percent(Decimal(fact.detail["annual_rate"]))}
        case FactKind.PAUSE:
            count = fact.detail["instalments"]
            return ngettext("%(count)s payment paused", "%(count)s payments paused", count) % {"count": count}
        case kind:
            return KINDS[kind]()


def _shares(fact, book):
    if fact.kind != FactKind.PAYMENT:
        return {}
    found = dict.fromkeys(SHARES.values(), 0)
    for entry in book.entries:
        if entry.fact == fact.number and entry.debit == Account.BANK and entry.credit in SHARES:
            found[SHARES[entry.credit]] += entry.cents
    return found

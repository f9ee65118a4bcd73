"""The page of one loan: its terms, its plan, its account, and what the reader may do with it now."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from config import clock
from loans.fields import Field
from loans.lifecycle import books
from loans.lifecycle.contract import contract_facts
from loans.models import Application, Loan
from loans.views.account import lines_of
from loans.views.money_fields import METHODS, PAYMENT, today_as_typed
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet
from loans.views.write_off_deeds import write_off_deeds
from money.arrears import days_late

TONES = {
    Loan.State.OFFERED: "wait",
    Loan.State.SIGNED: "wait",
    Loan.State.ACTIVE: "info",
    Loan.State.REPAID: "good",
    Loan.State.WRITTEN_OFF: "bad",
}
PLAN_REASONS = {
    "offer": gettext_lazy("Made with the offer"),
    "advance_sent": gettext_lazy("Made again when the money was sent"),
}
SENDING = (Field("on", "date", gettext_lazy("Day the money left the bank")),)
REVERSAL = (Field("note", "longtext", gettext_lazy("Why is it reversed?"), max_length=2000),)
CANCELLATION = (Field("note", "longtext", gettext_lazy("Why is the loan cancelled?"), max_length=2000),)


def sees_payers(user):
    """Whether the names of payers and the agreement are shown: not to somebody who only audits."""
    return bool(user.roles & {Role.OFFICER, Role.MANAGER, Role.FINANCE})


def show_loan(request, loan, tried=None, reversing=None):
    """The page. `tried` is {key of a deed: its Sheet}, to be shown again; `reversing` a payment about to be."""
    today = clock.today()
    book = books.book_of(loan, until=max(today, loan.advance_on)) if hasattr(loan, "position") else None
    facts = contract_facts(loan)
    rows = _plan_rows(facts["rows"], book, today)
    lines = _lines(loan, book, request.user) if book else []
    may = _moves(loan, request.user)
    deeds = _deeds(loan, request.user, may, tried or {}, reversing)
    context = {
        **facts,
        "book": book,
        "plan_rows": rows,
        "earlier_plans": _earlier_plans(loan, facts["plan"]),
        "plan_reason": PLAN_REASONS[facts["plan"].reason],
        "following": next((each for each in rows if each["state"] in ("late", "next")), None),
        "days_late": _days_late(loan, today),
        "lines": lines,
        "may_reverse": "reverse_payment" in may,
        "advances": list(loan.advances.all()),
        "signed": _signed(loan, facts["parties"]),
        "agreements": sorted(loan.agreements.all(), key=lambda made: made.language)
        if sees_payers(request.user)
        else [],
        "tone": TONES.get(loan.state, ""),
        "opens_case": Application.objects.open_to_staff(request.user).filter(pk=loan.application_id).exists(),
        "deeds": deeds,
        "errors": [line for deed in deeds for line in deed["summary"]],
    }
    return render(request, "loans/loan.html", context)


def _agreements(loan):
    return sorted(loan.agreements.all(), key=lambda made: made.language)


def _days_late(loan, today):
    position = getattr(loan, "position", None)
    return days_late(position.next_unpaid_on, today) if position and loan.state == Loan.State.ACTIVE else 0


def _plan_rows(rows, book, today):
    """Each instalment with its state: paid | late | next | to_come, and what it still lacks."""
    lacking = {row.number: row.lacking_cents for row in book.standings} if book else {}
    shown, following = [], True
    for row in rows:
        lacks = lacking.get(row.number, row.total_cents)
        state = "paid" if book and not lacks else "late" if book and row.payable_by < today else "to_come"
        if state == "to_come" and following and book:
            state, following = "next", False
        shown.append({"row": row, "lacking_cents": lacks, "state": state})
    return shown


def _signed(loan, parties):
    signatures = {signature.party_id: signature for signature in loan.signatures.all()}
    return [{"party": party, "signature": signatures.get(party.pk)} for party in parties]


def _earlier_plans(loan, plan_now):
    earlier = [plan for plan in reversed(loan.plans.all()) if plan != plan_now]
    return [{"plan": plan, "reason": PLAN_REASONS[plan.reason], "rows": plan.rows.all()} for plan in earlier]


def _lines(loan, book, reader):
    lines = lines_of(loan, book)
    for line in lines:
        line["method"] = METHODS.get(line["fact"].detail.get("method"), "")
        if line["payer"] and not sees_payers(reader):
            line["payer"] = _("Hidden")
    return lines


def _moves(row, user):
    return {move.name for move in row.get_available_user_state_transitions(user)}


def _deeds(loan, user, may, tried, reversing):
    """What the reader may do now, in order: the machines of the loan and its advances say what is open."""
    deeds = [deed for advance in loan.advances.all() for deed in _advance_deeds(loan, advance, user, tried)]
    if reversing is not None and "reverse_payment" in may:
        deeds.append(_reversal(loan, reversing, tried))
    if "record_payment" in may:
        deeds.append(_payment(loan, tried))
    deeds += write_off_deeds(loan, may, tried)
    if "cancel" in may:
        deeds.append(_cancellation(loan, tried))
    return deeds


def _advance_deeds(loan, advance, user, tried):
    advance.loan = loan
    may, which = _moves(advance, user), {"number": advance.number}
    if "release" in may:
        yield drawn(
            Sheet(()),
            key=f"release-{advance.number}",
            title=_("Release advance %(number)s") % which,
            button=_("Release the money"),
            action=reverse("advance_release", args=[loan.number, advance.number]),
        )
    if "send" in may:
        key = f"sending-{advance.number}"
        yield drawn(
            tried.get(key) or Sheet(SENDING, initial={"on": today_as_typed()}),
            key=key,
            title=_("Advance %(number)s was sent") % which,
            button=_("The money was sent"),
            action=reverse("advance_sending", args=[loan.number, advance.number]),
            is_open=key in tried,
        )


def _payment(loan, tried):
    return drawn(
        tried.get("payment") or Sheet(PAYMENT, initial={"on": today_as_typed()}),
        key="payment",
        title=_("Record a payment"),
        button=_("Record the payment"),
        action=reverse("payments", args=[loan.number]),
        is_open="payment" in tried,
    )


def _reversal(loan, fact, tried):
    return drawn(
        tried.get("reversal") or Sheet(REVERSAL),
        key="reversal",
        title=_("Reverse payment %(number)s") % {"number": fact.number},
        button=_("Reverse the payment"),
        action=reverse("payment_reversal", args=[loan.number, fact.number]),
        look="button-danger",
        is_open=True,
    )


def _cancellation(loan, tried):
    return drawn(
        tried.get("cancellation") or Sheet(CANCELLATION),
        key="cancellation",
        title=_("Cancel the loan"),
        button=_("Cancel the loan"),
        action=reverse("cancellation", args=[loan.number]),
        look="button-danger",
        is_open="cancellation" in tried,
    )

"""The page of one loan: its terms, its plan, its account, and what the reader may do with it now."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from config import clock
from loans import rules
from loans.fields import Field
from loans.lifecycle.contracts import cooling, paper_signing
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import bank_accounts, bank_gates, debits, planning
from loans.lifecycle.lending.held import waits
from loans.models import Advance, Loan
from loans.views.account import lines_of
from loans.views.loan.change_deeds import change_deeds, charge_deed, chargeable, return_deed
from loans.views.loan.loan_waits import waits_for
from loans.views.loan.money_fields import METHODS, PAYMENT, today_as_typed
from loans.views.loan.write_off_deeds import write_off_deeds
from loans.views.office_deeds import drawn, what_was_tried
from loans.views.sheets import Sheet
from money.arrears import days_late

GOING_OUT = (Advance.State.PLANNED, Advance.State.RELEASED)
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
    "rate_change": gettext_lazy("Made again when the interest rate changed"),
    "pause": gettext_lazy("Made again when payments were paused"),
    "reschedule": gettext_lazy("All that was owed was spread anew"),
    "reversal": gettext_lazy("Made again when a change was taken back"),
}
SENDING = (Field("on", "date", gettext_lazy("Day the money left the bank")),)
REVERSAL = (Field("note", "longtext", gettext_lazy("Why is it reversed?"), max_length=2000),)
CANCELLATION = (Field("note", "longtext", gettext_lazy("Why is the loan cancelled?"), max_length=2000),)


def sees_payers(user):
    """Whether the names of payers and the agreement are shown: not to somebody who only audits."""
    return bool(user.roles & {Role.OFFICER, Role.MANAGER, Role.FINANCE})


def show_loan(request, loan, tried=None, reversing=None, charging=None):
    """The page. `tried` is {key of a deed: its Sheet}, to be shown again; `reversing` a payment about to be; `charging`
    the number of a reversal for which the bank is about to be asked for.
    """
    today = clock.today()
    book = books.book_of(loan, until=max(today, loan.advance_on)) if hasattr(loan, "position") else None
    facts = contract_facts(loan)
    plan = planning.plan_in_force(loan)
    rows = plan_rows(plan, book, today)
    lines = _lines(loan, book, request.user) if book else []
    may = _moves(loan, request.user)
    happened = [line["fact"] for line in lines]
    advances = _advances(loan, facts["conditions"])
    deeds = _deeds(loan, request.user, may, tried or {}, reversing, advances)
    if "charge_return" in may:
        charged = chargeable(happened)
        lines = [{**line, "charge_for": charged.get(line["fact"].number)} for line in lines]
    deeds += _money_deeds(loan, book, request.user, may, happened, tried or {}, charging)
    context = {
        **facts,
        "book": book,
        "plan_now": plan,
        "plan_rows": rows,
        "earlier_plans": _earlier_plans(loan, plan),
        "plan_reason": PLAN_REASONS[plan.reason],
        "rate_now": book.version.rate_on(book.until) if book else loan.annual_rate,
        "following": next((each for each in rows if each["state"] in ("late", "next")), None),
        "days_late": _days_late(loan, today),
        "lines": lines,
        "may_reverse": "reverse_payment" in may,
        "advances": advances,
        "waits_for_money": (waits := any(each["advance"].state in GOING_OUT for each in advances)),
        "money_from": cooling.money_from(loan),
        "bank": bank_accounts.in_force(loan.application) if waits else None,
        "signed": _signed(loan, facts["parties"]),
        "agreements": sorted(loan.agreements.all(), key=lambda made: made.language)
        if sees_payers(request.user)
        else [],
        "papers": list(reversed(loan.papers.all())) if sees_payers(request.user) else [],
        "held": [debit for debit in debits.debits_of(loan, book) if debit.is_held] if book else [],
        "takes_paper": (takes_paper := _takes_paper(loan, request.user)),
        "papers_waiting": len(paper_signing.waiting(loan)) if takes_paper else 0,
        "tone": TONES.get(loan.state, ""),
        "opens_case": loan.opens_case,
        "deeds": deeds,
        "errors": what_was_tried(deeds, tried or {})["errors"],
    }
    return render(request, "loans/loan.html", context)


def _days_late(loan, today):
    position = getattr(loan, "position", None)
    return days_late(position.next_unpaid_on, today) if position and loan.state == Loan.State.ACTIVE else 0


def plan_rows(plan, book, today):
    """Each instalment of the plan with what it lacks and its state.

    A state is one of nothing_due, moved (a reschedule took over what it still asked), given_up (written off, in whole
    or in part), paid, late, rest (a held debit left it open, it comes with the next one), next, to_come.
    """
    standings = {row.number: row for row in book.standings} if book else {}
    kept = len(book.version.kept) if book else 0
    shown, following = [], True
    for row in plan.rows.all():
        standing = standings.get(row.number)
        lacks = standing.lacking_cents if standing else row.total_cents
        state = _settled(row, standing, kept, book) if standing and not lacks else _open(row, standing, lacks, today)
        if state == "late" and waits(plan.loan, standing) == lacks:
            state = "rest"
        if state == "to_come" and following and book:
            state, following = "next", False
        shown.append({"row": row, "lacking_cents": lacks, "state": state})
    return shown


def _settled(row, standing, kept, book):
    if standing.due_cents < row.total_cents:
        if row.number <= kept:
            return "moved"
        if book.written_off_cents:
            return "given_up"
    return "paid" if standing.due_cents else "nothing_due"


def _open(row, standing, lacks, today):
    if not row.total_cents and not lacks:
        return "nothing_due"
    return "late" if standing and row.payable_by < today else "to_come"


def _takes_paper(loan, reader):
    """Whether a signature on paper may be taken, or was: then there is a page of it."""
    was_taken = loan.state == Loan.State.OFFERED or any(
        signature.proof.get("way") == "on_paper" for signature in loan.signatures.all()
    )
    return was_taken and rules.may_take_paper(loan, reader)


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


def _advances(loan, conditions):
    """The advances of the loan, those on their way out with what each waits for, in words."""
    advances = list(loan.advances.all())
    going = [advance for advance in advances if advance.state in GOING_OUT]
    bank = bank_gates.waits_of([loan.application_id] if going else []).get(loan.application_id)
    return [
        {"advance": each, "waits_for": waits_for(each.number, conditions, bank) if each in going else []}
        for each in advances
    ]


def _moves(row, user):
    return {move.name for move in row.get_available_user_state_transitions(user)}


def _deeds(loan, user, may, tried, reversing, advances):
    """What the reader may do now, in order: the machines of the loan and its advances say what is open.

    Of an advance that waits for something no button is drawn.
    """
    free = [each["advance"] for each in advances if not each["waits_for"]]
    deeds = [deed for advance in free for deed in _advance_deeds(loan, advance, user, tried)]
    if reversing is not None and "reverse_payment" in may:
        deeds.append(_reversal(loan, reversing, tried))
    if "record_payment" in may:
        deeds.append(_payment(loan, tried))
    deeds += change_deeds(loan, may, tried)
    deeds += write_off_deeds(loan, may, tried)
    if "cancel" in may:
        deeds.append(_cancellation(loan, tried))
    return deeds


def _money_deeds(loan, book, user, may, happened, tried, charging):
    """What is rarely done, after all else: a returned payment's charge, an advance that came back."""
    if "charge_return" in may:
        deed = charge_deed(loan, happened, tried.get("charge_return"), charging)
        yield from [deed] if deed else []
    for advance in loan.advances.all():
        is_likely = (loan.state == Loan.State.ACTIVE and not book.paid_cents) or f"return-{advance.number}" in tried
        if is_likely and "take_back" in _moves(advance, user):
            yield return_deed(loan, advance, tried)


def _advance_deeds(loan, advance, user, tried):
    advance.loan = loan
    may, which = _moves(advance, user), {"number": advance.number}
    if "release" in may:
        key = f"release-{advance.number}"
        yield drawn(
            tried.get(key) or Sheet(()),
            key=key,
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

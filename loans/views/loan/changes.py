"""Changing a running loan, each deed a POST from its page; what changes the plan is first shown, then granted."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_fsm import can_proceed, has_transition_perm

from letters.wording import percent
from loans.lifecycle.lending import changes, charges, disbursement
from loans.lifecycle.lending.outlook import foreseen
from loans.lifecycle.refusal import Refused
from loans.views.deeds import UNPROCESSABLE, once_key_of
from loans.views.loan import loan_page as page
from loans.views.loan.change_deeds import CHANGES, DEEDS, RETURNED, ChangeSheet, charge_fields
from loans.views.loan.loan_desk import do_on_loan, loan_or_404, to_the_loan
from loans.views.sheets import Sheet
from money.book import Part

METHODS = ["GET", "HEAD", "POST"]
READ = {"annual_rate": Decimal, "first_due": date.fromisoformat, "part": Part}  # what a sheet leaves as text


def _deed(verb, act, done):
    """A view that does `verb` by `act`, which takes the answers of its sheet by their names, and says `done`."""

    @require_http_methods(METHODS)
    def view(request, number):
        found = loan_or_404(request, number)
        if request.method != "POST":
            return to_the_loan(found)
        sheet = ChangeSheet(DEEDS[verb][3], request.POST)
        if verb in CHANGES and _is_to_be_shown(request, getattr(found, verb), sheet):
            return _show(request, found, verb, sheet)
        key = once_key_of(request)
        return do_on_loan(
            request,
            found,
            getattr(found, verb),
            lambda: act(found, by=request.user, once_key=key, **_understood(sheet)),
            key=verb,
            sheet=sheet,
            done=done,
        )

    return view


def _understood(sheet):
    return {name: READ.get(name, lambda said: said)(said) for name, said in sheet.values.items()}


def _is_to_be_shown(request, move, sheet):
    """Whether somebody who may grant this has not seen yet what these very answers cost."""
    may = can_proceed(move) and has_transition_perm(move, request.user)
    return may and sheet.is_answered and request.POST.get("shown") != sheet.shown


def _show(request, found, verb, sheet):
    """The loan's page with the plan before and after the change; nothing is done."""
    try:
        sheet.comparison = foreseen(found, CHANGES[verb](found, sheet.values))
    except Refused as refused:
        sheet.refuse(refused)
    response = page.show_loan(request, found, {verb: sheet})
    response.status_code = UNPROCESSABLE if sheet.errors else response.status_code
    return response


pauses = _deed(
    "pause", changes.pause, gettext_lazy("The payments are paused. The borrower was told, with the new plan.")
)
rate = _deed(
    "lower_rate", changes.lower_rate, gettext_lazy("The rate is lowered. The borrower was told, with the new plan.")
)
reschedules = _deed("reschedule", changes.reschedule, gettext_lazy("The new plan is in force. The borrower was told."))
waivers = _deed("waive", charges.waive, gettext_lazy("Waived. The borrower was told."))


@require_http_methods(METHODS)
def return_charges(request, number):
    """What the bank charged for a payment that came back; a GET with ?reversal=N shows the loan with the question."""
    found = loan_or_404(request, number)
    if request.method != "POST":
        return page.show_loan(request, found, charging=request.GET.get("reversal", ""))
    facts = list(found.facts.select_related("reverses", "reversed_by"))
    sheet = Sheet(charge_fields(facts), request.POST)
    return do_on_loan(
        request,
        found,
        found.charge_return,
        lambda: _charge(request, found, sheet),
        key="charge_return",
        sheet=sheet,
        done=_("The charge is asked with the next payment. The borrower was told."),
    )


def _charge(request, found, sheet):
    """The charge; whoever asked for it is warned when the loan comes near what the law allows."""
    charged = charges.charge_return(
        found,
        by=request.user,
        reversal=found.facts.get(number=sheet.values["reversal"]),
        cents=sheet.values["cents"],
        once_key=once_key_of(request),
    )
    near = charges.near_the_limit(charged.loan)
    if near:
        words = _(
            "This loan costs %(apr)s a year, nearly as much as the Criminal Code allows (%(most)s). "
            "Please look at its fee and its length."
        )
        messages.warning(request, words % {"apr": percent(near.apr), "most": percent(near.most_apr)})
    return charged


@require_http_methods(METHODS)
def advance_return(request, number, count):
    """Money that was sent came back: it was never lent."""
    found = loan_or_404(request, number)
    advance = get_object_or_404(found.advances, number=count)
    advance.loan = found
    if request.method != "POST":
        return to_the_loan(found)
    sheet = Sheet(RETURNED, request.POST)
    return do_on_loan(
        request,
        found,
        advance.take_back,
        lambda: disbursement.take_back(
            advance, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)
        ),
        key=f"return-{count}",
        sheet=sheet,
        done=_("Taken back. The borrower was told, and the case is on the desk again if nothing else was sent."),
    )

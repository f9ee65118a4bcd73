"""Giving up on a loan, and what comes in afterwards: each deed a POST from the loan's page."""

from datetime import date

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loans.lifecycle.lending import write_off as giving_up
from loans.views.deeds import once_key_of
from loans.views.loan.loan_desk import do_on_loan, loan_or_404, to_the_loan
from loans.views.loan.write_off_deeds import DEEDS
from loans.views.sheets import Sheet


def _deed(verb):
    """A view that does `verb` from its sheet: `view(request, loan, sheet)` gives (act, what to say when done)."""

    def wrap(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        def guarded(request, number):
            found = loan_or_404(request, number)
            if request.method != "POST":
                return to_the_loan(found)
            sheet = Sheet(DEEDS[verb][3], request.POST)
            act, done = view(request, found, sheet)
            return do_on_loan(request, found, getattr(found, verb), act, key=verb, sheet=sheet, done=done)

        return guarded

    return wrap


def _with_note(verb, request, found, sheet):
    return lambda: verb(found, by=request.user, note=sheet.values["note"] or "", once_key=once_key_of(request))


@_deed("propose_write_off")
def proposal(request, found, sheet):
    """Propose to give up the rest."""
    return _with_note(giving_up.propose, request, found, sheet), _("Proposed. A manager decides.")


@_deed("drop_write_off")
def proposal_end(request, found, sheet):
    """Take the proposal back, or turn it down."""
    return _with_note(giving_up.drop, request, found, sheet), _("The proposal is ended. The loan runs on.")


@_deed("write_off")
def write_off(request, found, sheet):
    """A second person writes off."""
    return _with_note(giving_up.write_off, request, found, sheet), _("Written off. The borrower was told.")


@_deed("reinstate")
def reversal(request, found, sheet):
    """The write-off was entered in error."""
    return _with_note(giving_up.reinstate, request, found, sheet), _("The write-off is reversed. The loan runs on.")


@_deed("record_recovery")
def recoveries(request, found, sheet):
    """Money that came in after the write-off."""

    def act():
        said = sheet.values
        return giving_up.record_recovery(
            found,
            by=request.user,
            on=date.fromisoformat(said["on"]),
            cents=said["cents"],
            method=said["method"],
            payer=said["payer"],
            once_key=once_key_of(request),
        )

    return act, _("The recovery is recorded. The borrower got a receipt by e-mail.")

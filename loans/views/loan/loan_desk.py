"""The portfolio, and the deeds done on one loan: money out, money in, money taken back."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from config import clock
from loans.lifecycle.contracts import cooling, signing
from loans.lifecycle.lending import disbursement, repayment
from loans.lifecycle.refusal import Refused
from loans.models import Application, Loan, LoanPaper
from loans.views.deeds import once_key_of
from loans.views.loan import loan_page as page
from loans.views.loan.money_fields import MORE_THAN_OWED, PAYMENT
from loans.views.office_deeds import attempt_in_office
from loans.views.paper_files import file_response
from loans.views.sheets import Sheet
from money.arrears import days_late

PAGE = 50  # loans on one page
READERS = frozenset((Role.OFFICER, Role.MANAGER, Role.FINANCE, Role.AUDITOR))
FILTERS = {
    "to_send": (gettext_lazy("To send"), lambda today: Q(state=Loan.State.SIGNED)),
    "running": (gettext_lazy("Running"), lambda today: Q(state=Loan.State.ACTIVE)),
    "late": (gettext_lazy("Late"), lambda today: Q(state=Loan.State.ACTIVE, position__next_unpaid_on__lt=today)),
    "repaid": (gettext_lazy("Repaid"), lambda today: Q(state=Loan.State.REPAID)),
    "written_off": (gettext_lazy("Written off"), lambda today: Q(state=Loan.State.WRITTEN_OFF)),
    "all": (gettext_lazy("All"), lambda today: Q()),
}


@require_safe
def loans(request):
    """The loans, filtered by the address: ?show=…, ?q= in numbers and names, ?page=. The latest come first."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    today, words = clock.today(), request.GET.get("q", "").strip()[:100]
    known = Loan.objects.open_to_staff(request.user)
    counts = known.aggregate(**{key: Count("pk", filter=wanted(today)) for key, (label, wanted) in FILTERS.items()})
    show = _filter(request, words)
    found = known.filter(FILTERS[show][1](today)).select_related("position", "application__applicant__user")
    if words:
        found = found.filter(Q(number__icontains=words) | Q(application__applicant__full_name__icontains=words))
    sheet = Paginator(found.order_by("position__next_unpaid_on", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": sheet,
        "rows": [_row(loan, today) for loan in sheet],
        "filters": [
            {"key": key, "label": label, "count": counts[key], "chosen": key == show}
            for key, (label, wanted) in FILTERS.items()
        ],
        "show": show,
        "q": words,
    }
    return render(request, "loans/loans.html", context)


def _filter(request, words):
    """The filter in the address; everything for a search; else what finance has to do, or what runs."""
    wanted = request.GET.get("show", "")
    if wanted in FILTERS:
        return wanted
    if words:
        return "all"
    return "to_send" if Role.FINANCE in request.user.roles else "running"


def _row(loan, today):
    position = getattr(loan, "position", None)
    is_running = position is not None and loan.state == Loan.State.ACTIVE
    return {
        "loan": loan,
        "position": position,
        "days_late": days_late(position.next_unpaid_on, today) if is_running else 0,
        "tone": page.TONES.get(loan.state, ""),
        "money_from": cooling.money_from(loan) if loan.is_cooling else None,
    }


def loan_or_404(request, number):
    """The loan of this number, if the reader works with the portfolio; never their own.

    It knows whether they may open its case too (`opens_case`).
    """
    known = Loan.objects.open_to_staff(request.user).select_related(
        "application__product", "application__applicant__user", "application__reviewer", "fund", "position"
    )
    cases = Application.objects.open_to_staff(request.user)
    known = known.annotate(opens_case=Exists(cases.filter(pk=OuterRef("application_id"))))
    papers = Prefetch("papers", LoanPaper.objects.select_related("party__user"))
    signing_rows = ("application__parties", "signatures", "agreements", papers)
    known = known.prefetch_related("plans__rows", "advances", *signing_rows)
    return get_object_or_404(known, number=number)


@require_safe
def loan(request, number):
    """One loan."""
    return page.show_loan(request, loan_or_404(request, number))


@require_safe
def agreement(request, number, language):
    """The signed agreement as a PDF; not for those who see names masked. Nothing is made by looking."""
    found = loan_or_404(request, number)
    if not page.sees_payers(request.user):
        raise Http404
    return file_response(get_object_or_404(found.agreements.select_related("file"), language=language).file)


def do_on_loan(request, found, move, act, *, key, sheet, done, reversing=None):
    """Try a deed of the office on a loan; `key` names its sheet on the page."""
    return attempt_in_office(
        request,
        move,
        act,
        sheet=sheet,
        here=reverse("loan", args=[found.number]),
        done=done,
        show=lambda: page.show_loan(request, found, {key: sheet}, reversing),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request, number):
    """Call off a signed loan of which nothing was sent."""
    found = loan_or_404(request, number)
    if request.method != "POST":
        return to_the_loan(found)
    sheet = Sheet(page.CANCELLATION, request.POST)
    return do_on_loan(
        request,
        found,
        found.cancel,
        lambda: signing.cancel(found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        key="cancellation",
        sheet=sheet,
        done=_("The loan is cancelled. The case is back on the desk."),
    )


def to_the_loan(found):
    """Where a GET of a deed leads."""
    return HttpResponseRedirect(reverse("loan", args=[found.number]))


def _advance_or_404(found, count):
    advance = get_object_or_404(found.advances, number=count)
    advance.loan = found
    return advance


@require_http_methods(["GET", "HEAD", "POST"])
def release(request, number, count):
    """Let a planned advance go."""
    found = loan_or_404(request, number)
    advance = _advance_or_404(found, count)
    if request.method != "POST":
        return to_the_loan(found)
    return do_on_loan(
        request,
        found,
        advance.release,
        lambda: disbursement.release(advance, by=request.user, once_key=once_key_of(request)),
        key=f"release-{count}",
        sheet=Sheet((), request.POST),
        done=_("Released. Send the money, then write down the day it left."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sending(request, number, count):
    """The money left the bank."""
    found = loan_or_404(request, number)
    advance = _advance_or_404(found, count)
    if request.method != "POST":
        return to_the_loan(found)
    sheet = Sheet(page.SENDING, request.POST)
    return do_on_loan(
        request,
        found,
        advance.send,
        lambda: disbursement.send(advance, by=request.user, on=_day(sheet.values["on"]), once_key=once_key_of(request)),
        key=f"sending-{count}",
        sheet=sheet,
        done=_("Written down. The borrower was told by e-mail."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def payments(request, number):
    """Money that came in."""
    found = loan_or_404(request, number)
    if request.method != "POST":
        return to_the_loan(found)
    knows = "more_than_owed" in request.POST
    sheet = Sheet((*PAYMENT, MORE_THAN_OWED) if knows else PAYMENT, request.POST)
    return do_on_loan(
        request,
        found,
        found.record_payment,
        lambda: _record(request, found, sheet),
        key="payment",
        sheet=sheet,
        done=_("The payment is recorded. The borrower got a receipt by e-mail."),
    )


def _record(request, found, sheet):
    said = sheet.values
    try:
        return repayment.record_payment(
            found,
            by=request.user,
            on=_day(said["on"]),
            cents=said["cents"],
            method=said["method"],
            payer=said["payer"],
            more_than_owed=bool(said.get("more_than_owed")),
            once_key=once_key_of(request),
        )
    except Refused as refused:
        if refused.code == "more_than_owed":
            # Only now is the box offered by which the clerk says that the amount is right.
            sheet.asked, sheet.raws["more_than_owed"] = (*PAYMENT, MORE_THAN_OWED), ""
        raise


@require_http_methods(["GET", "HEAD", "POST"])
def reversal(request, number, count):
    """Take a payment back; a GET shows the loan with the question why."""
    found = loan_or_404(request, number)
    fact = get_object_or_404(found.facts.filter(kind__in=repayment.MONEY_IN), number=count)
    if request.method != "POST":
        return page.show_loan(request, found, reversing=fact)
    sheet = Sheet(page.REVERSAL, request.POST)
    return do_on_loan(
        request,
        found,
        found.reverse_payment,
        lambda: repayment.reverse_payment(
            found, by=request.user, fact=fact, note=sheet.values["note"], once_key=once_key_of(request)
        ),
        key="reversal",
        sheet=sheet,
        done=_("The payment is reversed. Everything after it was worked out again."),
        reversing=fact,
    )


def _day(text):
    return date.fromisoformat(text)

"""Saying no to an offer: the person who asked for the loan, or somebody who would sign with them."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from loans import rules
from loans.fields import Field
from loans.lifecycle.contracts import signing
from loans.models import Loan
from loans.offer_words import WHY_NOT
from loans.views.applicant.mine import mine_or_404
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.offer.offer import gone
from loans.views.sheets import Sheet

WHY = (
    Field("reason", "choice", gettext_lazy("Why do you say no?"), choices=tuple(WHY_NOT.items()), required=False),
    Field("note", "longtext", gettext_lazy("Do you want to tell us more?"), required=False, max_length=2000),
)


@require_http_methods(["GET", "POST"])
def refusal(request, reference):
    """Say no, after a page that says what this means."""
    case = mine_or_404(request, reference)
    loan = case.loans.order_by("-pk").first()
    if loan is None or (request.method == "GET" and loan.state != Loan.State.OFFERED):
        return gone(request, case)
    if request.method == "GET" and loan.signatures.filter(party__user=request.user).exists():
        return redirect("offer", case.reference)
    sheet, is_owner = Sheet.of(request, WHY), rules.is_owner(case, request.user)
    others = case.parties.exclude(user=request.user)

    def show():
        context = {
            "case": case,
            "sheet": sheet,
            "is_owner": is_owner,
            "others": others,
            "once_key": new_once_key(),
        }
        return render(request, "loans/offer_refusal.html", context)

    if request.method == "GET":
        return show()
    verb = signing.refuse if is_owner else signing.decline_to_sign
    said = {"reason": sheet.values.get("reason") or "", "note": sheet.values.get("note") or ""}
    return attempt(
        request,
        lambda: verb(loan, by=request.user, **said, once_key=once_key_of(request)),
        sheet=sheet,
        then=reverse("my_case", args=[case.reference]),
        done=_("You said no to this offer. Your loan officer will see it."),
        show=show,
    )

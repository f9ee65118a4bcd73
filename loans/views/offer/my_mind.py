"""I have changed my mind: withdrawing from a signed loan, as long as one may."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loans import rules
from loans.lifecycle.contracts import cooling
from loans.views.applicant.mine import WHY, mine_or_404
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request, reference):
    """What it means, and the button; once the days are over, the case."""
    case = mine_or_404(request, reference)
    loan = case.loans.first()  # the newest
    if loan is None or not rules.is_borrower(case, request.user):
        raise Http404
    here = reverse("my_case", args=[case.reference])
    if request.method != "POST" and not loan.is_cooling:
        return HttpResponseRedirect(here)
    sheet = Sheet.of(request, WHY)

    def show():
        context = {"case": case, "loan": loan, "sheet": sheet, "once_key": new_once_key()}
        return render(request, "loans/my_mind.html", context)

    if request.method != "POST":
        return show()
    return attempt(
        request,
        lambda: cooling.withdraw_from(
            loan, by=request.user, note=sheet.values["note"] or "", once_key=once_key_of(request)
        ),
        sheet=sheet,
        then=here,
        done=_("The loan is cancelled. You owe nothing, and we send no money."),
        show=show,
    )

"""Whom the loan office may tell about me: each question with exactly what would be sent, and my yes or no."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loans.lifecycle.reviewing import referrals as referring
from loans.models import ConsentText
from loans.models.consent import language_read
from loans.views.applicant.my_consents import sent_or_404
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet


@require_safe
def my_referrals(request, reference):
    """Every question there was, the newest first."""
    return _show(request, sent_or_404(request, reference))


def _show(request, case, sheet=None):
    text = ConsentText.in_force()[referring.CONSENT]
    found = case.referrals.select_related("partner", "consent", "answer", "sent", "closed")
    rows = [
        {
            "referral": each,
            "words": each.consent.as_read if each.consent and each.says_yes else referring.words_of(each, text),
            "language": each.consent.language if each.consent and each.says_yes else language_read(),
            "once_key": new_once_key(),
        }
        for each in found
    ]
    context = {"case": case, "rows": rows, "errors": sheet.summary if sheet else []}
    return render(request, "loans/my_referrals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, reference, pk):
    """Yes, or no; a yes can be taken back for as long as nothing was sent."""
    case = sent_or_404(request, reference)
    referral = get_object_or_404(case.referrals, pk=pk)
    here = reverse("my_referrals", args=[case.reference])
    wanted = request.POST.get("deed", "")
    if request.method != "POST" or wanted not in _DEEDS:
        return HttpResponseRedirect(here)
    verb, done = _DEEDS[wanted]
    sheet = Sheet((), request.POST)
    return attempt(
        request,
        lambda: verb(case, by=request.user, referral=referral, once_key=once_key_of(request)),
        sheet=sheet,
        then=here,
        done=done(),
        show=lambda: _show(request, case, sheet),
    )


_DEEDS = {
    "yes": (referring.agree, lambda: _("Thank you. It is written down that you agree.")),
    "no": (referring.refuse, lambda: _("It is written down that you do not agree. We send nothing.")),
}

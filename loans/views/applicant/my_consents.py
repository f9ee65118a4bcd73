"""What I agreed to: every consent in the words I read, with its dates; each given and withdrawn by itself."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loans.lifecycle.applying import consents
from loans.models import ConsentText
from loans.models.form import Form
from loans.sections import CONSENT_TITLES, CONSENTS, STATEMENTS
from loans.views.applicant.mine import owned_or_404
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet


def sent_or_404(request, reference):
    """The reader's own case, once its form was sent: before that, consents are answers on a page of the form."""
    case = owned_or_404(request, reference)
    if case.state not in case.SENT:
        raise Http404
    return case


def consents_of(case, user):
    """Each purpose in order: its title, what stands now, and every line there ever was, newest first."""
    lines = {}
    for consent in case.consents.filter(user=user).order_by("-pk"):
        lines.setdefault(consent.purpose, []).append(consent)
    of_referrals = [line for purpose, known in lines.items() if purpose.startswith("referral-") for line in known]
    return [
        *_by_purpose(lines),
        *([_of_referrals(of_referrals)] if of_referrals else []),
    ]


def _of_referrals(lines):
    """Whom somebody else was told about, and may be: each has its own question on the page of the referrals."""
    return {
        "purpose": "referrals",
        "title": _("Telling somebody else who might help"),
        "lines": lines,
        "stands": any(line.withdrawn_at is None for line in lines),
        "is_statement": False,
        "is_elsewhere": True,
    }


def _by_purpose(lines):
    return [
        {
            "purpose": purpose,
            "title": CONSENT_TITLES[purpose],
            "lines": lines.get(purpose, []),
            "stands": any(line.withdrawn_at is None for line in lines.get(purpose, [])),
            "is_statement": purpose in STATEMENTS,
        }
        for purpose, page in CONSENTS.items()
        if page == "consents" or purpose in lines
    ]


@require_safe
def my_consents(request, reference):
    """The list."""
    case = sent_or_404(request, reference)
    return render(request, "loans/my_consents.html", {"case": case, "consents": consents_of(case, request.user)})


@require_http_methods(["GET", "POST"])
def my_consent(request, reference, purpose):
    """One of them: agree to it, or take it back after a page that says what follows."""
    case = sent_or_404(request, reference)
    text = ConsentText.in_force().get(purpose)
    if text is None or purpose not in CONSENTS or purpose in STATEMENTS:
        raise Http404
    stands = case.consents.filter(user=request.user, purpose=purpose, withdrawn_at=None).first()
    if stands is None and CONSENTS[purpose] != "consents" and not case.consents.filter(purpose=purpose).exists():
        raise Http404  # nobody sent this person, so there is nobody to tell
    here = reverse("my_consents", args=[case.reference])
    sheet = Sheet((), request.POST if request.method == "POST" else None)
    names = consents.names_for(Form(case))

    def show():
        context = {
            "case": case,
            "title": CONSENT_TITLES[purpose],
            "words": stands.as_read if stands else text.words(names),
            "after": text.after(names),
            "stands": stands,
            "is_needed": purpose == "credit_check" and case.product.needs_credit_check,
            "sheet": sheet,
            "once_key": new_once_key(),
        }
        return render(request, "loans/my_consent.html", context)

    if request.method == "GET":
        return show()
    wanted = request.POST.get("deed", "")
    if wanted not in _DEEDS:
        return HttpResponseRedirect(request.path)
    verb, done = _DEEDS[wanted]
    return attempt(
        request,
        lambda: verb(case, by=request.user, purpose=purpose, once_key=once_key_of(request)),
        sheet=sheet,
        then=here,
        done=done(),
        show=show,
    )


_DEEDS = {
    "give": (consents.give, lambda: _("Thank you. It is written down that you agree.")),
    "withdraw": (consents.withdraw, lambda: _("It is written down that you no longer agree.")),
}

"""Looking up the code of an occupation: by words in either language, without JavaScript, and only if one wants to."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applicants.occupations import Occupation
from loans.lifecycle.applying import filling
from loans.lifecycle.applying.keeping import Typed
from loans.lifecycle.refusal import Refused
from loans.models.form import Form
from loans.refusals import sentence
from loans.sections import WORK
from loans.views.applicant.form import form_or_404
from loans.views.applicant.mine import home_of
from loans.views.deeds import UNPROCESSABLE

MOST_SIGNS = 100  # of what is looked for


@require_http_methods(["GET", "POST"])
def occupation(request, reference):
    """Occupations that fit the words, to choose one; the words begin with what the person wrote on the form."""
    case, elsewhere = form_or_404(request, reference)
    if elsewhere:
        return elsewhere
    form = Form(case)
    if WORK not in form.open_sections():
        raise Http404
    if request.method == "POST":
        return _choose(request, case, form)
    return _page(request, case, request.GET.get("q", form.raw("work", "occupation")))


def _choose(request, case, form):
    code = request.POST.get("code", "")
    if not Occupation.objects.filter(pk=code).exists():
        error = ("#id-q", _("Please choose one of the occupations, or go back without a code."))
        return _page(request, case, request.POST.get("q", ""), [error])
    try:
        filling.keep(case, WORK, [Typed(WORK.field("noc"), 0, code)], by=request.user)
    except Refused as refused:
        messages.warning(request, sentence(refused))
        return redirect(home_of(case, request.user))
    return HttpResponseRedirect(reverse("section", args=[case.reference, WORK.slug]) + "#id-noc")


def _page(request, case, words, errors=()):
    words = words[:MOST_SIGNS]
    found = Occupation.objects.matching(words)
    context = {"case": case, "words": words, "found": found, "errors": errors}
    return render(request, "loans/occupation.html", context, status=UNPROCESSABLE if errors else 200)

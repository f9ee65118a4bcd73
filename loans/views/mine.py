"""My applications: begin one, see where it is, take it back."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from loans import rules
from loans.fields import Field
from loans.lifecycle import filling, submission
from loans.lifecycle.refusal import Refused
from loans.models import Application, Product
from loans.refusals import sentence
from loans.views.deeds import UNPROCESSABLE, attempt, new_once_key, once_key_of
from loans.views.progress import progress_of
from loans.views.sheets import Sheet

WHY = (Field("note", "longtext", gettext_lazy("Do you want to tell us why?"), required=False, max_length=2000),)


def mine_or_404(request, reference):
    """The case of this reference in which the reader stands; a stranger's case does not exist."""
    cases = Application.objects.belonging_to(request.user).select_related("product", "applicant__user", "reviewer")
    return get_object_or_404(cases, reference=reference)


def owned_or_404(request, reference):
    """The case of this reference that the reader asked for; a co-signer may read it but not change it."""
    own = Application.objects.filter(applicant__user=request.user).select_related("product", "applicant__user")
    return get_object_or_404(own, reference=reference)


@require_safe
def my_cases(request):
    """Everything I asked for or sign for, newest first."""
    cases = Application.objects.belonging_to(request.user).select_related("product", "applicant__user", "reviewer")
    return render(
        request, "loans/my_cases.html", {"cases": [progress_of(case, request.user) for case in cases.order_by("-pk")]}
    )


@require_http_methods(["GET", "POST"])
def new(request):
    """Choose a loan and begin."""
    products = Product.objects.on_offer().prefetch_related("eligibility")
    if request.method == "GET":
        return render(request, "loans/new.html", {"products": products, "chosen": request.GET.get("product", "")})
    product = products.filter(code=request.POST.get("product", "")).first()
    if product is None:
        errors = [("#id-product", _("Please choose one of the loans."))]
        return render(request, "loans/new.html", {"products": products, "errors": errors}, status=UNPROCESSABLE)
    try:
        application = filling.start(request.user, product)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("my_cases")
    return redirect("task_list", application.reference)


@require_safe
def my_case(request, reference):
    """Where my case is, what happens next, whose turn it is and by when."""
    case = mine_or_404(request, reference)
    return render(
        request,
        "loans/my_case.html",
        {
            "case": case,
            "progress": progress_of(case, request.user),
            "questions": case.questions.filter(answered_at=None),
            "papers": case.documents.select_related("file"),
            "is_owner": rules.is_owner(case, request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def withdrawal(request, reference):
    """Take the request back, after a page that says what this means."""
    case = owned_or_404(request, reference)
    sheet = Sheet(WHY, request.POST if request.method == "POST" else None)
    here = reverse("my_case", args=[case.reference])

    def show():
        return render(request, "loans/withdrawal.html", {"case": case, "sheet": sheet, "once_key": new_once_key()})

    if request.method == "GET":
        can_withdraw = any(move.name == "withdraw" for move in case.get_available_user_state_transitions(request.user))
        return show() if can_withdraw else HttpResponseRedirect(here)
    return attempt(
        request,
        lambda: submission.withdraw(
            case, by=request.user, note=sheet.values["note"] or "", once_key=once_key_of(request)
        ),
        sheet=sheet,
        then=here,
        done=_("You have withdrawn this application."),
        show=show,
    )

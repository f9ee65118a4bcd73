"""My applications: begin one, see where it is, take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from letters.returns import is_out_of_reach
from loans import rules
from loans.fields import Field
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import declining
from loans.lifecycle.lending.bank_accounts import MONEY_MOVES
from loans.lifecycle.refusal import Refused
from loans.models import Application, Message, Page, Product, Referral, Way
from loans.models.question import open_questions, topics_of
from loans.refusals import sentence
from loans.views.applicant.my_conditions import needed_for
from loans.views.applicant.progress import progress_of
from loans.views.deeds import UNPROCESSABLE, attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet

WHY = (Field("note", "longtext", gettext_lazy("Do you want to tell us why?"), required=False, max_length=2000),)

TOLD_NO = (Application.State.DECLINED, Application.State.APPEALED, Application.State.DECISION_STANDS)


def mine_or_404(request, reference):
    """The case of this reference in which the reader stands; a stranger's case does not exist.

    It knows how many messages of the office its applicant has not read (`unread`), whether anybody else might be told
    about them (`has_referrals`), and whether that waits for their yes or no (`asks_referral`).
    """
    unread = Message.objects.filter(application=OuterRef("pk"), from_office=True, read_at=None)
    counted = unread.order_by().values("application").annotate(total=Count("pk")).values("total")
    cases = Application.objects.belonging_to(request.user)
    cases = cases.select_related("product", "applicant__user", "reviewer", "assisted_by")
    referrals = Referral.objects.filter(application=OuterRef("pk"))
    cases = cases.annotate(
        unread=Coalesce(Subquery(counted), 0),
        has_referrals=Exists(referrals),
        asks_referral=Exists(referrals.unanswered()),
    )
    return get_object_or_404(cases, reference=reference)


def owned_or_404(request, reference):
    """The case of this reference that the reader asked for; a co-signer may read it but not change it."""
    own = Application.objects.filter(applicant__user=request.user)
    own = own.select_related("product__fund", "applicant__user", "reviewer")
    return get_object_or_404(own, reference=reference)


def filled_in_or_404(request, reference):
    """The case on whose form the reader may be: their own, or the draft of somebody whom they help with it."""
    cases = Application.objects.filled_in_by(request.user)
    cases = cases.select_related("product__fund", "applicant__user", "reviewer", "assisted_by")
    return get_object_or_404(cases, reference=reference)


def home_of(case, reader):
    """The address of the page from which the reader goes to the form and comes back to."""
    if rules.is_owner(case, reader):
        return reverse("my_case", args=[case.reference])
    return reverse("helping" if case.assisted_way == Way.HELPER else "assisted_case", args=[case.reference])


def with_news(cases):
    """Cases that know whether the applicant has a message of the office to read (`has_news`)."""
    unread = Message.objects.filter(application=OuterRef("pk"), from_office=True, read_at=None)
    return cases.annotate(has_news=Exists(unread))


@require_safe
def my_cases(request):
    """Everything I asked for or sign for, newest first."""
    cases = Application.objects.belonging_to(request.user)
    cases = cases.select_related("product", "applicant__user", "reviewer", "assisted_by")
    cases = with_news(cases).order_by("-pk")
    helped = Application.objects.typed_for_somebody_by(request.user).select_related("product", "applicant__user")
    context = {
        "cases": [progress_of(case, request.user) for case in cases],
        "helped": helped,
        "mail_is_lost": is_out_of_reach(request.user.email),
    }
    return render(request, "loans/my_cases.html", context)


@login_required(login_url="account_signup")
@require_http_methods(["GET", "POST"])
def new(request):
    """Choose a loan and begin; who is not signed in signs up first, as most who begin do."""
    products = Product.objects.on_offer().prefetch_related("eligibility")
    if request.method == "GET":
        return render(
            request,
            "loans/new.html",
            {"products": products, "chosen": (request.typed or request.GET).get("product", "")},
        )
    product = products.filter(code=request.POST.get("product", "")).first()
    if product is None:
        errors = [("#id-product", _("Please choose one of the loans."))]
        return render(request, "loans/new.html", {"products": products, "errors": errors}, status=UNPROCESSABLE)
    try:
        application = filling.start(request.user, product)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("my_cases")
    if application.answers.exists():
        messages.info(request, _("We filled in some pages from your earlier application. Please look at each of them."))
    return redirect("task_list", application.reference)


@require_safe
def my_case(request, reference):
    """Where my case is, what happens next, whose turn it is and by when."""
    case = mine_or_404(request, reference)
    is_owner = rules.is_owner(case, request.user)
    pages = Prefetch("pages", Page.objects.select_related("file"))
    papers = list(case.documents.select_related("credit_report").defer("credit_report__told").prefetch_related(pages))
    progress = progress_of(case, request.user)
    return render(
        request,
        "loans/my_case.html",
        {
            "case": case,
            "progress": progress,
            "conditions": needed_for(progress.loan, request.user),
            "has_bank": progress.loan is not None and progress.loan.state in MONEY_MOVES,
            "questions": _asked(case),
            "papers": [paper for paper in papers if not paper.is_of_the_office],
            "has_credit_report": any(_is_report_about_me(paper) for paper in papers),
            "decision": declining.decision_told(case) if case.state in TOLD_NO and is_owner else {},
            "is_owner": is_owner,
            "unread": case.unread if is_owner else 0,
            "has_thread": is_owner and case.submitted_at is not None,
        },
    )


def _asked(case):
    if case.state != Application.State.WAITING:
        return []
    names = topics_of(case)
    return [{"name": names[each.topic], "reason": each.reason} for each in open_questions(case)]


def _is_report_about_me(paper):
    """Whether a bureau said it about this person: one that was taken back may be about somebody else."""
    return paper.is_of_the_office and paper.credit_report.taken_back_id is None


@require_http_methods(["GET", "POST"])
def withdrawal(request, reference):
    """Take the request back, after a page that says what this means."""
    case = owned_or_404(request, reference)
    sheet = Sheet.of(request, WHY)
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

"""The page of a case, and the deeds that are done from it."""

from functools import wraps

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loans.coverage import who_is_missing
from loans.eligibility import say
from loans.lifecycle import decision
from loans.lifecycle import review as reviewing
from loans.models import Application, Document, Recommendation, Vote
from loans.models.loan import WORKS_WITH_LOANS
from loans.reasons import DECLINE, SUPPORT
from loans.views import case_deeds as deeds
from loans.views import case_file as file
from loans.views.case_forecast import forecast_of
from loans.views.case_identity import identity_of, unseen
from loans.views.case_terms import TERMS, estimate_of
from loans.views.case_votes import votes_of
from loans.views.deeds import once_key_of
from loans.views.next_step import next_step, tone_of
from loans.views.office_deeds import attempt_in_office
from loans.views.paper_deeds import papers_of
from loans.views.story import story_of


def staff_case_or_404(request, reference):
    """The case of this reference, if the loan office lets the reader see it; to anybody else it does not exist."""
    cases = Application.objects.open_to_staff(request.user)
    return get_object_or_404(
        cases.select_related(
            "product__fund", "applicant__user", "reviewer", "recommended_by", "decided_by", "baseline"
        ).prefetch_related(
            "submissions",
            "loans",
            "parties",
            Prefetch("documents", Document.objects.select_related("file")),
            Prefetch("recommendations", Recommendation.objects.select_related("event__by", "event__note")),
        ),
        reference=reference,
    )


@require_safe
def case(request, reference):
    """The whole file, and what the reader may do with it now."""
    return show_case(request, staff_case_or_404(request, reference))


def show_case(request, found, tried=None):
    """The page. `tried` is {key of a deed: its Sheet}, to be shown again."""
    if found.is_for_the_committee:
        prefetch_related_objects(
            list(found.recommendations.all()), Prefetch("votes", Vote.objects.select_related("by", "event__note"))
        )
    recommendation, story = found.recommendation, story_of(found)
    loans = list(found.loans.all()) if request.user.roles & WORKS_WITH_LOANS else []
    happened = {each["event"].verb for each in story}
    drawn = deeds.open_deeds(found, request.user, tried)
    papers = papers_of(found, request.user, tried)
    paper_deeds = [deed for each in papers for deed in each["deeds"]]
    submission = list(found.submissions.all())[-1]
    beyond = submission.requested_cents - submission.costs_cents
    context = {
        "case": found,
        "submission": submission,
        "not_covered_cents": max(-beyond, 0),
        "beyond_costs_cents": max(beyond, 0),
        "misfits": say(submission.misfits),
        "pages": file.pages_of(found, request.user),
        "papers": papers,
        "questions": file.questions_of(found) if "ask_for_more" in happened else [],
        "baseline": file.baseline_of(found),
        "sees_everything": file.sees_everything(request.user),
        "recommendation": recommendation,
        "forecast": forecast_of(submission, recommendation, found),
        "votes": votes_of(recommendation) if recommendation and found.is_for_the_committee else None,
        "identity_checks": identity_of(found) if "check_identity" in happened else unseen(found),
        "reasons": file.reasons_of(recommendation.event) if recommendation else [],
        "estimate": estimate_of(found, recommendation) if recommendation and not loans else None,
        "loans": loans,
        "story": story,
        "next": next_step(found, request.user),
        "missing": who_is_missing(found),
        "tone": tone_of(found),
        "deeds": drawn,
        "approves": any(deed["key"] == "approve" for deed in drawn),
        "errors": [line for deed in (*drawn, *paper_deeds) for line in deed["summary"]],
    }
    return render(request, "loans/case.html", context)


def deed_on_case(verb):
    """A view that does `verb` from its sheet: `view(request, case, sheet)` gives (act, what to say when done).

    A stranger finds nothing; a GET goes to the case.
    """

    def wrap(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request, reference):
            found = staff_case_or_404(request, reference)
            here = reverse("case", args=[found.reference])
            if request.method != "POST":
                return HttpResponseRedirect(here)
            sheet = deeds.sheet_for(found, verb, request.POST)
            act, done = view(request, found, sheet)
            return attempt_in_office(
                request,
                getattr(found, verb),
                act,
                sheet=sheet,
                here=here,
                done=done,
                show=lambda: show_case(request, found, {verb: sheet}),
            )

        return guarded

    return wrap


@deed_on_case("take")
def review(request, found, sheet):
    """Take the case on the desk."""
    return lambda: reviewing.take(found, by=request.user, once_key=once_key_of(request)), _("The case is yours.")


@deed_on_case("ask_for_more")
def questions(request, found, sheet):
    """Re-open pages of the form, each with a reason."""
    asked = deeds.asked_in(sheet, found)
    return (
        lambda: reviewing.ask_for_more(found, by=request.user, asked=asked, once_key=once_key_of(request)),
        _("Sent. The applicant was told by e-mail."),
    )


@deed_on_case("add_note")
def notes(request, found, sheet):
    """Write something down."""
    return (
        lambda: reviewing.add_note(found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        _("The note is kept."),
    )


@deed_on_case("reopen")
def reopening(request, found, sheet):
    """Take up again a case that was closed unanswered."""
    return (
        lambda: reviewing.reopen(
            found, by=request.user, note=sheet.values["note"] or "", once_key=once_key_of(request)
        ),
        _("The case is open again."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request, reference):
    """Recommend a loan; with the button "work out", only see what it would cost."""
    if request.method == "POST" and "work_out" in request.POST:
        found = staff_case_or_404(request, reference)
        return show_case(request, found, {"recommend": deeds.sheet_to_work_out(found, request.POST)})
    return _recommend(request, reference)


@deed_on_case("recommend")
def _recommend(request, found, sheet):
    terms = {"study_months": 0, **{name: sheet.values[name] for name in TERMS if name in sheet.values}}
    return (
        lambda: decision.recommend(
            found,
            by=request.user,
            reasons=deeds.ticked(sheet, SUPPORT),
            note=sheet.values["note"],
            once_key=once_key_of(request),
            **terms,
        ),
        _("Recommended. A manager decides now."),
    )


@deed_on_case("send_back")
def sending_back(request, found, sheet):
    """Back to the officer with a question."""
    return (
        lambda: decision.send_back(found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        _("The case is back with the officer."),
    )


@deed_on_case("approve")
def approval(request, found, sheet):
    """Say yes: the offer is made and the parties are told."""
    return (
        lambda: decision.approve(
            found, by=request.user, note=sheet.values["note"] or "", once_key=once_key_of(request)
        ),
        _("Approved. The offer is on its way to the applicant."),
    )


@deed_on_case("decline")
def refusal(request, found, sheet):
    """Say no, with reasons."""
    return (
        lambda: decision.decline(
            found,
            by=request.user,
            reasons=deeds.ticked(sheet, DECLINE),
            note=sheet.values["note"] or "",
            once_key=once_key_of(request),
        ),
        _("Declined. The applicant was told, with the reasons."),
    )

"""The page of a case, and the deeds that are done from it."""

from functools import wraps

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config import clock
from letters.mailbox import is_mailbox
from loans import rules
from loans.coverage import who_is_missing
from loans.eligibility import say
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import review as reviewing
from loans.lifecycle.reviewing.number_ends import end_of
from loans.lifecycle.standing import matters
from loans.models import Application, Event, Recommendation, Vote
from loans.models.loan import WORKS_WITH_LOANS
from loans.reasons import DECLINE, SUPPORT, bank_shown
from loans.views.applicant.my_consents import consents_of
from loans.views.cases import case_deeds as deeds
from loans.views.cases import case_file as file
from loans.views.cases.case_forecast import forecast_of
from loans.views.cases.case_identity import identity_of, unseen
from loans.views.cases.case_tabs import tabs_of, with_tabs
from loans.views.cases.case_terms import TERMS, further_in, proposals_of
from loans.views.cases.case_votes import votes_of
from loans.views.cases.next_step import next_step, tone_of, with_next_step
from loans.views.cases.paper_deeds import papers_of
from loans.views.cases.story import asked_back, conditions_in, story_of
from loans.views.deeds import once_key_of, seen_of
from loans.views.office_deeds import attempt_in_office
from loans.views.typed_by import marked_as_typed, typists


def staff_case_or_404(request, reference):
    """The case of this reference, if the loan office lets the reader see it; to anybody else it does not exist.

    Its `seen_event` is the newest event it has now: what a page shows, and what the forms on it carry.
    """
    unread = Count("messages", filter=Q(messages__from_office=False, messages__read_at=None))
    counted = Application.objects.filter(pk=OuterRef("pk")).annotate(unread=unread).values("unread")
    newest = Event.objects.filter(case=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    cases = with_next_step(with_tabs(Application.objects.open_to_staff(request.user)), request.user).annotate(
        unread=Subquery(counted), seen_event=Subquery(newest)
    )
    return get_object_or_404(
        cases.select_related(
            "product__fund", "applicant__user", "reviewer", "recommended_by", "decided_by", "baseline"
        ).prefetch_related(
            "submissions",
            "loans",
            "parties",
            Prefetch(
                "recommendations",
                Recommendation.objects.select_related("event__by", "event__note", "vote_count", "other_terms"),
            ),
        ),
        reference=reference,
    )


@require_safe
def case(request, reference):
    """The whole file, and what the reader may do with it now."""
    return show_case(request, staff_case_or_404(request, reference))


def show_case(request, found, tried=None, unsent=()):
    """The page. `tried` is {key of a deed: its Sheet}, to be shown again; of one that is not open, what was wrong.

    `unsent` is what was typed for a deed that came too late.
    """
    if found.is_for_the_committee:
        prefetch_related_objects(list(found.recommendations.all()), Prefetch("votes", Vote.objects.for_a_page()))
    recommendation, story = found.recommendation, story_of(found)
    loans = list(found.loans.all()) if request.user.roles & WORKS_WITH_LOANS else []
    happened = {each["event"].verb for each in story}
    drawn = deeds.open_deeds(found, request.user, tried)
    papers = papers_of(found, request.user, tried, has_erased="erase" in happened)
    paper_deeds = [deed for each in papers for deed in each["deeds"]]
    submission = list(found.submissions.all())[-1]
    beyond = submission.requested_cents - submission.costs_cents
    context = {
        "case": found,
        "tabs": tabs_of(found, request.user, "case"),
        "submission": submission,
        "not_covered_cents": max(-beyond, 0),
        "beyond_costs_cents": max(beyond, 0),
        "misfits": say(submission.misfits),
        "pages": marked_as_typed(file.pages_of(found, request.user), submission, typists(found)),
        "papers": papers,
        "questions": file.questions_of(found) if "ask_for_more" in happened else [],
        "baseline": file.baseline_of(found),
        "sees_everything": file.sees_everything(request.user),
        "conditions": conditions_in(story),
        "recommendation": recommendation,
        "forecast": forecast_of(submission, recommendation, found),
        "votes": votes_of(recommendation) if recommendation and found.is_for_the_committee else None,
        "consents": consents_of(found, found.applicant.user),
        "identity_checks": identity_of(found) if "check_identity" in happened else unseen(found),
        "reasons": file.reasons_of(recommendation.event) if recommendation else [],
        "proposals": proposals_of(found, recommendation) if recommendation and not loans else None,
        "loans": loans,
        "unread": unread_of(found, request.user),
        "goes_by_post": not is_mailbox(found.applicant.user.email),
        "number_end": end_of(found, clock.today()) if unread_of(found, request.user) is not None else None,
        "story": story,
        "asked_back": asked_back(found, story),
        "news": news_of(request, story),
        "unsent": unsent,
        "next": next_step(found, request.user),
        "missing": who_is_missing(found),
        "tone": tone_of(found),
        "deeds": drawn,
        "approves": any(deed["key"] == "approve" for deed in drawn),
        "errors": [*deeds.told_apart(drawn, tried), *(x for d in (*drawn, *paper_deeds) for x in d["summary"])],
    }
    return render(request, "loans/case.html", context)


def news_of(request, story):
    """What came into the story, and matters, while the reader had the page open whose form they sent."""
    seen = seen_of(request)
    return [each for each in story if seen and each["event"].pk > seen and matters(each["event"], request.user.pk)]


def unread_of(case, reader):
    """How many messages of the applicant nobody has read, or None for whom the thread is not there."""
    return case.unread if rules.may_write_to_applicant(case, reader) else None


def deed_on_case(verb, *, leaves=False):
    """A view that does `verb` from its sheet: `view(request, case, sheet)` gives (act, what to say when done).

    A stranger finds nothing; a GET goes to the case. `leaves`: once done, whoever did it may have no part in the case
    any more, and is led to the list of cases.
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
                here=reverse("desk") if leaves else here,
                done=done,
                show=lambda: show_case(request, found, {verb: sheet}),
                moved=lambda: show_case(request, staff_case_or_404(request, reference), unsent=sheet.words),
                told_why=_is_told_why(verb, found, request.user),
            )

        return guarded

    return wrap


def _is_told_why(verb, found, reader):
    """Whether the verb itself says in words why this reader may not."""
    if verb == "approve":
        return rules.is_above_authority(found, reader)
    if verb == "re_offer":
        return rules.is_reviewing(found, reader) and found.approved_until is not None
    return verb in ("uphold", "grant_appeal") and rules.may_not_hear_own(found, reader)


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


@deed_on_case("ask_besides")
def more_questions(request, found, sheet):
    """Ask for something else while the applicant is waited for."""
    asked = deeds.asked_in(sheet, found)
    return (
        lambda: reviewing.ask_besides(found, by=request.user, asked=asked, once_key=once_key_of(request)),
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
    terms |= {"further": further_in(sheet), "why_other": sheet.values["why_other"] or ""}
    return (
        lambda: decision.recommend(
            found,
            by=request.user,
            reasons=deeds.ticked(sheet, bank_shown(SUPPORT)),
            note=sheet.values["note"],
            once_key=once_key_of(request),
            seen=seen_of(request),
            **terms,
        ),
        _("Recommended. A manager decides now."),
    )


@deed_on_case("send_back")
def sending_back(request, found, sheet):
    """Back to the officer with a question."""
    return (
        lambda: decision.send_back(
            found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request), seen=seen_of(request)
        ),
        _("The case is back with the officer."),
    )


@deed_on_case("approve")
def approval(request, found, sheet):
    """Say yes: the offer is made and the parties are told."""
    return (
        lambda: decision.approve(
            found,
            by=request.user,
            note=sheet.values["note"] or "",
            once_key=once_key_of(request),
            seen=seen_of(request),
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
            reasons=deeds.ticked(sheet, bank_shown(DECLINE)),
            note=sheet.values["note"] or "",
            once_key=once_key_of(request),
            seen=seen_of(request),
        ),
        _("Declined. The applicant was told, with the reasons."),
    )

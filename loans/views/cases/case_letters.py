"""The letters of a case, and the proof of each: where it went, what the post said, who took which paper and when."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from letters.kinds import KINDS, SECRET
from letters.models import CAME_BACK, FAILED, HANDED_OVER, MAIL, POST, Letter, Trace
from loans import rules
from loans.lifecycle.contracts.receiving import taken_from
from loans.lifecycle.writing import letters_by_post
from loans.models import Task
from loans.views.cases.case_file import sees_everything
from loans.views.cases.case_tabs import cases_with_tabs, tabs_of
from loans.views.deeds import new_once_key, once_key_of
from loans.views.office_deeds import attempt_in_office
from loans.views.paper_names import NAMED, paper_name
from loans.views.sheets import Sheet
from vault.models import StoredFile

PAGE = 30
LOST = (Trace.What.HARD, Trace.What.SOFT)


@dataclass(frozen=True)
class Proof:
    """One paper that a letter carried: its name, its hash, and the event by which the person took it, if they did."""

    name: str
    sha256: str
    taken: object


def _case_or_404(request, reference):
    return get_object_or_404(cases_with_tabs(request.user), reference=reference)


@require_safe
def case_letters(request, reference):
    """Every letter about this case, newest first; those with codes are told to nobody."""
    return show_letters(request, _case_or_404(request, reference))


def show_letters(request, case, errors=()):
    """The page."""
    files = Prefetch("attachments", StoredFile.objects.select_related(*NAMED).order_by("pk"))
    tasks = Prefetch("tasks", Task.objects.filter(closed=None), to_attr="open_tasks")
    outside = Q(to=None) | Q(to__in=case.parties.values("user"))  # what colleagues are told is no letter of the case
    letters = Letter.objects.filter(outside, case_reference=case.reference).exclude(kind__in=SECRET).order_by("-pk")
    letters = letters.select_related("to", "posted_instead").prefetch_related(files, tasks, "traces")
    page, taken = Paginator(letters, PAGE).get_page(request.GET.get("page")), taken_from(case)
    writes = rules.may_write_to_applicant(case, request.user)
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "case_letters"),
        "submission": list(case.submissions.all())[-1],
        "page": page,
        "rows": [_row(letter, taken, writes) for letter in page],
        "sees_everything": sees_everything(request.user),
        "writes": writes,
        "errors": errors,
    }
    return render(request, "loans/case_letters.html", context)


def _row(letter, taken, writes):
    proofs = [
        Proof(paper_name(file), file.sha256, taken.get((letter.to_id, file.pk))) for file in letter.attachments.all()
    ]
    traces = [each for each in letter.traces.all() if each.what != Trace.What.HANDED_OVER]
    came_back = bool(traces) and traces[-1].what in LOST
    is_lost = letter.state in (FAILED, CAME_BACK) or came_back
    return {
        "letter": letter,
        "says": KINDS[letter.kind].says,
        "traces": traces,
        "proofs": proofs,
        "task": next(iter(letter.open_tasks), None),
        "is_lost": is_lost,
        "tone": "bad" if is_lost else "good" if letter.state == HANDED_OVER else "wait",
        "state": _state(letter, traces[-1] if came_back else None),
        "received_on": letters_by_post.received_on(letter),
        "posted_instead": getattr(letter, "posted_instead", None),
        "may_post": writes and _may_post(letter),
        "once_key": new_once_key(),
    }


def _state(letter, came_back):
    """Where the letter is, in words; `came_back` is the trace that says it did."""
    if came_back is not None:
        return came_back.get_what_display()
    is_posted = letter.channel == POST and letter.state == HANDED_OVER
    return _("posted") if is_posted else letter.get_state_display()


def _may_post(letter):
    """Whether it can go by post too; the verb looks again."""
    return letter.channel == MAIL and letter.to_id is not None and not hasattr(letter, "posted_instead")


@require_http_methods(["GET", "HEAD", "POST"])
def by_post(request, reference, pk):
    """Send by post what went by mail: one click, and the letter waits to be printed."""
    case = _case_or_404(request, reference)
    here, sheet = reverse("case_letters", args=[case.reference]), Sheet((), request.POST)
    if request.method != "POST":
        return HttpResponseRedirect(here)
    return attempt_in_office(
        request,
        case.post_instead,
        lambda: letters_by_post.post_instead(case, by=request.user, letter=pk, once_key=once_key_of(request)),
        sheet=sheet,
        here=lambda made=None: reverse("post_letter", args=[case.reference, made.pk]) if made else here,
        done=_("The letter waits to be printed and posted."),
        show=lambda: show_letters(request, case, sheet.summary),
    )

"""Letters that go by post: which wait, each with its papers as one PDF, posted on a day, and those that came back."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from letters.kinds import KINDS
from letters.models import HANDED_OVER, POST, Letter
from letters.printing import to_print
from letters.render import render as put_into_words
from loans import rules
from loans.fields import Field
from loans.lifecycle.writing import letters_by_post
from loans.lifecycle.writing.letters_by_post import TO_POST
from loans.models import Application
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.paper_files import pdf_response
from loans.views.paper_names import NAMED, paper_name
from loans.views.sheets import Sheet

PAGE = 50
POSTED = (
    Field("on", "date", gettext_lazy("On which day"), gettext_lazy("Leave it empty for today."), required=False),
    Field("tracking", "text", gettext_lazy("Tracking number, if there is one"), required=False, max_length=60),
)


def waiting_for(reader):
    """The letters by post that wait, of cases this reader may open; the oldest first."""
    cases = Application.objects.open_to_staff(reader).values("reference")
    return Letter.objects.filter(channel=POST, state__in=TO_POST, case_reference__in=cases).order_by("pk")


@require_safe
def post(request):
    """Every letter that waits to be printed and posted."""
    if not request.user.roles & rules.ASSISTS:
        raise PermissionDenied
    page = Paginator(waiting_for(request.user).select_related("to"), PAGE).get_page(request.GET.get("page"))
    rows = [{"letter": letter, "says": KINDS[letter.kind].says} for letter in page]
    return render(request, "loans/office_post.html", {"page": page, "rows": rows})


def _found(request, reference, pk):
    """The case and its letter by post, for those who write to its people; to anybody else it does not exist."""
    cases = Application.objects.open_to_staff(request.user).select_related("applicant__user", "reviewer")
    case = get_object_or_404(cases.prefetch_related("parties"), reference=reference)
    if not rules.may_write_to_applicant(case, request.user):
        raise Http404
    letters = Letter.objects.select_related("to", "instead_of")
    return case, get_object_or_404(letters, channel=POST, case_reference=reference, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def post_letter(request, reference, pk):
    """One letter with its address, to be printed; then: it is posted."""
    case, letter = _found(request, reference, pk)
    sheet = Sheet(POSTED, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, case, letter, sheet)
    return attempt(
        request,
        lambda: letters_by_post.mark_posted(
            case,
            by=request.user,
            letter=letter.pk,
            on=date.fromisoformat(sheet.values["on"]) if sheet.values["on"] else None,
            tracking=sheet.values["tracking"] or "",
            once_key=once_key_of(request),
        ),
        sheet=sheet,
        then=reverse("post"),
        done=_("It is written down that this letter was posted."),
        show=lambda: _show(request, case, letter, sheet),
    )


def _show(request, case, letter, sheet):
    with override(letter.language):
        subject, text, _html = put_into_words(letter)
    context = {
        "case": case,
        "letter": letter,
        "subject": letter.subject or subject,
        "text": letter.body or text,
        "address": _postal_address(case, letter),
        "papers": [paper_name(file) for file in letter.attachments.select_related(*NAMED).order_by("pk")],
        "sheet": sheet,
        "waits": letter.state in TO_POST,
        "is_posted": letter.state == HANDED_OVER,
        "received_on": letters_by_post.received_on(letter),
        "once_key": new_once_key(),
    }
    return render(request, "loans/office_post_letter.html", context)


def _postal_address(case, letter):
    """Where the person lives, as they told us; of a co-signer nobody asks it."""
    person = case.applicant
    return f"{person.address}\n{person.postal_code}".strip() if person.user_id == letter.to_id else ""


@require_safe
def post_paper(request, reference, pk):
    """The letter and its papers as one PDF, to be printed."""
    case, letter = _found(request, reference, pk)
    return pdf_response(to_print(letter, _postal_address(case, letter)), letter.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def post_printing(request, reference, pk):
    """Write down that it is printed, and on to the PDF."""
    return _deed(
        request,
        reference,
        pk,
        letters_by_post.print_letter,
        then=reverse("post_paper", args=[reference, pk]),
        done=_("The letter is printed. Once it is in the post, say so."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def post_return(request, reference, pk):
    """It came back: somebody has to reach the person."""
    return _deed(
        request,
        reference,
        pk,
        letters_by_post.mark_returned,
        then=reverse("case_letters", args=[reference]),
        done=_("Written down. The officer of the case finds it in the diary."),
    )


def _deed(request, reference, pk, verb, *, then, done):
    """A button of the letter’s page."""
    case, letter = _found(request, reference, pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("post_letter", args=[reference, pk]))
    sheet = Sheet((), request.POST)
    return attempt(
        request,
        lambda: verb(case, by=request.user, letter=letter.pk, once_key=once_key_of(request)),
        sheet=sheet,
        then=then,
        done=done,
        show=lambda: _show(request, case, letter, sheet),
    )

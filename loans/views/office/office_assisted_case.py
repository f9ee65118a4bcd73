"""One draft that the reader types for somebody: the consent, the form, the ways to confirm, a colleague, the end."""

from functools import wraps

from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.codes import CodeError
from accounts.models import User
from loans import rules
from loans.fields import Field
from loans.lifecycle.applying import assistance, confirmation, signed_pages
from loans.lifecycle.applying.submission import Incomplete
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing.messages import Attached
from loans.models import Application, Assistance, Way
from loans.models.form import Form
from loans.views.applicant.my_answers import answers_on_paper
from loans.views.deeds import once_key_of
from loans.views.office.office_assisted import was_done
from loans.views.office_deeds import attempt_in_office, drawn
from loans.views.paper_files import file_response
from loans.views.sheets import Sheet
from vault.cleaning import MOST_PHOTO_BYTES

TO = {confirmation.MAIL: gettext_lazy("By e-mail"), confirmation.TEXT: gettext_lazy("By text message")}
CONFIRMING = (
    Field("read_aloud", "checkbox", gettext_lazy("The person heard or read all answers and says that they are right.")),
    Field("code", "code", gettext_lazy("The six digits the person told you"), max_length=12),
)
MATCHES = Field(
    "is_same",
    "checkbox",
    gettext_lazy("The person signed it, it bears the code of the newest printing, and nothing on it was changed."),
)


def draft_or_404(request, reference):
    """The draft of this reference, while the reader types it for somebody; else it does not exist."""
    drafts = Application.objects.typed_for_somebody_by(request.user).exclude(assisted_way=Way.HELPER)
    drafts = drafts.select_related("product__fund", "applicant__user__phone", "assisted_by")
    helps = Prefetch("assistances", Assistance.objects.select_related("helper", "event__by"))
    return get_object_or_404(drafts.prefetch_related("parties", helps), reference=reference)


@require_safe
def assisted_case(request, reference):
    """Where this draft stands, and what can be done with it now."""
    return show_draft(request, draft_or_404(request, reference))


def show_draft(request, case, tried=None):
    """The page; `tried` is {key of a deed: its Sheet}, to be shown again."""
    tried, form = tried or {}, Form(case)
    is_complete = not form.all_gaps()
    page = signed_pages.page_of(case, form)
    deeds = _deeds(case, request.user, tried, is_complete=is_complete, page=page)
    context = {
        "case": case,
        "help": assistance.help_of(case),
        "is_complete": is_complete,
        "page": page,
        "to": [TO[way] for way in confirmation.ways_to(case)],
        "deeds": deeds,
        "errors": [line for deed in deeds for line in deed["summary"]],
    }
    return render(request, "loans/office_assisted_case.html", context)


def fields_of(case, key, reader):
    """The questions of one deed of this page."""
    if key == "send-code":
        ways = tuple((way, TO[way]) for way in confirmation.ways_to(case))
        return (Field("to", "choice", _("How shall the code go to the person?"), choices=ways),)
    if key == "pass-on":
        others = [each for each in User.objects.staff() if rules.may_take_over_typing(case, each)]
        return (Field("to", "select", _("Who goes on"), choices=tuple((str(each.pk), str(each)) for each in others)),)
    return {"code": CONFIRMING, "print": (), "check": (MATCHES,), "end": ()}[key]


def _deeds(case, reader, tried, *, is_complete, page):
    kinds, ways = [], confirmation.ways_to(case)
    only = ways[0] if len(ways) == 1 else ""
    if is_complete and ways:
        kinds += [
            ("send-code", "assisted_code", _("Send the person a code"), _("Send the code"), "button-quiet"),
            ("code", "assisted_confirmation", _("The person told you the code"), _("Send the form"), "button"),
        ]
    if is_complete:
        kinds += [("print", "assisted_printing", _("Print for a signature"), _("Print anew"), "button-quiet")]
    if page is not None and page.checked is None:
        kinds += [("check", "assisted_scan", _("The page is signed"), _("Keep the signed page"), "button")]
    kinds += [
        ("pass-on", "assisted_colleague", _("A colleague goes on"), _("Hand it over"), "button-quiet"),
        ("end", "assisted_end", _("Stop helping"), _("Stop helping"), "button-danger"),
    ]
    return [
        drawn(
            tried.get(key) or Sheet(fields_of(case, key, reader), initial={"to": only}),
            key=key,
            title=title,
            button=button,
            action=reverse(name, args=[case.reference]),
            look=look,
            is_open=key in tried,
        )
        | {"takes_a_file": key == "check", "file_error": tried[key].errors.get("scan", "") if key in tried else ""}
        for key, name, title, button, look in kinds
    ]


def deed_on_draft(verb, key, then="assisted_case"):
    """A view of a deed: `view(request, case, sheet)` gives (act, what to say when done). Then on to the page `then`."""

    def wrap(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request, reference):
            onward = reverse(then, args=[reference] if then != "assisted" else [])
            if request.method == "POST" and was_done(request, reference):
                return HttpResponseRedirect(onward)
            case = draft_or_404(request, reference)
            here = reverse("assisted_case", args=[case.reference])
            if request.method != "POST":
                return HttpResponseRedirect(here)
            sheet = Sheet(fields_of(case, key, request.user), request.POST)
            act, done = view(request, case, sheet)
            return attempt_in_office(
                request,
                getattr(case, verb),
                lambda: _told(act),
                sheet=sheet,
                here=onward,
                done=done,
                show=lambda: show_draft(request, case, {key: sheet}),
            )

        return guarded

    return wrap


def _told(act):
    """What a gap in the form or a wrong code says, beside the questions."""
    try:
        return act()
    except Incomplete:
        raise Refused("form_incomplete") from None
    except CodeError as error:
        raise Refused(f"code_{error.reason}") from None


@deed_on_draft("send_confirmation", "send-code")
def code(request, case, sheet):
    """Send the person a code for the answers as they stand."""
    to = sheet.values["to"]
    return (
        lambda: confirmation.send_code(case, by=request.user, to=to, once_key=once_key_of(request)),
        _("Sent. The code is good for 15 minutes, and for these answers only."),
    )


@deed_on_draft("confirm_by_code", "code", then="case")
def by_code(request, case, sheet):
    """The person told the code: the form is sent."""
    return (
        lambda: confirmation.confirm_by_code(
            case,
            by=request.user,
            code=sheet.values["code"],
            read_aloud=bool(sheet.values["read_aloud"]),
            once_key=once_key_of(request),
        ),
        _("The form is sent."),
    )


@deed_on_draft("print_summary", "print")
def printing(request, case, sheet):
    """The answers as they stand, for a signature."""
    return (
        lambda: signed_pages.print_summary(case, by=request.user, once_key=once_key_of(request)),
        _("Ready. Open the PDF below, print it, and let the person read and sign it."),
    )


@require_safe
def summary(request, reference):
    """The newest printing as PDF, in the language of the person."""
    case = draft_or_404(request, reference)
    page = signed_pages.page_of(case)
    if page is None:
        raise Http404
    return answers_on_paper(case, page)


@require_safe
def scan_file(request, reference):
    """The scan of the signed page."""
    page = signed_pages.page_of(draft_or_404(request, reference))
    if page is None or page.scan is None:
        raise Http404
    return file_response(page.scan)


@deed_on_draft("check_signed_page", "check")
def scan(request, case, sheet):
    """The signed page is here: keep its scan, and say that it matches."""
    file = request.FILES.get("scan")
    page = signed_pages.page_of(case)
    if file is None:
        sheet.errors["scan"] = _("Please choose a file.")
    attached = Attached(file.name or "", file.read(MOST_PHOTO_BYTES + 1)) if file else None
    return (
        lambda: signed_pages.check(
            case,
            by=request.user,
            page=page.pk if page else 0,
            scan=attached,
            matches=bool(sheet.values["is_same"]),
            once_key=once_key_of(request),
        ),
        _("Kept. Somebody else of the office looks at it now."),
    )


@deed_on_draft("pass_on", "pass-on", then="assisted")
def colleague(request, case, sheet):
    """A colleague goes on with the typing."""
    return (
        lambda: assistance.pass_on(
            case, by=request.user, to=User.objects.get(pk=sheet.values["to"]), once_key=once_key_of(request)
        ),
        _("Handed over. You do not see this form any more."),
    )


@deed_on_draft("end_help", "end", then="assisted")
def end(request, case, sheet):
    """Stop helping; the draft stays the person's."""
    return (
        lambda: assistance.end(case, by=request.user, once_key=once_key_of(request)),
        _("You do not help with this form any more. It stays the person’s own."),
    )

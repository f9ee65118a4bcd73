"""“Call me back”: what somebody leaves at the door, and the list from which the office calls."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applicants.models import CallBack
from config import clock
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import call_backs
from loans.refusals import sentence
from loans.views.deeds import UNPROCESSABLE, new_once_key, once_key_of
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

PAGE = 50  # calls on one page
LATEST = 20  # of the calls that were made
FIELDS = (
    Field("name", "text", gettext_lazy("Your name"), max_length=150, autocomplete="name"),
    Field(
        "phone",
        "tel",
        gettext_lazy("Phone number"),
        gettext_lazy("A number in another country is fine. Then begin with + and the code of the country."),
        max_length=40,
        autocomplete="tel",
    ),
    Field("language", "choice", gettext_lazy("In which language shall we speak?"), choices=CallBack.Language.choices),
    Field("wants_interpreter", "yes_no", gettext_lazy("Do you want an interpreter?")),
    Field(
        "interpreter",
        "text",
        gettext_lazy("If you want one: for which language?"),
        required=False,
        max_length=60,
    ),
    Field("suits", "choice", gettext_lazy("When does it suit you?"), choices=CallBack.When.choices),
    Field(
        "words",
        "longtext",
        gettext_lazy("What is it about, and when should we not call?"),
        gettext_lazy("Please write no card or bank number here."),
        required=False,
        max_length=1000,
    ),
)
NOTE = Field("note", "longtext", gettext_lazy("What came of it"), required=False, max_length=1000)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request):
    """The form that anybody may send; sent twice it asks once."""
    if request.method != "POST":
        language = "fr" if (get_language() or "").startswith("fr") else "en"
        return _show_form(request, Sheet.of(request, FIELDS, initial={"language": language}))
    sheet = Sheet(FIELDS, request.POST)
    if sheet.values["wants_interpreter"] and not sheet.values["interpreter"]:
        sheet.errors.setdefault("interpreter", "missing")
    if not sheet.is_answered:
        return _show_form(request, sheet, UNPROCESSABLE)
    try:
        _ask(sheet.values, once_key_of(request))
    except Refused as refused:
        sheet.refuse(refused)
        return _show_form(request, sheet, UNPROCESSABLE)
    return HttpResponseRedirect(reverse("call_back_asked"))


def _show_form(request, sheet, status=None):
    context = {"sheet": sheet, "errors": sheet.summary, "once_key": new_once_key(), "kept_days": CallBack.KEPT_DAYS}
    return render(request, "loans/call_back.html", context, status=status)


def _ask(said, once_key):
    call_backs.ask_for_a_call(
        name=said["name"],
        phone=said["phone"],
        language=said["language"],
        interpreter=(said["interpreter"] or "") if said["wants_interpreter"] else "",
        suits=said["suits"],
        words=said["words"] or "",
        once_key=once_key,
    )


@login_not_required
@require_safe
def asked(request):
    """When we call, and what we never ask. It says nothing of who asked: the telephone may be shared."""
    return render(request, "loans/call_back_asked.html", {"days": settings.CALL_BACK_DAYS})


@require_safe
def calls(request):
    """Who waits for a call, the longest wait first; and the calls that were made lately."""
    return _show_list(request)


def _show_list(request, tried=None, call=None):
    """The list; after a note that will not do, the call it is about and no other."""
    if not call_backs.may_call(request.user):
        raise PermissionDenied
    waiting = CallBack.objects.waiting().filter(pk=call.pk) if call else CallBack.objects.waiting()
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    first_kept = call_backs.first_kept_promise(clock.today())
    rows = [
        {"call": call, "deed": _deed(call, tried), "is_overdue": clock.day_of(call.asked_at) < first_kept}
        for call in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "overdue": call_backs.how_many_wait(clock.today())["overdue"],
        "done": CallBack.objects.done().select_related("done_by")[:LATEST],
        "errors": [problem for row in rows for problem in row["deed"]["summary"]],
    }
    return render(request, "loans/calls.html", context, status=UNPROCESSABLE if tried else None)


def _deed(call, tried):
    return drawn(
        tried or Sheet((NOTE,)),
        key=f"call-{call.pk}",
        title=_("Write down what came of it"),
        button=_("Done"),
        action=reverse("call_closing", args=[call.pk]),
        is_open=bool(tried),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request, pk):
    """Somebody called: the row leaves the list."""
    if not call_backs.may_call(request.user):
        raise PermissionDenied
    call = get_object_or_404(CallBack, pk=pk)
    if request.method == "POST":
        sheet = Sheet((NOTE,), request.POST)
        if not sheet.is_answered:
            return _show_list(request, sheet, call)
        try:
            call_backs.close_call(call, by=request.user, note=sheet.values["note"] or "")
            messages.success(request, _("Written down."))
        except Refused as refused:
            messages.warning(request, sentence(refused))
    return HttpResponseRedirect(reverse("calls"))

"""“Something went wrong? Tell us”: a page for everybody, signed in or not, about a case or about none."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import complaints
from loans.models import Application, Complaint
from loans.views.deeds import UNPROCESSABLE, new_once_key, once_key_of
from loans.views.sheets import Sheet

KIND = Field("kind", "choice", gettext_lazy("What is it about?"), choices=tuple(Complaint.Kind.choices))
WORDS = Field(
    "words",
    "longtext",
    gettext_lazy("What went wrong, and what would put it right?"),
    gettext_lazy("Please write no card or bank number here."),
    max_length=3000,
)
WHOM = Field(
    "whom",
    "text",
    gettext_lazy("Is it about somebody who works here? Their name, if you know it"),
    gettext_lazy("That person will not see what you write, and will not answer it."),
    required=False,
    max_length=150,
)
REACH = (
    Field("name", "text", gettext_lazy("Your name"), required=False, max_length=150, autocomplete="name"),
    Field(
        "email",
        "email",
        gettext_lazy("Your e-mail address"),
        gettext_lazy("We answer there. Without an address or a phone number we cannot answer you."),
        required=False,
        max_length=254,
        autocomplete="email",
    ),
    Field("phone", "tel", gettext_lazy("Phone number"), required=False, max_length=40, autocomplete="tel"),
)


def _fields(user):
    """Whoever is signed in is known; they may say which of their cases it is about."""
    if not user.is_authenticated:
        return (KIND, WORDS, WHOM, *REACH)
    cases = tuple((case.reference, f"{case.reference}, {case.product.name}") for case in _cases_of(user))
    if not cases:
        return (KIND, WORDS, WHOM)
    case = Field("case", "select", _("Which of your applications is it about?"), choices=cases, required=False)
    return (KIND, WORDS, WHOM, case)


def _cases_of(user):
    return Application.objects.belonging_to(user).select_related("product").order_by("-pk")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request):
    """The form that anybody may send; sent twice it tells us once."""
    fields = _fields(request.user)
    if request.method != "POST":
        return _show(request, Sheet.of(request, fields))
    sheet = Sheet(fields, request.POST)
    if not sheet.is_answered:
        return _show(request, sheet, UNPROCESSABLE)
    try:
        row = _tell(request, sheet.values)
    except Refused as refused:
        sheet.refuse(refused)
        return _show(request, sheet, UNPROCESSABLE)
    messages.success(request, _("Your number with us is %(number)s.") % {"number": row.number})
    return HttpResponseRedirect(reverse("complaint_sent"))


def _show(request, sheet, status=None):
    context = {"sheet": sheet, "errors": sheet.summary, "once_key": new_once_key()}
    return render(request, "loans/my_complaint.html", context, status=status)


def _tell(request, said):
    user = request.user if request.user.is_authenticated else None
    case = _cases_of(user).filter(reference=said["case"]).first() if user and said.get("case") else None
    return complaints.complain(
        kind=said["kind"],
        words=said["words"],
        user=user,
        application=case,
        once_key=once_key_of(request),
        **{name: said.get(name) or "" for name in complaints.REACH},
    )


@login_not_required
@require_safe
def sent(request):
    """By when we answer, and who does. It says nothing of who wrote: the telephone may be shared."""
    return render(request, "loans/my_complaint_sent.html", {"days": complaints.days()})

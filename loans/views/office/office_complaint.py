"""One complaint, and what is done with it: whose it is, of whom it speaks, the answer."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from config.languages import NAMES
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import complaints
from loans.models import Complaint
from loans.views.deeds import UNPROCESSABLE
from loans.views.office.office_complaints import READERS
from loans.views.office_deeds import drawn, what_was_tried
from loans.views.sheets import Sheet

ANSWER = (
    Field("outcome", "select", gettext_lazy("What you found"), choices=tuple(Complaint.Outcome.choices)),
    Field(
        "answer",
        "longtext",
        gettext_lazy("Your answer"),
        gettext_lazy("The person reads this as you write it, so write it in their language."),
        max_length=5000,
    ),
)


def _row_or_404(request, number):
    if not request.user.roles & READERS:
        raise PermissionDenied
    rows = Complaint.objects.open_to(request.user).select_related("owner", "user", "entered_by", "answered_by")
    return get_object_or_404(rows.select_related("application__applicant").prefetch_related("about"), number=number)


@require_safe
def complaint(request, number):
    """What was told, and the reader's deeds."""
    return _show(request, _row_or_404(request, number))


def _show(request, row, tried=None):
    """The page; `tried` is {key of a deed: its Sheet}, to be shown again."""
    staff = User.objects.staff()
    deeds = _deeds(row, request.user, staff, tried or {})
    context = {
        "row": row,
        "language": NAMES.get(row.language, row.language),
        "deeds": deeds,
        **what_was_tried(deeds, tried or {}),  # it may have been answered meanwhile
    }
    return render(request, "loans/office_complaint.html", context, status=UNPROCESSABLE if tried else None)


def _fields(row, kind, staff):
    """The questions of a deed; of whom it speaks is a list of boxes, one for each who works here."""
    if kind == "answer":
        return ANSWER
    if kind == "owner":
        able = complaints.owners_for(row, staff)
        return (Field("owner", "select", _("Who looks into it"), choices=_people(able)),)
    return (Field("about", "choices", _("Of whom does it speak?"), choices=_people(staff), required=False),)


def _people(people):
    return tuple((str(person.pk), person.name) for person in people)


def _deeds(row, reader, staff, tried):
    """What this reader may do with it now."""
    if row.answered_at is not None:
        return []
    begun = {
        "owner": {"owner": str(row.owner_id or "")},
        "about": {"about": " ".join(str(person.pk) for person in row.about.all())},
    }
    kinds = []
    if row.owner_id == reader.pk:
        kinds += [("answer", _("Answer it"), _("Send the answer"), "button")]
    if reader.roles & complaints.HANDLERS:
        kinds += [
            ("owner", _("Who looks into it"), _("Give it to this person"), "button" if not kinds else "button-quiet"),
            ("about", _("Of whom it speaks"), _("Write it down"), "button-quiet"),
        ]
    return [
        drawn(
            tried.get(kind) or Sheet(_fields(row, kind, staff), initial=begun.get(kind)),
            key=kind,
            title=title,
            button=button,
            action=reverse(f"complaint_{kind}", args=[row.number]),
            look=look,
            is_open=kind in tried,
        )
        for kind, title, button, look in kinds
    ]


def _deed(kind):
    """A view of a deed: `view(request, row, values)` does it and says so."""

    def wrap(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request, number):
            row = _row_or_404(request, number)
            here = reverse("office_complaint", args=[row.number])
            if request.method != "POST":
                return HttpResponseRedirect(here)
            if kind == "answer" and row.owner_id != request.user.pk:
                raise PermissionDenied
            if kind != "answer" and not request.user.roles & complaints.HANDLERS:
                raise PermissionDenied
            sheet = Sheet(_fields(row, kind, User.objects.staff()), request.POST)
            if not sheet.is_answered:
                return _show(request, row, {kind: sheet})
            try:
                messages.success(request, view(request, row, sheet.values))
            except Refused as refused:
                sheet.refuse(refused)
                return _show(request, _row_or_404(request, number), {kind: sheet})
            return HttpResponseRedirect(here)

        return guarded

    return wrap


@_deed("owner")
def owner(request, row, said):
    """Say who looks into it."""
    complaints.assign(row, by=request.user, owner=User.objects.get(pk=said["owner"]))
    return _("Written down.")


@_deed("about")
def about(request, row, said):
    """Say of whom it speaks: they do not see it."""
    complaints.name_staff(row, by=request.user, about=User.objects.filter(pk__in=said["about"] or ()))
    return _("Written down.")


@_deed("answer")
def answer(request, row, said):
    """Answer it."""
    complaints.answer(row, by=request.user, words=said["answer"], outcome=said["outcome"])
    return _("Answered. The letter is on its way.") if row.address else _("Kept. Please tell the person yourself.")

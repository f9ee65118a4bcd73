"""Lost e-mail addresses: who asked for help, who was identified by whom, what waits for a second person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import addresses, recovery
from accounts.models import Recovery, User
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.views.deeds import attempt
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

AT_ONCE = 30  # of those that wait, the oldest first
SHOWN = 20  # of those that are over


def _fields():
    return (
        Field("account", "email", _("The address of the account, as it stands now")),
        Field("how", "choice", _("How did you see the person and their paper?"), choices=tuple(Recovery.How.choices)),
        Field("note", "longtext", _("What did you see? Never write a number of the paper down.")),
        Field("new_address", "email", _("The address they read now")),
    )


@require_safe
def lost_addresses(request):
    """The list, for officers and managers."""
    return _show(request)


def _show(request, tried=None):
    if not request.user.roles & recovery.HANDLE:
        raise Http404
    rows = Recovery.objects.select_related("person", "proposed_by", "confirmed_by").order_by("-pk")
    waiting = _with_roles(rows.filter(end="").order_by("pk")[:AT_ONCE])
    over = rows.exclude(end="").filter(said__isnull=False)
    context = {
        "waiting": [_row(each, request.user, tried or {}) for each in waiting],
        "over": [_past(each) for each in over.prefetch_related("events__by")[:SHOWN]],
        "errors": [line for sheet in (tried or {}).values() for line in sheet.summary],
    }
    return render(request, "loans/lost_addresses.html", context)


def _with_roles(rows):
    """The rows, their people with the roles they hold: one query for all."""
    held = {person.pk: person.roles for person in User.objects.staff()}
    for row in rows:
        if row.person:
            row.person.__dict__["roles"] = held.get(row.person_id, frozenset())
        yield row


def _row(row, reader, tried):
    """One that waits, with what the reader may do about it."""
    may_handle = recovery.may_handle(row, reader)
    may_propose = may_handle and not row.confirmed_by_id
    return {
        "row": row,
        "said": row.said,
        "masked": addresses.masked(row.new_address) if row.new_address else "",
        "is_theirs": row.person_id == reader.pk,
        "may_close": may_handle,
        "may_confirm": may_handle and not row.confirmed_by_id and recovery.may_confirm(row, reader),
        "deed": _drawn(row, tried.get(row.pk)) if may_propose else None,
    }


def _past(row):
    return {"row": row, "said": row.said, "events": row.events.all()}


def _drawn(row, tried):
    return drawn(
        tried or Sheet(_fields()),
        key=f"person-{row.pk}",
        title=_("I have identified this person"),
        button=_("Write it down"),
        action=reverse("lost_address_proposal", args=[row.pk]),
        look="button-quiet",
        is_open=bool(tried),
    )


def _deed(request, pk):
    """The row, for whoever may act on it; 404 for those to whom the page does not exist."""
    if not request.user.roles & recovery.HANDLE:
        raise Http404
    row = get_object_or_404(Recovery.objects.select_related("person"), pk=pk)
    if not recovery.may_handle(row, request.user):
        raise PermissionDenied
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request, pk):
    """The first person: which account, how they saw its owner, and the new address."""
    row, here = _deed(request, pk), reverse("lost_addresses")
    if request.method != "POST":
        return HttpResponseRedirect(here)
    sheet = Sheet(_fields(), request.POST)
    return attempt(
        request,
        lambda: _told(lambda: recovery.propose(row, by=request.user, **sheet.values)),
        sheet=sheet,
        then=here,
        done=_("Written down. A second person confirms it."),
        show=lambda: _show(request, {row.pk: sheet}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request, pk):
    """The second person: then the waiting time begins."""
    row = _deed(request, pk)
    done = _("Confirmed. The waiting time has begun, and the old address was told.")
    return _at_once(request, lambda: recovery.confirm(row, by=request.user), done)


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request, pk):
    """Nothing comes of it."""
    row = _deed(request, pk)
    return _at_once(request, lambda: recovery.close(row, by=request.user), _("Closed. Nothing changes."))


def _at_once(request, act, done):
    here = reverse("lost_addresses")
    if request.method == "POST":
        sheet = Sheet((), request.POST)
        try:
            _told(act)
        except Refused as refused:
            sheet.refuse(refused)
            messages.warning(request, sheet.summary[0][1])
        else:
            messages.success(request, done)
    return HttpResponseRedirect(here)


def _told(act):
    try:
        return act()
    except recovery.RecoveryRefused as refused:
        raise Refused(refused.code) from refused

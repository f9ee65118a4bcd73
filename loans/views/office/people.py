"""People and roles: who works here, changes that wait for a second person, and which deeds nobody could do."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import people as staffing
from accounts.models import Role, RoleChange, RoleGrant, User
from loans.coverage import gaps
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.views.deeds import attempt
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

READERS = frozenset({Role.MANAGER, Role.COMMITTEE, Role.AUDITOR})
KINDS = RoleChange.Kind


def _fields(kind):
    """What is asked for a change of this kind."""
    staff = tuple((str(person.pk), person.name) for person in User.objects.staff())
    role = Field("role", "select", _("Role"), choices=tuple(Role.choices))
    if kind == KINDS.GIVE:
        return (
            Field("name", "text", _("Name"), max_length=150),
            Field("email", "email", _("E-mail")),
            role,
        )
    person = Field("person", "select", _("Who"), choices=staff)
    if kind == KINDS.TAKE:
        return (person, role)
    return (
        person,
        Field("stands_in_for", "select", _("For whom"), choices=staff),
        role,
        Field("first_day", "date", _("First day")),
        Field("last_day", "date", _("Last day")),
    )


DEEDS = {
    KINDS.GIVE: (gettext_lazy("Give somebody a role"), gettext_lazy("Propose it")),
    KINDS.STAND_IN: (gettext_lazy("Let somebody stand in"), gettext_lazy("Propose it")),
    KINDS.TAKE: (gettext_lazy("Take a role away"), gettext_lazy("Propose it")),
}


@require_safe
def people(request):
    """The page, for managers, committee and auditors; and for whoever a change that waits concerns."""
    return _show(request)


def _show(request, tried=None):
    concerned = RoleChange.objects.filter(person=request.user, is_confirmed=None).exists()
    if not (request.user.roles & READERS or concerned):
        raise Http404
    staff, changes = User.objects.staff(), _changes()
    sees_all = bool(request.user.roles & READERS)
    context = {
        "staff": _staff(staff) if sees_all else [],
        "gaps": gaps(staff) if sees_all else [],
        "waiting": [
            _waiting(change, request.user)
            for change in changes
            if change.is_confirmed is None and (sees_all or change.person == request.user)
        ],
        "decided": [change for change in changes if change.is_confirmed is not None][-20:] if sees_all else [],
        "deeds": [_drawn(kind, (tried or {}).get(kind)) for kind in DEEDS]
        if Role.MANAGER in request.user.roles
        else [],
        "errors": [line for sheet in (tried or {}).values() for line in sheet.summary],
    }
    return render(request, "loans/people.html", context)


def _changes():
    return list(RoleChange.objects.select_related("person", "proposed_by", "decided_by", "stands_in_for"))


def _staff(staff):
    """Each person with what they hold now, stand-ins with their days: one query."""
    held = {}
    for grant in RoleGrant.objects.in_force().select_related("stands_in_for").order_by("pk"):
        held.setdefault(grant.user_id, []).append(grant)
    return [{"person": person, "grants": held[person.pk]} for person in staff]


def _waiting(change, reader):
    return {
        "change": change,
        "may_confirm": staffing.may_confirm(change, reader),
        "may_take_back": change.proposed_by == reader,
    }


def _drawn(kind, tried):
    title, button = DEEDS[kind]
    return drawn(
        tried or Sheet(_fields(kind)),
        key=kind.replace("_", "-"),
        title=title,
        button=button,
        action=reverse("role_changes", args=[kind]),
        look="button-quiet",
        is_open=bool(tried),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def role_changes(request, kind):
    """Propose a change; a second person confirms it."""
    here = reverse("people")
    if kind not in KINDS.values:
        raise Http404
    if Role.MANAGER not in request.user.roles:
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(here)
    sheet = Sheet(_fields(kind), request.POST)
    return attempt(
        request,
        lambda: _propose(request.user, kind, sheet.values),
        sheet=sheet,
        then=here,
        done=_("Proposed. It holds once a second person confirms it."),
        show=lambda: _show(request, {kind: sheet}),
    )


def _propose(manager, kind, said):
    person = (
        User.objects.known_as(said["email"], name=said["name"], language=manager.language)
        if kind == KINDS.GIVE
        else User.objects.get(pk=said["person"])
    )
    more = {}
    if kind == KINDS.STAND_IN:
        more = {
            "stands_in_for": User.objects.get(pk=said["stands_in_for"]),
            "first_day": date.fromisoformat(said["first_day"]),
            "last_day": date.fromisoformat(said["last_day"]),
        }
    try:
        staffing.propose(kind, person, said["role"], by=manager, **more)
    except staffing.ChangeRefused as refused:
        raise Refused(refused.code) from refused


@require_http_methods(["GET", "HEAD", "POST"])
def role_decision(request, pk):
    """The second person confirms or refuses; whoever proposed it may take it back."""
    here, change = reverse("people"), get_object_or_404(RoleChange, pk=pk)
    if not (staffing.may_confirm(change, request.user) or change.proposed_by == request.user):
        raise PermissionDenied if request.user.roles & READERS else Http404
    if request.method != "POST":
        return HttpResponseRedirect(here)
    confirmed = request.POST.get("answer") == "confirm"
    sheet = Sheet((), request.POST)

    def act():
        try:
            staffing.decide(change, by=request.user, confirmed=confirmed)
        except staffing.ChangeRefused as refused:
            raise Refused(refused.code) from refused

    return attempt(
        request,
        act,
        sheet=sheet,
        then=here if request.user.roles & READERS else reverse("home_for_me"),
        done=_("Confirmed. It holds from now on.") if confirmed else _("Not confirmed. Nothing changes."),
        show=lambda: _show(request, {KINDS.GIVE: sheet}),
    )

"""The office's own settings: the overview, each kind, each setting as it stands, all that was proposed about it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config import clock
from loans.lifecycle.reviewing import sanctions
from loans.lifecycle.settings import office_settings
from loans.models import SettingChange
from loans.settings import KINDS
from loans.views.settings.office_setting_letter import letter_of
from loans.views.settings.office_setting_preview import previews
from loans.views.settings.office_setting_words import beside, groups_of, told

MOST_HISTORY = 100
LATEST = 10  # decided changes on the overview


def kind_or_404(request, slug):
    """The kind of setting, for those who read settings; others are told 403."""
    if not request.user.roles & office_settings.READ:
        raise PermissionDenied
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


@require_safe
def overview(request):
    """Every kind of setting; first what waits for a second person."""
    if not request.user.roles & office_settings.READ:
        raise PermissionDenied
    changes = SettingChange.objects.select_related("proposed_by", "decided_by")
    waiting, decided = (
        list(found)
        for found in (changes.waiting(), changes.exclude(is_confirmed=None).order_by("-decided_at", "-pk")[:LATEST])
    )
    newest = {slug: KINDS[slug].newest() for slug in {each.kind for each in (*waiting, *decided)} & KINDS.keys()}
    rows = {(slug, str(getattr(row, KINDS[slug].key))): row for slug, found in newest.items() for row in found}
    context = {
        "waiting": [told(each, rows) for each in waiting],
        "kinds": list(KINDS.values()),
        "decided": [told(each, rows) for each in decided],
        "reads_sanctions": bool(request.user.roles & sanctions.READ),
    }
    return render(request, "loans/office_settings.html", context)


@require_safe
def kind(request, kind):
    """The settings of one kind, each as it stands."""
    kind = kind_or_404(request, kind)
    waiting = set(SettingChange.objects.waiting().filter(kind=kind.slug).values_list("code", flat=True))
    rows = [
        {
            "code": str(getattr(row, kind.key)),
            "name": kind.name(row),
            "beside": beside(kind, row),
            "begins": kind.first_day(row),
            "ends": kind.last_day(row),
            "tag": tag_of(kind, row),
        }
        for row in kind.newest()
    ]
    new = sorted(waiting - {row["code"] for row in rows})
    may_add = kind.can_add and bool(request.user.roles & kind.may_propose)
    context = {"kind": kind, "rows": rows, "waiting": waiting, "new": new, "may_add": may_add}
    return render(request, "loans/office_settings_kind.html", context)


def tag_of(kind, row):
    """(words, tone): whether the setting whose newest row this is holds today, will, or did."""
    return _tag(kind.first_day(row), kind.last_day(row))


def _tag(begins, ends):
    today = clock.today()
    if begins is not None and begins > today:
        return _("to come"), "wait"
    return (_("over"), "") if ends is not None and ends < today else (_("in force"), "good")


@require_safe
def setting(request, kind, code):
    """One setting: how it stands, its versions, and who changed what, when and why."""
    kind = kind_or_404(request, kind)
    rows = list(kind.rows(code))
    if not rows:
        raise Http404
    changes = SettingChange.objects.of(kind.slug, code).select_related("proposed_by", "decided_by")[:MOST_HISTORY]
    known = {(kind.slug, code): rows[0]}
    history = [told(each, known) for each in changes]
    may_propose = bool(request.user.roles & kind.may_propose)
    context = {
        "kind": kind,
        "code": code,
        "name": kind.name(rows[0]),
        "versions": _versions(kind, rows),
        "history": [each for each in history if each["change"].is_confirmed is not None],
        "waiting": next((each for each in history if each["change"].is_confirmed is None), None),
        "may_change": may_propose,
        "may_end": may_propose and kind.can_end and kind.last_day(rows[0]) is None,
    }
    return render(request, "loans/office_setting.html", context)


def _versions(kind, rows):
    """Each wording of a setting with its days, the newest first; a row in ink holds until the next one begins."""
    versions, after = [], None
    for row in rows:
        ends = kind.last_day(row) or (after and kind.in_use and after - timedelta(days=1)) or None
        after = getattr(row, kind.starts) if kind.starts else None
        if not kind.is_end(row):
            versions.append(_version(kind, row, ends))
    return versions


def _version(kind, row, ends):
    return {
        "begins": kind.first_day(row),
        "ends": ends,
        "tag": _tag(kind.first_day(row), ends),
        "groups": groups_of(kind, {**kind.firsts_of(row), **kind.answers_of(row)}),
    }


def show_proposal(request, change, errors=()):
    """One proposal: what it changes and why, what it would do to a loan, and who may answer it."""
    kind, is_waiting = KINDS[change.kind], change.is_confirmed is None
    row, found, letter = kind.rows(change.code).first(), [], []
    if is_waiting and kind.starts and change.act != SettingChange.Act.CLOSE:
        made = kind.made(change.values, code=change.code, before=row, starts=change.effective_from)
        found, letter = previews(kind, made, row, {}), letter_of(kind, made)
    context = {
        **told(change, {(change.kind, change.code): row}),
        "previews": found,
        "letter": letter,
        "each": {
            "may_confirm": is_waiting and office_settings.may_confirm(change, request.user),
            "may_take_back": is_waiting and change.proposed_by_id == request.user.pk,
        },
        "has_nobody": is_waiting and change.takes_two and office_settings.has_nobody_to_confirm(change),
        "address": reverse("setting_decision", args=[change.pk]),
        "errors": errors,
        "exists": row is not None,
    }
    return render(request, "loans/office_setting_change.html", context)


@require_safe
def proposal(request, pk):
    """The page of one proposal."""
    if not request.user.roles & office_settings.READ:
        raise PermissionDenied
    return show_proposal(request, get_object_or_404(SettingChange.objects.select_related(*PEOPLE), pk=pk))


PEOPLE = ("proposed_by", "decided_by")

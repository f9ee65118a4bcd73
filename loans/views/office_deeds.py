"""Deeds of the loan office on a page that holds several: each sheet apart, tried through the machine's own rules."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django_fsm import can_proceed, has_transition_perm

from loans.views.deeds import attempt, new_once_key


def attempt_in_office(request, move, act, *, sheet, here, done, show):
    """`attempt` for `move`, a bound transition: 403 for whoever may not; then back `here`.

    A sheet that is not answered for a deed whose time is over is not shown again: the page is, as it now stands. An
    answered one is always tried, so that a second click meets the verb's once-key.
    """
    if can_proceed(move) and not has_transition_perm(move, request.user):
        raise PermissionDenied
    if not can_proceed(move) and not sheet.is_answered:
        messages.warning(request, _("This has moved on meanwhile. Here is how it stands now."))
        return HttpResponseRedirect(here)
    return attempt(request, act, sheet=sheet, then=here, done=done, show=show)


def drawn(sheet, *, key, title, button, action, look="button", is_open=False):
    """A deed as loans/office_deed.html draws it. `key` keeps its ids apart; boxes named reason-… are one group."""
    fields = [{**field, "id": f"id-{key}-{field['name']}"} for field in sheet.fields]
    ticks = [field for field in fields if field["name"].startswith("reason-")]
    return {
        "key": key,
        "title": title,
        "button": button,
        "action": action,
        "look": look,
        "is_open": is_open,
        "once_key": new_once_key(),
        "fields": [field for field in fields if field not in ticks],
        "ticks": ticks,
        "ticks_error": sheet.errors.get("reasons", ""),
        "summary": _summary(sheet, key, ticks),
    }


def _summary(sheet, key, ticks):
    """What is wrong, with links to this sheet's own ids; missing reasons lead to the first box."""
    return [
        (f"#{ticks[0]['id']}" if ticks and name == "reasons" else link.replace("#id-", f"#id-{key}-"), text)
        for name, (link, text) in zip(sheet.errors, sheet.summary, strict=True)
    ]

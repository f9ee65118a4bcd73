"""Deeds of the loan office on a page that holds several: each sheet apart, tried through the machine's own rules."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_fsm import can_proceed, has_transition_perm

from loans.views.deeds import again, attempt, new_once_key
from loans.views.sheets import Sheet


def attempt_in_office(request, move, act, *, sheet, here, done, show, moved=None, told_why=False):
    """`attempt` for `move`, a bound transition: 403 for whoever may not; then back `here`.

    A sheet that is not answered for a deed whose time is over is not shown again: the page is, as it now stands, and by
    `moved()` with the words that were typed. An answered one is always tried, so that a second click meets the verb's
    once-key. `told_why`: the verb itself says in words why this reader may not.
    """
    if can_proceed(move) and not told_why and not has_transition_perm(move, request.user):
        raise PermissionDenied
    if not can_proceed(move) and not sheet.is_answered:
        if moved and sheet.has_words:
            return again(moved)
        messages.warning(request, _("This has moved on meanwhile. Here is how it stands now."))
        return HttpResponseRedirect(here)
    return attempt(request, act, sheet=sheet, then=here, done=done, show=show, moved=moved)


def deed_on_rows(verb, key, *, page, case_of, rows, fields, show, read=lambda data: data):
    """A view of a deed on a page of a case: `view(request, case, sheet, *row)` gives (act, what to say when done).

    `page` names the page's address and `key` the deed's form; where the address holds a key too, it is that of one of
    `rows(case)`. `case_of(request, reference)` is the case or a 404, `fields(case)` are those of the form, and
    `show(request, case, {key: sheet})` is the page again. `read` makes of what was sent what the fields read.
    """

    def wrap(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request, reference, pk=None):
            case = case_of(request, reference)
            row = [get_object_or_404(rows(case), pk=pk)] if pk else []
            here = reverse(page, args=[case.reference])
            if request.method != "POST":
                return HttpResponseRedirect(here)
            sheet = Sheet(fields(case), read(request.POST))
            act, done = view(request, case, sheet, *row)
            tried = {f"{key}-{pk}" if pk else key: sheet}
            return attempt_in_office(
                request,
                getattr(case, verb),
                act,
                sheet=sheet,
                here=here,
                done=done,
                show=lambda: show(request, case, tried),
            )

        return guarded

    return wrap


def what_was_tried(deeds, tried):
    """What a page says of `tried`, {key of a deed: its Sheet}: what is wrong, and the words of deeds that are gone."""
    shown = {deed["key"] for deed in deeds}
    late = [sheet for key, sheet in tried.items() if key not in shown]
    wrong = [line for deed in deeds for line in deed["summary"]]
    return {
        "unsent": [words for sheet in late for words in sheet.words],
        "errors": wrong + [line for sheet in late for line in sheet.summary],
    }


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

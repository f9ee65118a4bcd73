"""Doing a deed from a page: the verb is tried, and whatever it says is told in a clear sentence."""

import secrets

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from loans.lifecycle.refusal import Refused

UNPROCESSABLE = 422


def new_once_key():
    """A key for a form that does a deed: unguessable, used once."""
    return secrets.token_urlsafe(24)


def once_key_of(request):
    """The once-key of the form that was sent."""
    return request.POST.get("once_key", "")


def seen_of(request):
    """The newest event on the page from which a form was sent; 0 when the form does not say."""
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0


def attempt(request, act, *, sheet, then, done, show, moved=None):
    """Try `act()` when the sheet is answered. Done: on to the URL `then`, saying `done`. Not done: `show()` again.

    `then` may be a function of what the verb returned. A state that moved on meanwhile is told, and the page it now
    is shown: by `moved()`, where something was typed that may not be lost. A verb's refusal stands beside its field,
    with everything that was typed.
    """
    if not sheet.is_answered:
        return again(show)
    try:
        result = act()
    except Refused as refused:
        sheet.refuse(refused)
        return again(show)
    except TransitionNotAllowed:
        if moved and sheet.has_words:
            return again(moved)
        messages.warning(request, _("Somebody was faster: this changed meanwhile. Here is how it stands now."))
        return HttpResponseRedirect(then(None) if callable(then) else then)
    messages.success(request, done)
    return HttpResponseRedirect(then(result) if callable(then) else then)


def again(show):
    """The page that `show()` makes, as the answer to a form that was not taken."""
    response = show()
    response.status_code = UNPROCESSABLE
    return response

"""How well we know who sits at this browser.

A text message can be read on a stolen screen, and a number can be talked out of a telephone company. So a session that
was opened by one alone reads and fills in, and changes nothing by which somebody could take the account or the money:
bank details, e-mail, phone, passkeys. Views ask `is_strong`; what opens another door asks `is_fresh`, by `fresh_only`.
"""

from datetime import datetime, timedelta
from functools import wraps

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from config import clock
from letters import returns

FRESH_FOR = timedelta(minutes=30)
SIGN_IN_LETTER = "sign_in_code"
EMAIL, SMS, PASSKEY = "email", "sms", "passkey"
WAYS = {"code": lambda record: SMS if record.get("phone") else EMAIL, PASSKEY: lambda record: PASSKEY}


def opened(request, user):
    """`user` was signed in just now: remember by what."""
    way = EMAIL
    for record in get_authentication_records(request, user):
        if record["method"] in WAYS:  # an authenticator app neither weakens nor strengthens it
            way = WAYS[record["method"]](record)
    request.session["signed_in_by"] = way
    request.session.pop("proved_at", None)
    if way == EMAIL:
        returns.arrived(user, SIGN_IN_LETTER)
    if way != SMS:
        proved(request)


def proved(request):
    """The e-mail address or a passkey was shown just now, in this session."""
    request.session["proved_at"] = clock.now().isoformat()


def is_strong(request):
    """Whether this session showed more than a text message: the e-mail address, or a passkey.

    Bank details are entered and changed in no other; `fresh_only` wants it besides to have been a little while ago.
    """
    return "proved_at" in request.session


def is_fresh(request):
    """Whether that was in the last half hour."""
    return is_strong(request) and clock.now() - datetime.fromisoformat(request.session["proved_at"]) < FRESH_FOR


def ask(request, onward):
    """Ask for a code by mail first, then go on to the address `onward`."""
    return redirect(f"{reverse('proof')}?{urlencode({REDIRECT_FIELD_NAME: onward})}")


def fresh_only(view):
    """`view`, for whoever showed their e-mail address or a passkey a little while ago; others are asked for a code."""
    return _asking(view, is_fresh, "my_account")


def strong_only(view, back):
    """`view`, for sessions that showed more than a text message; the others come back to the page named `back`."""
    return _asking(view, is_strong, back)


def _asking(view, holds, back):
    @wraps(view)
    def door(request, *args, **kwargs):
        if holds(request):
            return view(request, *args, **kwargs)
        # What was posted is not done behind their back afterwards: it is typed and sent once more.
        return ask(request, request.get_full_path() if request.method in ("GET", "HEAD") else reverse(back))

    return door

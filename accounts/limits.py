"""How often one may knock at a door, counted per client and per address or session (settings.ACCOUNT_RATE_LIMITS)."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume_or_429


def limited(view, action, *, per, answers_typed=False):
    """`view`, answering 429.html once the tries of `action` are used up, counted by `per(request)` too.

    Only what is sent counts, not looking at the page; nor the switch of its language, unless the view answers what was
    typed then too (`answers_typed`).
    """

    @wraps(view)
    def door(request, *args, **kwargs):
        is_asked = answers_typed and request.typed is not None
        refused = consume_or_429(request, action=action, key=per(request), limit_get=is_asked)
        return refused or view(request, *args, **kwargs)

    return door


def typed_address(request):
    """The e-mail address that was typed."""
    return request.POST.get("email", "").strip().lower()


def lost_address(request):
    """The e-mail address of which somebody says that they cannot read it any more."""
    return request.POST.get("old_address", "").strip().lower()


def session(request):
    """The session, in which the code lies that is guessed at; without one there is none, and the client counts."""
    return request.session.session_key or get_adapter(request).get_client_ip(request)


def typed_number(request):
    """The telephone number that was typed, however it was written; where there is none, the session counts."""
    typed = request.POST.get("number") or request.POST.get("phone", "")
    return "".join(filter(str.isdecimal, typed[:60]))[-10:] or session(request)


def client(request):
    """Where the request comes from."""
    return get_adapter(request).get_client_ip(request)

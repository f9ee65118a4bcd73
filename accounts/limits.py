"""How often one may knock at a door, counted per client and per address or session (settings.ACCOUNT_RATE_LIMITS)."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume_or_429


def limited(view, action, *, per):
    """`view`, answering 429.html once the tries of `action` are used up, counted by `per(request)` too.

    Only what is sent counts, not looking at the page.
    """

    @wraps(view)
    def door(request, *args, **kwargs):
        return consume_or_429(request, action=action, key=per(request)) or view(request, *args, **kwargs)

    return door


def typed_address(request):
    """The e-mail address that was typed."""
    return request.POST.get("email", "").strip().lower()


def session(request):
    """The session, in which the code lies that is guessed at; without one there is none, and the client counts."""
    return request.session.session_key or get_adapter(request).get_client_ip(request)

"""What every page knows of the person who reads it."""

from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.menu import menu_for
from accounts.views.sign_out import SIGNED_OUT

NOBODY = "nobody"


def menu(request):
    """{"menu": entries with label, url and whether it is the page one is on, "reader": who signed in, NOBODY or ""}.

    What a browser keeps of what was typed carries that name, so that the next one at the same device finds nothing;
    after signing out that is everything. Whose session ran out, or who never signed in, finds their own again.
    """
    user = getattr(request, "user", None)
    if user is None:
        return {"menu": [], "reader": ""}
    entries = [(label, reverse(name)) for label, name in menu_for(user)]
    return {
        "menu": [{"label": label, "url": url, "current": request.path == url} for label, url in entries],
        "reader": _reader(request),
    }


def _reader(request):
    if request.user.is_authenticated:
        return salted_hmac("reader", str(request.user.pk)).hexdigest()[:16]
    return NOBODY if SIGNED_OUT in request.COOKIES else ""

"""Signing out."""

from allauth.account.views import logout
from django.conf import settings
from django.contrib.auth.decorators import login_not_required

SIGNED_OUT = "signed_out"  # a cookie: the next page clears what this device still holds of what was typed
SECONDS = 120


@login_not_required
def sign_out(request):
    """The way out. What was typed and is not saved yet goes only when the way out was reached, not while offline."""
    answer = logout(request)
    if request.method == "POST":
        answer.set_cookie(
            SIGNED_OUT, "1", max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return answer

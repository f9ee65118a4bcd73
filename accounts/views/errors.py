"""Pages for what went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def expired_form(request, reason=""):
    """The form's security token was missing or too old: what was typed is safe in the browser's back button."""
    return render(request, "403_csrf.html", status=403)

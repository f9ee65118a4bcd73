"""What every page knows of the person who reads it."""

from django.urls import reverse

from accounts.menu import menu_for


def menu(request):
    """{"menu": entries with label, url and whether it is the page one stands on}."""
    user = getattr(request, "user", None)
    if user is None:
        return {"menu": []}
    entries = [(label, reverse(name)) for label, name in menu_for(user)]
    return {"menu": [{"label": label, "url": url, "current": request.path == url} for label, url in entries]}

"""Choosing a language: kept on the device, and for a signed-in person also for letters."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language


@login_not_required
@require_POST
def set_language(request):
    """Remember the language that was chosen and go back to the page (`next`)."""
    response = django_set_language(request)
    chosen = response.cookies.get("language")
    if chosen and request.user.is_authenticated:
        request.user.language = chosen.value
        request.user.save(update_fields=["language"])
    return response

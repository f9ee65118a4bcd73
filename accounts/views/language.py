"""Choosing a language: kept on the device, and for a signed-in person also for letters."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.languages import BINDING

SWITCH = "switch_language"  # the name of the buttons inside a form: accounts.middleware.LanguageSwitchMiddleware


@login_not_required
@require_POST
def set_language(request):
    """Remember the language that was chosen and go back to the page (`next`). One we do not offer changes nothing."""
    response = HttpResponseRedirect(_way_back(request))
    if request.POST.get("language") in request.languages:
        remember(request, response, request.POST["language"])
    return response


@require_POST
def binding_language(request):
    """The language, English or French, in which contracts and decisions bind the reader of a further one."""
    if request.POST.get("language") in BINDING:
        request.user.binding_language = request.POST["language"]
        request.user.save(update_fields=["binding_language"])
    return HttpResponseRedirect(_way_back(request))


def remember(request, response, language):
    """Keep the choice on the device for a year; for letters too when a signed-in person made it by a POST."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    if request.user.is_authenticated and request.META.get("REQUEST_METHOD") == "POST":
        request.user.language = language
        request.user.save(update_fields=["language"])


def _way_back(request):
    """`next`, when it is one of our own pages; else the first page."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else reverse("home")

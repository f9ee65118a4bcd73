"""What every page of a signed-in person needs, and the switch of languages inside a form."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from accounts import proof, sessions
from accounts.views.language import SWITCH, remember
from config.languages import BINDING
from letters.middleware import read

WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account_logout",
    "set_language",
}
# An app that somebody else enrols would shut the owner out: no session by text alone comes here.
CHANGES_SECOND_FACTOR = {
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}


class PersonalPagesMiddleware:
    """A person's pages are in their language on a device that has not chosen one, and no cache keeps them.

    They are told later that this device was seen.
    Who works here reads English or French: the pages of the office have no other words.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user.is_authenticated
        if signed_in:
            sessions.seen(request)
            self._speak(request)
        response = self.get_response(request)
        if signed_in and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    @staticmethod
    def _speak(request):
        if request.user.is_staff:
            request.languages = BINDING
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or request.user.language
        if wanted not in BINDING and wanted not in request.languages:
            wanted = request.user.binds_in
        if wanted != request.LANGUAGE_CODE:
            read(request, wanted)


class SecondFactorMiddleware:
    """Staff without a second factor reach only the page where they enrol one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user, page = request.user, request.resolver_match.url_name
        if not user.is_authenticated:
            return None
        if page in CHANGES_SECOND_FACTOR and not user.is_staff and not proof.is_strong(request):
            return proof.ask(request, request.path)
        if page in WITHOUT_SECOND_FACTOR or not user.is_staff:
            return None
        return None if user.has_second_factor else redirect("mfa_activate_totp")


class LanguageSwitchMiddleware:
    """A form sent by the switch of languages does no deed: its page comes back in that language, with what was typed.

    A view that keeps what is typed anyhow (`keeps_what_is_typed`) still gets the POST; `request.switched` tells it
    apart. Every other one is shown as by a GET, and finds what was typed in `request.typed`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.switched, request.typed = "", None
        response = self.get_response(request)
        if request.switched:
            remember(request, response, request.switched)
        return response

    def process_view(self, request, view, args, kwargs):
        sent = request.POST if request.method == "POST" else request.GET
        if SWITCH not in sent:
            return None
        chosen = sent[SWITCH] if sent[SWITCH] in request.languages else request.LANGUAGE_CODE
        if request.method != "POST":
            return self._shown_again(request, chosen)
        read(request, chosen)
        request.switched = chosen
        if not getattr(view, "keeps_what_is_typed", False):
            request.typed, request.method = request.POST, "GET"
        return None

    @staticmethod
    def _shown_again(request, chosen):
        """The same questions in the address, without the switch."""
        asked = request.GET.copy()
        asked.pop(SWITCH)
        response = HttpResponseRedirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)
        remember(request, response, chosen)
        return response

"""What every page of a signed-in person needs."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.utils import translation

WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account_logout",
    "set_language",
}


class PersonalPagesMiddleware:
    """A person's pages are in their language on a device that has not chosen one, and no cache keeps them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user.is_authenticated
        if signed_in and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if signed_in and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class SecondFactorMiddleware:
    """Staff without a second factor reach only the page where they enrol one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user, page = request.user, request.resolver_match.url_name
        if not user.is_authenticated or page in WITHOUT_SECOND_FACTOR or not user.is_staff:
            return None
        return None if is_mfa_enabled(user) else redirect("mfa_activate_totp")

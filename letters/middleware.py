"""The language of a page: what the device chose or its browser asks for, as far as we offer it."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation.trans_real import parse_accept_lang_header

from config.languages import BINDING, ENGLISH
from letters.languages import best_of, offered


class OfferedLanguagesMiddleware(LocaleMiddleware):
    """As Django chooses it; a language that is not signed yet gives way to English or French without a word.

    `request.languages` are those on offer, looked up at most once a page.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.languages = SimpleLazyObject(offered)
        if request.LANGUAGE_CODE not in BINDING and request.LANGUAGE_CODE not in request.languages:
            read(request, _next_best(request))


def read(request: HttpRequest, language: str) -> None:
    """From here on the page is in `language`."""
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


def _next_best(request):
    asked = [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    return best_of(asked, BINDING, otherwise=ENGLISH)

"""The languages we offer: whose catalogue was read by whom and when, and what has changed since."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import languages as signing
from accounts.models import Role
from config.languages import FURTHER, NAMES
from letters.catalogues import fingerprint, lacking
from letters.models import SignedCatalogue
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.views.deeds import attempt
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

READERS = frozenset({Role.MANAGER, Role.AUDITOR})
READING = (
    Field(
        "read_by",
        "text",
        gettext_lazy("Who has read all of it?"),
        gettext_lazy("The full name of somebody who knows the language well and stands by these words."),
        max_length=150,
    ),
    Field("read_on", "date", gettext_lazy("On which day did they finish?")),
)


@require_safe
def languages(request):
    """The page: managers sign and take back, auditors read."""
    if not request.user.roles & READERS:
        raise PermissionDenied
    return _show(request)


@require_http_methods(["GET", "HEAD", "POST"])
def signature(request, language):
    """Write down who has read the catalogue of a language: from then on it is offered."""
    _refuse_strangers(request, language)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("languages"))
    sheet = Sheet(READING, request.POST)
    return attempt(
        request,
        lambda: _sign(language, request.user, sheet.values),
        sheet=sheet,
        then=reverse("languages"),
        done=_("Written down. The language is offered from now on."),
        show=lambda: _show(request, {language: sheet}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def signature_end(request, language):
    """Take a language back; whoever reads it finds English or French."""
    _refuse_strangers(request, language)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("languages"))
    return attempt(
        request,
        lambda: signing.take_back(language, by=request.user),
        sheet=Sheet((), request.POST),
        then=reverse("languages"),
        done=_("Taken back. The language is not offered any more."),
        show=lambda: _show(request),
    )


def _refuse_strangers(request, language):
    if language not in FURTHER:
        raise Http404
    if not signing.may_sign(request.user):
        raise PermissionDenied


def _sign(language, manager, said):
    try:
        signing.sign(language, by=manager, read_by=said["read_by"], read_on=date.fromisoformat(said["read_on"]))
    except signing.SigningRefused as refused:
        raise Refused(refused.code, **({"field": "read_on"} if refused.code == "in_the_future" else {})) from refused


def _show(request, tried=None):
    rows = list(SignedCatalogue.objects.select_related("recorded_by", "ended_by"))
    tried = tried or {}
    context = {
        "languages": [_told(language, rows, request.user, tried.get(language)) for language in FURTHER],
        "ended": [{"name": NAMES[row.language], "row": row} for row in rows if row.ended_at],
        "shows_all": settings.DEMO,
        "errors": [line for language, sheet in tried.items() for line in _drawn(language, sheet)["summary"]],
    }
    return render(request, "loans/languages.html", context)


def _told(language, rows, reader, tried):
    signed = next((row for row in rows if row.language == language and not row.ended_at), None)
    missing = lacking(language)
    may = signing.may_sign(reader)
    return {
        "code": language,
        "name": NAMES[language],
        "signed": signed,
        "missing": missing,
        "has_changed": bool(signed) and signed.fingerprint != fingerprint(language),
        "deed": _drawn(language, tried or Sheet(READING)) if may and not signed and not missing else None,
        "may_end": may and bool(signed),
    }


def _drawn(language, sheet):
    return drawn(
        sheet,
        key=f"sign-{language}",
        title=_("Somebody has read it"),
        button=_("Offer this language"),
        action=reverse("language_signature", args=[language]),
        is_open=bool(sheet.errors),
    )

"""A signed page that waits for a second pair of eyes: the printing and its scan, side by side; nothing else."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from loans import rules
from loans.fields import Field
from loans.lifecycle.applying import signed_pages
from loans.models import Application
from loans.views.applicant.my_answers import answers_on_paper
from loans.views.deeds import once_key_of
from loans.views.office.office_assisted import was_done
from loans.views.office.office_assisted_case import MATCHES
from loans.views.office_deeds import attempt_in_office, drawn
from loans.views.paper_files import file_response
from loans.views.sheets import Sheet

FIELDS = {"confirm": (MATCHES,), "turn-down": (Field("note", "longtext", gettext_lazy("What is wrong with it?")),)}


def _waiting_or_404(request, reference):
    """(case, its signed page), when the reader may take the second look; else it does not exist."""
    cases = Application.objects.to_look_at_second(request.user)
    cases = cases.select_related("product__fund", "applicant__user", "assisted_by").prefetch_related("parties")
    case = get_object_or_404(cases, reference=reference)
    page = signed_pages.page_of(case)
    if page is None or page.checked is None or not rules.may_look_second(case, request.user):
        raise Http404
    return case, page


@require_safe
def signed_page(request, reference):
    """What was printed, what came back, and the two answers."""
    return _show(request, *_waiting_or_404(request, reference))


def _show(request, case, page, tried=None):
    tried = tried or {}
    kinds = (
        ("confirm", "signed_page_confirmation", _("It matches"), _("Confirm and send the form"), "button"),
        ("turn-down", "signed_page_refusal", _("It does not match"), _("Turn it down"), "button-danger"),
    )
    deeds = [
        drawn(
            tried.get(key) or Sheet(FIELDS[key]),
            key=key,
            title=title,
            button=button,
            action=reverse(name, args=[case.reference]),
            look=look,
            is_open=key in tried,
        )
        for key, name, title, button, look in kinds
    ]
    errors = [line for deed in deeds for line in deed["summary"]]
    context = {"case": case, "page": page, "deeds": deeds, "errors": errors}
    return render(request, "loans/office_signed_page.html", context)


@require_safe
def printed(request, reference):
    """What was printed, as PDF."""
    return answers_on_paper(*_waiting_or_404(request, reference))


@require_safe
def scanned(request, reference):
    """What came back, signed."""
    _case, page = _waiting_or_404(request, reference)
    return file_response(page.scan)


@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request, reference):
    """It matches: the form is sent."""

    def act(case, page, sheet):
        return lambda: signed_pages.confirm(
            case,
            by=request.user,
            page=page.pk,
            matches=bool(sheet.values["is_same"]),
            once_key=once_key_of(request),
        )

    done = _("The form is sent.")
    return _answer(request, reference, "confirm_signed_page", "confirm", act, done, then="case")


@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request, reference):
    """It does not match: whoever typed prints anew."""

    def act(case, page, sheet):
        note = sheet.values["note"]
        return lambda: signed_pages.turn_down(
            case, by=request.user, page=page.pk, note=note, once_key=once_key_of(request)
        )

    done = _("Turned down. Whoever typed sees it.")
    return _answer(request, reference, "turn_down_signed_page", "turn-down", act, done, then="assisted")


def _answer(request, reference, verb, key, act, done, *, then):
    onward = reverse(then, args=[reference] if then == "case" else [])
    if request.method == "POST" and was_done(request, reference):
        return HttpResponseRedirect(onward)
    case, page = _waiting_or_404(request, reference)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("signed_page", args=[case.reference]))
    sheet = Sheet(FIELDS[key], request.POST)
    return attempt_in_office(
        request,
        getattr(case, verb),
        act(case, page, sheet),
        sheet=sheet,
        here=onward,
        done=done,
        show=lambda: _show(request, case, page, {key: sheet}),
    )

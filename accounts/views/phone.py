"""How we reach you: the telephone for text messages, proven by a code, and whether news comes by mail, text or both."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import phones
from accounts.codes import CodeError
from accounts.models import Phone
from letters import texts

UNPROCESSABLE = 422
NUMBER_ERRORS = {
    "not_a_number": gettext_lazy("Please write a telephone number with its area code, such as 613-555-0123."),
    "not_here": gettext_lazy("We cannot send texts to this country yet. E-mail goes everywhere."),
    "off": gettext_lazy("We cannot send texts just now. Please try again later."),
    "too_many": gettext_lazy("That was too many codes in one hour. Please wait an hour and try again."),
}
CODE_ERRORS = {
    "wrong": gettext_lazy("These are not the digits we sent. Please look again."),
    "expired": gettext_lazy("This code is older than 15 minutes. Please ask for a new one."),
    "too_many": gettext_lazy("That was too many tries. Please ask for a new code."),
    "none_sent": gettext_lazy("There is no code to type. Please ask for a new one."),
}


@require_safe
def reach(request):
    """Where news goes now, and the ways to change that."""
    return _show(request)


def _show(request, *, number="", number_error="", wish_error=""):
    phone = request.user.proven_phone
    context = {
        "number": _number_field(number, number_error),
        "wish": _wish_field(phone, wish_error) if phone else None,
        "phone": phone,
        "has_texts": texts.is_on(),
        "errors": [("#id-number", number_error)] * bool(number_error)
        + [("#id-notices", wish_error)] * bool(wish_error),
    }
    return render(request, "account/reach.html", context, status=UNPROCESSABLE if context["errors"] else 200)


def _number_field(value, error):
    return {
        "name": "number",
        "id": "id-number",
        "kind": "tel",
        "label": _("Your mobile number"),
        "help": _("Such as 613-555-0123. We send a code to it first."),
        "value": value,
        "error": error,
        "required": True,
        "autocomplete": "tel",
        "inputmode": "tel",
        "max_length": 40,
    }


def _wish_field(phone, error):
    return {
        "name": "notices",
        "id": "id-notices",
        "kind": "choice",
        "label": _("How shall we tell you that there is news?"),
        "help": _(
            "A text only says that there is news; you read it here, after signing in. Agreements come by e-mail."
        ),
        "choices": Phone.Notices.choices,
        "value": phone.notices,
        "error": error,
        "required": True,
    }


@require_POST
def notices(request):
    """By mail, by text or both."""
    try:
        phones.choose(request.user, request.POST.get("notices", ""))
    except ValueError:
        return _show(request, wish_error=_("Please choose one of the answers."))
    messages.success(request, _("Kept. News will reach you this way from now on."))
    return HttpResponseRedirect(reverse("reach"))


@require_POST
def phone(request):
    """A code goes to the number that was typed."""
    typed = request.POST.get("number", "")[:60]
    try:
        phones.send_code(request.user, typed)
    except (phones.PhoneError, CodeError) as error:
        return _show(request, number=typed, number_error=str(NUMBER_ERRORS[error.reason]))
    return HttpResponseRedirect(reverse("phone_code"))


@require_http_methods(["GET", "HEAD", "POST"])
def phone_code(request):
    """The digits of that text: typed, the number is theirs."""
    asked = Phone.objects.filter(user=request.user, asked_sealed__isnull=False).first()
    if asked is None:
        return HttpResponseRedirect(reverse("reach"))
    error = ""
    if request.method == "POST":
        try:
            phones.prove(request.user, request.POST.get("code", "")[:40])
        except CodeError as refused:
            error = str(CODE_ERRORS[refused.reason])
        else:
            messages.success(request, _("This number is yours. Choose below what we send to it."))
            return HttpResponseRedirect(reverse("reach"))
    field = {
        "name": "code",
        "id": "id-code",
        "kind": "text",
        "label": _("The six digits"),
        "help": _("You can paste them."),
        "value": "",
        "error": error,
        "required": True,
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
    }
    context = {"code": field, "ends_in": asked.asked_sealed[-2:], "errors": [("#id-code", error)] * bool(error)}
    return render(request, "account/phone_code.html", context, status=UNPROCESSABLE if error else 200)


@require_POST
def phone_removal(request):
    """No texts any more."""
    phones.forget(request.user)
    messages.success(request, _("We have forgotten your telephone number. News goes to your e-mail address."))
    return HttpResponseRedirect(reverse("reach"))

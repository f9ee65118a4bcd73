"""A lost e-mail address, seen from outside: asking for help, stopping it, and the new address at last."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import addresses, codes, recovery
from accounts.forms import CodeForm, LostAddressForm
from accounts.views.code_errors import say
from config import clock


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lost_address(request):
    """Who you are and how we reach you; the answer is the same whether such an account exists."""
    form = LostAddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        recovery.ask(**form.cleaned_data, language=get_language())
        return redirect(f"{request.path}?asked=yes")
    context = {"form": form, "is_asked": "asked" in request.GET and not form.is_bound}
    return render(request, "account/lost_address.html", context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_stop(request, token):
    """By the link in the letter to the old address: stop it. Only a press of the button does, not the visit."""
    found = _by_link(token, recovery.STOP)
    if request.method == "POST" and not found.end:
        with suppress(recovery.RecoveryRefused):  # the other of two clicks was first
            recovery.stop(found)
        return redirect(request.path)
    return render(request, "account/recovery_stop.html", {"recovery": found})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_door(request, token):
    """By the link in the letter to the new address: once the waiting time is over, a code; then it is in place."""
    found = _by_link(token, recovery.DOOR)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        answer = _act(request, found, form)
        if answer:
            return answer
    context = {
        "form": form,
        "recovery": found,
        "is_open": recovery.is_open(found),
        "is_over": clock.now() >= found.wait_until + recovery.OPEN_FOR,
        "is_sent": "sent" in request.GET or form.is_bound,
        "masked": addresses.masked(found.new_address),
    }
    return render(request, "account/recovery_door.html", context, status=422 if form.errors else 200)


def _act(request, found, form):
    try:
        if not form.is_bound:
            recovery.send_code(found)
            return redirect(f"{request.path}?sent=yes")
        if form.is_valid():
            recovery.finish(found, typed=form.cleaned_data["code"])
            messages.success(request, _("Your new address is in place. Please sign in with it."))
            return redirect("account_login")
    except recovery.RecoveryRefused:
        return redirect(request.path)  # the page says how it stands
    except codes.CodeError as error:
        if not form.is_bound:
            return redirect(f"{request.path}?sent=yes")
        say(form, error)
    return None


def _by_link(token, what):
    found = recovery.by_link(token, what)
    if found is None:
        raise Http404
    return found

"""Passkeys: added, named, removed by their owner; and shown at the door."""

import json
from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import passkeys, proof
from accounts.forms import PasskeyForm, PasskeyNameForm
from accounts.views.code_errors import PASSKEYS


def _applicants_only(view):
    @wraps(view)
    def door(request, *args, **kwargs):
        if request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return door


def _as_text(options):
    return json.dumps(options, cls=DjangoJSONEncoder)


@require_http_methods(["GET", "HEAD"])
@_applicants_only
def my_passkeys(request):
    """Those there are."""
    rows = [{"passkey": each, "name": each.wrap().name} for each in passkeys.passkeys_of(request.user)]
    return render(request, "account/passkeys.html", {"rows": rows, "is_full": len(rows) >= passkeys.MOST})


@require_http_methods(["GET", "HEAD", "POST"])
@_applicants_only
@proof.fresh_only
def my_passkey_new(request):
    """A name for it, and the browser's own dialogue."""
    form, name = PasskeyForm(request.POST or None), PasskeyNameForm(request.POST or None)
    error = ""
    if request.method == "POST":
        error = PASSKEYS["not_proven"]()
        if form.is_valid():
            called = name.cleaned_data["name"] if name.is_valid() else _("My passkey")
            try:
                passkeys.add(request.user, called, form.cleaned_data["credential"])
            except passkeys.PasskeyError as refused:
                error = PASSKEYS[refused.reason]()
            else:
                messages.success(request, _("Your passkey is ready. Use it the next time you sign in."))
                return redirect("my_passkeys")
    context = {
        "options": _as_text(passkeys.begin_adding(request.user)),
        "errors": [("#id-name", error)] if error else [],
    }
    return render(request, "account/passkey_new.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@_applicants_only
@proof.fresh_only
def my_passkey(request, pk):
    """One of mine: another name, or gone."""
    passkey = next((each for each in passkeys.passkeys_of(request.user) if each.pk == pk), None)
    if passkey is None:
        raise Http404
    form = PasskeyNameForm(request.POST if request.method == "POST" else {"name": passkey.wrap().name})
    if request.method == "POST":
        if "remove" in request.POST:
            passkeys.remove(passkey)
            messages.success(request, _("The passkey is removed. It opens nothing any more."))
            return redirect("my_passkeys")
        if form.is_valid():
            passkeys.rename(passkey, form.cleaned_data["name"])
            return redirect("my_passkeys")
    return render(request, "account/passkey.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_sign_in(request):
    """The door for whoever has one."""
    if request.user.is_authenticated:
        return redirect("home_for_me")
    error = ""
    if request.method == "POST":
        form = PasskeyForm(request.POST)
        try:
            if not form.is_valid():
                raise passkeys.PasskeyError("not_proven")
            passkey = passkeys.shown(form.cleaned_data["credential"])
        except passkeys.PasskeyError as refused:
            error = PASSKEYS[refused.reason]()
        else:
            record_authentication(request, passkey.user, method=proof.PASSKEY)
            return perform_login(request, Login(user=passkey.user, redirect_url=get_next_redirect_url(request)))
    context = {
        "options": _as_text(passkeys.begin_showing()),
        "onward": get_next_redirect_url(request) or "",
        "errors": [("#use", error)] if error else [],
    }
    return render(request, "account/passkey_sign_in.html", context, status=422 if error else 200)

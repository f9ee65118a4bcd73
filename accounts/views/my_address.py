"""Changing my e-mail address: typed, then proven by the digits sent to it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import addresses, codes
from accounts.forms import AddressForm, CodeForm
from accounts.proof import fresh_only
from accounts.views.code_errors import say

TYPED = "new_address"  # in the session: what the code was sent to


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_only
def my_address(request):
    """Which address it shall be."""
    form = AddressForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            addresses.send_code(request.user, form.cleaned_data["email"])
        except codes.CodeError as error:
            say(form, error)
        else:
            request.session[TYPED] = form.cleaned_data["email"]
            return redirect("my_address_code")
    return render(request, "account/my_address.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_only
def my_address_code(request):
    """The digits that came to it; then it takes the place of the old one, here and nowhere else signed in."""
    typed = request.session.get(TYPED)
    if not typed:
        return redirect("my_address")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            addresses.change(request.user, typed, typed=form.cleaned_data["code"], keep=request.session.session_key)
        except codes.CodeError as error:
            say(form, error)
        else:
            del request.session[TYPED]
            messages.success(request, _("Your new address is in place. Other devices were signed out."))
            return redirect("my_account")
    context = {"form": form, "typed": typed}
    return render(request, "account/my_address_code.html", context, status=422 if form.errors else 200)

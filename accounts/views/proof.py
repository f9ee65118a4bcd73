"""One step more: a code by e-mail, before something by which the account could be taken."""

from allauth.account.utils import get_next_redirect_url
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts import codes
from accounts.forms import CodeForm
from accounts.proof import proved
from accounts.views.code_errors import say

PURPOSE = "proof"


@require_http_methods(["GET", "HEAD", "POST"])
def proof(request):
    """The page: first a button that sends the code, then the box for it; then on to `next`."""
    onward = get_next_redirect_url(request) or ""
    form = CodeForm(request.POST or None)
    context = {"onward": onward, "form": form, "is_sent": "sent" in request.GET or "code" in request.POST}
    if request.method != "POST":
        context["form"] = CodeForm()
        return render(request, "account/proof.html", context)
    try:
        if "code" not in request.POST:
            codes.send(request.user, purpose=PURPOSE, subject="", kind="proof_code")
            return redirect(f"{request.path}?{urlencode({'next': onward, 'sent': 'yes'})}")
        if form.is_valid():
            codes.prove(request.user, purpose=PURPOSE, subject="", typed=form.cleaned_data["code"])
            proved(request)
            return redirect(onward or "my_account")
    except codes.CodeError as error:
        say(form, error)
    return render(request, "account/proof.html", context, status=422)

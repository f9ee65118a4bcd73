"""What every signature of mine is put with: a fresh code by mail or a passkey shown now, my name, and who helped me.

`what` is signed: a key or a word by which the session tells one signature from another.
"""

import json
from datetime import datetime

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import passkeys
from accounts.codes import CodeError
from accounts.forms import PasskeyForm
from accounts.passkeys import Shown
from accounts.views.code_errors import PASSKEYS
from config import clock
from loans.fields import Field
from loans.lifecycle.contracts import typed_names
from loans.views.deeds import UNPROCESSABLE

NAME = Field("typed_name", "text", gettext_lazy("Type your full name"), max_length=150, autocomplete="name")
CODE = Field(
    "code", "code", gettext_lazy("The six digits we sent you by e-mail"), max_length=12, autocomplete="one-time-code"
)
HELPED = (
    Field("helper", "text", gettext_lazy("Name of the person who helped you"), required=False, max_length=150),
    Field("helped_in", "text", gettext_lazy("Language in which they helped"), required=False, max_length=60),
)
CODE_ERRORS = {
    "wrong": gettext_lazy("These are not the digits we sent. Please look again."),
    "expired": gettext_lazy("This code is older than 15 minutes. Please ask for a new one."),
    "too_many": gettext_lazy("That was too many tries with one code. Please ask for a new one."),
    "none_sent": gettext_lazy("Please ask for a code first."),
}
NO_MORE_CODES = gettext_lazy("We have sent you many codes. Please wait an hour, then ask for a new one.")


def name_fields(request, what):
    """What is typed to sign: no code for whoever showed a passkey just now."""
    return (NAME, *(() if shown_passkey(request, what) else (CODE,)), *HELPED)


def proofs(request, what):
    """What the page says of them: `code_sent`; `passkey`, the one that was shown; `has_passkey`."""
    return {
        "code_sent": bool(request.session.get(f"code-sent-{what}")),
        "passkey": shown_passkey(request, what),
        "has_passkey": bool(passkeys.passkeys_of(request.user)),
    }


def send_code(request, loan, what):
    """Send the signer a fresh code, and say so on the next page."""
    try:
        typed_names.send_code(loan, by=request.user)
        request.session[f"code-sent-{what}"] = True
        messages.success(request, _("We sent you a code. It is good for 15 minutes."))
    except CodeError:
        messages.error(request, NO_MORE_CODES)


def shown_passkey(request, what):
    """The passkey that was shown for this signature a little while ago, or None."""
    told_of = request.session.get(_place(what))
    if told_of is None:
        return None
    shown = Shown(told_of["key"], told_of["user"], datetime.fromisoformat(told_of["at"]))
    return shown if shown.proves(request.user) else None


def ask_passkey(request, what, *, back, back_name):
    """A passkey instead of a code: shown now, for this signature; then to the address `back`, a page of that name."""
    error = ""
    if request.method == "POST":
        try:
            found = _passkey_in(request)
        except passkeys.PasskeyError as refused:
            error = PASSKEYS[refused.reason]()
        else:
            place = {"key": found.pk, "user": found.user_id, "at": clock.now().isoformat()}
            request.session[_place(what)] = place
            return HttpResponseRedirect(back)
    context = {
        "back": back,
        "back_name": back_name,
        "options": json.dumps(passkeys.begin_showing(), cls=DjangoJSONEncoder),
        "errors": [("#use", error)] if error else [],
    }
    return render(request, "loans/my_passkey.html", context, status=UNPROCESSABLE if error else 200)


def _place(what):
    """Where the session remembers the passkey that was shown."""
    return f"passkey-for-{what}"


def _passkey_in(request):
    """The passkey that was sent. Raises PasskeyError, also for one of somebody else."""
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        raise passkeys.PasskeyError("not_proven")
    found = passkeys.shown(form.cleaned_data["credential"])
    if found.user_id != request.user.pk:
        raise passkeys.PasskeyError("not_proven")
    return found

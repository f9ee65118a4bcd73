"""The page "Is this message really from us?": what a short code tells to anybody who has the message in hand."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from letters.codes import grouped, read_code
from letters.kinds import KINDS
from letters.models import TEXT, Letter

HIDDEN = "•••"
LONGEST = 40  # signs of what was typed that are shown again
UNPROCESSABLE = 422


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def really_us(request):
    """Type the code: the kind of message, its day and its masked recipient; or that we know no such message."""
    typed = (request.typed or request.POST).get("code", "").strip()[:LONGEST]
    error = _("Please type the code of the message.") if request.method == "POST" and not typed else ""
    context = {
        "field": _field(typed, error),
        "errors": [("#id-code", error)] if error else [],
        "typed": typed,
        "found": told_of(typed),
    }
    return render(request, "letters/really_us.html", context, status=UNPROCESSABLE if error else 200)


def told_of(typed: str) -> dict | None:
    """What may be told of the message with the code that was typed, or None: it is not ours."""
    code = read_code(typed)
    letter = Letter.objects.filter(code=code).first() if code else None
    if letter is None:
        return None
    is_text = letter.channel == TEXT
    return {
        "code": grouped(code),
        "says": KINDS[letter.kind].says if letter.kind in KINDS else _("A letter"),
        "on": letter.created_at,
        "is_text": is_text,
        "to": letter.address[-2:] if is_text else masked(letter.address),
    }


def masked(address: str) -> str:
    """An e-mail address of which nobody learns more than that it is theirs: "a•••@g•••.com"."""
    name, _at, domain = address.rpartition("@")
    host, _dot, ending = domain.rpartition(".")
    return f"{name[:1]}{HIDDEN}@{(host or domain)[:1]}{HIDDEN}" + (f".{ending}" if host else "")


def _field(value, error):
    return {
        "name": "code",
        "id": "id-code",
        "kind": "text",
        "label": _("The code of the message"),
        "help": _("Eight letters and digits, such as ABCD-1234. It stands at the end of each message."),
        "value": value,
        "error": error,
        "required": True,
        "autocomplete": "off",
        "inputmode": "",
        "max_length": LONGEST,
    }

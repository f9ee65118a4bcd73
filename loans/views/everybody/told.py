"""Where a mail provider tells us what became of a letter. Signed with a shared secret; without one it is not there."""

import hashlib
import hmac
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from letters.returns import SAYABLE, News
from loans.lifecycle.writing import undelivered

MOST_BYTES = 16_384
LONGEST = 320  # signs of an address, or of a provider's number (RFC 5321: 64 + 1 + 255)
READ = 204


@csrf_exempt  # no browser comes here: the signature says who speaks
@login_not_required
def letters_told(request):
    """Take in one piece of news. 204 also of a letter that we do not know: nobody learns here what we sent."""
    if not settings.LETTERS_TOLD_SECRET:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return HttpResponse(status=413)
    if not _is_signed(body, request.headers.get("X-Signature", "")):
        return HttpResponseForbidden()
    news = _news(body)
    if news is None:
        return HttpResponseBadRequest()
    undelivered.hear(news)
    return HttpResponse(status=READ)


def _is_signed(body, told):
    wanted = hmac.new(settings.LETTERS_TOLD_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={wanted}".encode(), told.encode())


def _news(body):
    """The body as News; None where it is not of our shape."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    message_id, what, recipient, number = (told.get(name, "") for name in ("message_id", "what", "recipient", "id"))
    said = (message_id, what, recipient, number)
    if not all(isinstance(each, str) and len(each) <= LONGEST and each.isprintable() for each in said):
        return None  # half a sign of UTF-16 is text to JSON, and to nobody else
    if what not in SAYABLE:
        return None
    return News(message_id, what, (recipient,), number) if message_id and recipient else None

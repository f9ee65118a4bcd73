"""The mail room of the demo: what would have been mailed or texted, to be read on the machine that made it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from letters.models import TEXT, Letter
from letters.render import render as put_into_words
from letters.render import render_text

NEWEST = 100


@login_not_required
@never_cache
@require_safe
def mail_room(request):
    """The newest hundred letters. A 404 outside the demo, and for anybody not sitting at this machine."""
    _only_at_this_machine(request)
    letters = Letter.objects.order_by("-pk")[:NEWEST]
    return render(request, "letters/mail_room.html", {"letters": [(letter, _words(letter)[0]) for letter in letters]})


@login_not_required
@never_cache
@require_safe
def mail_room_letter(request, pk):
    """One letter, in plain text."""
    _only_at_this_machine(request)
    letter = get_object_or_404(Letter, pk=pk)
    subject, text = _words(letter)
    return render(request, "letters/mail_room_letter.html", {"letter": letter, "subject": subject, "text": text})


def _words(letter):
    if letter.channel == TEXT:
        return _("Text message"), letter.body if letter.body is not None else render_text(letter)
    if letter.body is not None:
        return letter.subject, letter.body
    return put_into_words(letter)[:2]


def _only_at_this_machine(request):
    # Behind a proxy everybody comes from 127.0.0.1: whoever was forwarded does not sit here.
    forwarded = any(request.headers.get(name) for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP"))
    if not settings.DEMO or forwarded or request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1"):
        raise Http404

"""My account: who I am here, how I sign in, where I am signed in."""

from contextlib import suppress

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import devices, proof, recovery, sessions
from accounts.models import DoorEvent, Recovery
from accounts.passkeys import passkeys_of
from config import clock


@require_safe
def my_account(request):
    """The page from which each way in is changed."""
    context = {
        "phone": request.user.proven_phone,
        "passkeys": [] if request.user.is_staff else [passkey.wrap().name for passkey in passkeys_of(request.user)],
        "session_count": sessions.sessions_of(request.user).count(),
        "is_strong": proof.is_strong(request),
        "recovery": _running(request.user),
    }
    return render(request, "account/my_account.html", context)


@require_safe
def my_sessions(request):
    """Every browser in which I am signed in."""
    mine = list(sessions.sessions_of(request.user))
    here = [each for each in mine if each.session_key == request.session.session_key]
    for each in here:  # what is remembered with this very page is not in the table yet
        each.device = request.session["device"]
    rows = [_row(each, is_here=each in here) for each in (*here, *(each for each in mine if each not in here))]
    return render(request, "account/sessions.html", {"rows": rows})


def _row(session, *, is_here):
    return {
        "handle": sessions.handle(session),
        "device": devices.in_words(session.device),
        "opened_at": session.opened_at,
        "seen_at": session.seen_at,
        "is_here": is_here,
    }


@require_POST
def session_end(request):
    """End one session, or all but this one."""
    user = request.user
    told = request.POST.get("session", "")
    ended = sessions.end(user, told) if told else sessions.end_all(user, keep=request.session.session_key)
    if ended:
        DoorEvent.objects.create(kind=DoorEvent.Kind.SESSIONS_ENDED, user=user, by=user, at=clock.now())
    messages.success(request, _("Done. Nobody is signed in there any more."))
    return redirect("my_sessions")


@require_POST
def my_recovery_stop(request):
    """Whoever is signed in still reads what the office was told is lost: stop it."""
    running = _running(request.user)
    if running:
        with suppress(recovery.RecoveryRefused):  # the other of two clicks was first
            recovery.stop(running, by=request.user)
    messages.success(request, _("Stopped. Your address stays as it is."))
    return redirect("my_account")


def _running(user):
    return Recovery.objects.filter(person=user, end="", confirmed_by__isnull=False).first()

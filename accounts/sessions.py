"""Where people are signed in: the session engine, whose rows know their owner, and the ending of sessions."""

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.devices import device_of
from config import clock
from vault.lookup import keyed_hash

SEEN_EVERY = timedelta(minutes=5)  # a page more or less does not write to the database


class SessionStore(DatabaseStore):
    """Django's own, which also writes down whose session it is, on which device, since when and when last seen."""

    @classmethod
    def get_model_class(cls):
        from accounts.models import Session

        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.device = data.get("device", "")
        row.opened_at, row.seen_at = data.get("opened_at"), data.get("seen_at")
        return row


def seen(request):
    """Somebody signed in asks for a page: remember it, every few minutes."""
    now, last = clock.now(), request.session.get("seen_at")
    if last and now - datetime.fromisoformat(last) < SEEN_EVERY:
        return
    request.session.setdefault("opened_at", now.isoformat())
    request.session.setdefault("device", device_of(request.headers.get("User-Agent", "")))
    request.session["seen_at"] = now.isoformat()


def sessions_of(user):
    """The sessions in which `user` is signed in now, the one used last first."""
    return user.sessions.filter(expire_date__gt=clock.now()).order_by("-seen_at", "session_key")


def forget_over(user):
    """Drop the rows of sessions of `user` that ran out."""
    user.sessions.filter(expire_date__lte=clock.now()).delete()


def handle(session):
    """What stands for a session on a page: its key would open it."""
    return keyed_hash(session.session_key, purpose="accounts.session")[:32]


def end(user, told):
    """End the session of `user` with this handle; returns whether there was one."""
    mine = [session.session_key for session in sessions_of(user) if handle(session) == told]
    return bool(mine and user.sessions.filter(session_key__in=mine).delete()[0])


def end_all(user, *, keep=None):
    """Sign `user` out everywhere but in the session with the key `keep`; returns how many were ended."""
    return user.sessions.exclude(session_key=keep).delete()[0]

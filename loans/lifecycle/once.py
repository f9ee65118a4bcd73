"""Done once: a form that is sent twice, by a second click or an old tab, does its deed once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from accounts.models import User
from loans.lifecycle.refusal import Refused
from loans.models import Event, Loan
from vault.lookup import keyed_hash


@dataclass(frozen=True)
class Once:
    """A form's key, and the keyed hash of what it asked for."""

    key: str
    body_hash: str


class DoneBefore(Exception):
    """This key has done its deed already; `event` is what it did."""

    def __init__(self, event: Event) -> None:
        super().__init__(event)
        self.event = event


def once_only(first_result: Callable[[Event], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a verb take `once_key`: the same key and body give the first result again, `first_result(event)`.

    The same key with another body raises Refused("once_key_reused").
    """

    def wrap(verb: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(verb)
        def guarded(subject: Any, *, by: Any, once_key: str = "", **words: Any) -> Any:
            key = key_of(once_key)
            if key is None:
                return verb(subject, by=by, **words)
            once = Once(key, _body_hash(verb.__name__, subject, by, words))
            try:
                return _done_once(verb, once, subject, by, words)
            except DoneBefore as done:
                return first_result(done.event)

        return guarded

    return wrap


def loan_of(event: Event) -> Loan:
    """The loan an event tells of, as it is now: what a deed on a loan gives again."""
    loan: Loan = Loan.objects.get(pk=event.subject_id)
    return loan


def key_of(once_key: str) -> str | None:
    """The key of a form as a row keeps it; None where the form had none."""
    return once_key[:64].replace("\0", "") or None  # what no browser sends, no database takes


def made_before(model: Any, key: str | None, said: Mapping[str, object]) -> Any:
    """The row of `model` that this very form made, where no event tells of it; None when it made none.

    `said` are the columns that it asked for. Raises Refused("once_key_reused") when the key made another row.
    """
    row = model.objects.filter(once_key=key).first() if key else None
    if row is not None and any(getattr(row, name) != value for name, value in said.items()):
        raise Refused("once_key_reused")
    return row


def _done_once(verb: Callable[..., Any], once: Once, subject: Any, by: Any, words: dict[str, Any]) -> Any:
    """The verb looks for the key once it holds its lock; what it refuses before may be the second click of a deed."""
    try:
        return verb(subject, by=by, once=once, **words)
    except (Refused, PermissionDenied, TransitionNotAllowed):
        refuse_repeats(once)
        raise


def refuse_repeats(once: Once) -> None:
    """Raise DoneBefore when this very deed was done; Refused when the key was used for another one."""
    event = Event.objects.filter(once_key=once.key).first()
    if event is None:
        return
    if event.body_hash != once.body_hash:
        raise Refused("once_key_reused")
    raise DoneBefore(event)


def _body_hash(verb: str, subject: Any, by: Any, words: dict[str, Any]) -> str:
    """What was asked for; what the page showed when it was asked (`seen`), and from where it was, is no part of it."""
    actor = by.pk if isinstance(by, User) else str(by)
    words = {name: value for name, value in words.items() if name not in ("seen", "came_from")}
    body = json.dumps([verb, subject._meta.label, subject.pk, actor, words], sort_keys=True, default=str)
    return keyed_hash(hashlib.sha256(body.encode()).hexdigest(), purpose="once")

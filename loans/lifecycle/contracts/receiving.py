"""Proof that somebody got a paper: they took it from our own pages, signed in. Nothing in a mail tells us that it was
opened, and nothing ever shall.
"""

from contextlib import suppress

from django_fsm import can_proceed

from accounts.models import User
from loans import rules
from loans.lifecycle.once import DoneBefore, Once
from loans.lifecycle.step import deed
from loans.models import Application, Event
from vault.lookup import keyed_hash
from vault.models import StoredFile

VERB = "receive_paper"


def receive(case: Application, file: StoredFile, *, by: User) -> None:
    """`by`, who stands in the loan, is handed these bytes now. The first time is kept; others read without a trace."""
    if not rules.is_party(case, by) or not can_proceed(case.receive_paper):
        return
    taken = Event.objects.filter(case=case, verb=VERB, by=by, detail__file=file.pk)
    if not taken.exists():
        detail = {"file": file.pk, "sha256": file.sha256}
        with suppress(DoneBefore), deed(case.receive_paper, by=by, detail=detail, once=_once(file, by)):
            pass


def _once(file: StoredFile, by: User) -> Once:
    """Browsers ask for one PDF twice at once. No form can know this key, and so take it away."""
    return Once(keyed_hash(f"{by.pk}|{file.pk}", purpose="loans.received"), "")


def taken_from(case: Application) -> dict[tuple[int | None, int], Event]:
    """{(person, file): the event of the first time that they took it from our pages}. One query."""
    events = Event.objects.filter(case=case, verb=VERB).order_by("-pk")
    return {(event.by_id, event.detail["file"]): event for event in events}

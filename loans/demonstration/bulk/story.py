"""The lines of a case's story, as the verbs write them: the machine moves the state, nobody assigns it."""

from loans.models import Event, Note
from loans.models.history import new_salt, words_hash


class Story:
    """Moves the rows of one case and adds an event for each move: `told("approve", application, by=…, at=…)`."""

    def __init__(self, rows, case_key):
        self._rows, self._case_key = rows, case_key

    def told(self, verb, row, *, by, at, detail=None, note=""):
        """`row` takes the step `verb`; `by` is a user's key or an actor. Returns the event."""
        is_user, before = isinstance(by, int), row.state
        getattr(row, verb)()
        event = Event(
            case_id=self._case_key,
            subject_kind=row._meta.model_name,
            subject_id=row.pk,
            verb=verb,
            from_state=before,
            to_state=row.state,
            by_id=by if is_user else None,
            actor="user" if is_user else str(by),
            at=at,
            detail=detail or {},
        )
        self._rows.put(event)
        if note:
            salt = new_salt()
            event.words_hash = words_hash(salt, note)
            self._rows.add(Note, event_id=event.pk, salt=salt, text=note)
        return event

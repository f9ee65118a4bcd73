"""The frozen record of a decision: the file as it was, as canonical JSON, sealed; its hash stands in the story."""

import json
from collections.abc import Iterator
from typing import Any

from accounts.actors import Actor
from accounts.models import User
from config import clock
from loans.lifecycle.deciding.record_parts import CaseFile, frozen_parts
from loans.models import Application, DecisionRecord, Event, RecordBody
from loans.models.history import new_salt, words_hash
from vault.errors import VaultError

HASH_VERSION = 1
DECISIONS = ("approve", "decline", "uphold", "grant_appeal")
KEY = "record"  # in the detail of the decision's event: the hash
AT_ONCE = 200  # records


class Freezing:
    """One decision on its way: `detail` goes to the road (lifecycle.step), `keep` to the body of the step.

    `told` are the codes of the decision, for its event: reasons and their wordings.
    """

    def __init__(self, outcome: str, *, by: User | Actor, note: str = "", **told: Any) -> None:
        self.outcome, self.by, self.note, self.told = outcome, by, note, told
        self.salt, self.text, self.hash = new_salt(), "", ""

    def detail(self, case: Application) -> dict[str, Any]:
        """The codes of the decision's event, with the hash of the file as it stands on the locked row."""
        decided = {
            "outcome": self.outcome,
            "by": str(self.by),
            "on": clock.today().isoformat(),
            "note": self.note,
            "told": self.told,
        }
        self.text = canonical({**frozen_parts(CaseFile(case)), "decision": decided})
        self.hash = words_hash(self.salt, self.text)
        return {**self.told, KEY: self.hash}

    def keep(self, case: Application) -> DecisionRecord:
        """Write the record down beside the event of the decision."""
        record: DecisionRecord = DecisionRecord.objects.create(
            application=case,
            event=case.event,
            outcome=self.outcome,
            made_at=case.event.at,
            hash=self.hash,
            hash_version=HASH_VERSION,
        )
        RecordBody.objects.create(record=record, salt=self.salt, text=self.text)
        return record


def canonical(parts: dict[str, Any]) -> str:
    """JSON that is the same text for the same values: sorted keys, no spaces (version 1)."""
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def is_whole(record: DecisionRecord) -> bool:
    """Whether hash, event and, while it is there, the frozen file prove each other."""
    if record.event.detail.get(KEY) != record.hash:
        return False
    try:
        return bool(record.is_erased or words_hash(record.body.salt, record.body.text) == record.hash)
    except VaultError:
        return False


def parts_of(record: DecisionRecord) -> dict[str, Any]:
    """The frozen file of a record that is not erased, by the names of lifecycle.record_parts, and `decision`."""
    parts: dict[str, Any] = json.loads(record.body.text)
    return parts


def wrong() -> Iterator[tuple[str, str]]:
    """What is wrong with the records: (reference of the case, sentence); nothing when all prove their decisions."""
    erased: set[int] | None = None  # looked up once one is gone
    records = DecisionRecord.objects.select_related("application", "event", "body")
    for record in records.iterator(chunk_size=AT_ONCE):
        if not is_whole(record):
            yield record.application.reference, f"the file frozen as record {record.pk} is not the one decided on"
        if not record.is_erased:
            continue
        if erased is None:
            erasures = Event.objects.filter(subject_kind="application", verb="erase_record")
            erased = set(erasures.values_list("detail__record_key", flat=True))
        if record.pk not in erased:
            yield (
                record.application.reference,
                f"the file frozen as record {record.pk} is gone before its years are over",
            )
    told = Event.objects.filter(verb__in=DECISIONS, detail__has_key=KEY, record=None).select_related("case")
    for event in told.iterator(chunk_size=AT_ONCE):
        yield event.case.reference, f"the record of the decision in event {event.pk} is missing"

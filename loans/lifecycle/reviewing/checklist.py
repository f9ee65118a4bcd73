"""The checklist of a case: fixed when the form is first sent, answered by the officer, read by whoever decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Application, ChecklistAnswer, ChecklistItem, Event

Answer = ChecklistAnswer.Answer
Said = tuple[str, str]  # the answer, and the note beside it
NEEDS_NOTE = frozenset({Answer.NO, Answer.NOT_APPLICABLE})


@dataclass(frozen=True)
class Answered:
    """One answer to an item, as plain values: `answer` is one of ChecklistAnswer.Answer, `note` may be empty."""

    key: int
    answer: str
    note: str
    by: str
    at: datetime

    @property
    def label(self) -> str:
        """The answer in the reader's language."""
        return str(Answer(self.answer).label)

    @property
    def is_note_erased(self) -> bool:
        """Whether the note that this answer needed is there no more (lifecycle.note_retention)."""
        return self.answer in NEEDS_NOTE and not self.note


@dataclass
class Item:
    """One item of a case's list: what is asked, and its answers, oldest first.

    `key` is the ChecklistItem row, in ink; `words_hash` the SHA-256 of its words in both languages. `text` and `help`
    are in the language that was active when the list was read.
    """

    key: int
    code: str
    text: str
    help: str
    must_be_answered: bool
    words_hash: str
    answers: list[Answered] = field(default_factory=list)

    @property
    def newest(self) -> Answered | None:
        """The answer that counts, or None."""
        return self.answers[-1] if self.answers else None

    def as_shown(self, token: str) -> Answered | None:
        """The answer that counted when a form with this token (Checklist.token) was shown, or None."""
        last = int(token) if token.isascii() and token.isdecimal() and len(token) < 19 else 0
        return next((each for each in reversed(self.answers) if each.key <= last), None)

    @property
    def earlier(self) -> list[Answered]:
        """The answers before it, the newest first."""
        return self.answers[-2::-1]


@dataclass(frozen=True)
class Checklist:
    """The list of a case, in its order; empty where the office asked nothing when the case was sent."""

    items: list[Item]

    @property
    def total(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(1 for item in self.items if item.newest)

    @property
    def missing(self) -> list[Item]:
        """Those that must be answered before a recommendation and are not."""
        return [item for item in self.items if item.must_be_answered and not item.newest]

    @property
    def token(self) -> str:
        """What a form has seen: the key of the newest answer of all, "0" where there is none."""
        return str(max((item.newest.key for item in self.items if item.newest), default=0))


def fixed_for(case: Application) -> list[int]:
    """The keys of the items that are asked of this case today: `case.checklist`, fixed at its first sending."""
    return [item.pk for item in ChecklistItem.in_force(case.product.purpose)]


def checklist_of(case: Application) -> Checklist:
    """The checklist of a case with every answer, as plain values in the reader's language.

    For pages, the memo and the frozen record. At most two queries (none where the case has no list); it needs only
    `case.checklist` and the key of the case. Notes are opened: only for those who may read the case. To freeze the
    list keep of each item `key`, `words_hash` and of `newest` its `key` and `answer`; the rows themselves are never
    changed, and a note may be erased later.
    """
    if not case.checklist:
        return Checklist([])
    rows = ChecklistItem.objects.in_bulk(case.checklist)
    items = {key: _item(rows[key]) for key in case.checklist if key in rows}
    answers = ChecklistAnswer.objects.filter(application=case.pk).select_related("event__by").order_by("pk")
    for row in answers:
        if row.item_id in items:
            items[row.item_id].answers.append(_answered(row))
    return Checklist(list(items.values()))


def _item(row: ChecklistItem) -> Item:
    return Item(row.pk, row.code, row.text, row.help, row.must_be_answered, row.words_hash)


def _answered(row: ChecklistAnswer) -> Answered:
    return Answered(row.pk, row.answer, row.note or "", str(row.event.by), row.event.at)


def _answers_of(event: Event) -> list[ChecklistAnswer]:
    return list(ChecklistAnswer.objects.filter(event=event))


@once_only(_answers_of)
def answer_checklist(
    application: Application, *, by: User, said: Mapping[int, Said], seen: str = "", once: Once | None = None
) -> list[ChecklistAnswer]:
    """Answer items of the case's list: `said` holds (answer, note) by the key of the item, the note for what needs one.

    What stands already is left as it is; what differs becomes a new row, all in one line of the story. `seen` is the
    token of the list as the form showed it. Raises Refused: unknown_item, not_listed, why_not, checklist_moved,
    nothing_answered.
    """
    given = {key: (answer, note.strip()) for key, (answer, note) in said.items()}
    for key, (answer, note) in given.items():
        if answer not in Answer.values:
            raise Refused("not_listed", field=f"item-{key}")
        if answer in NEEDS_NOTE and not note:
            raise Refused("why_not", field=f"note-{key}")
    case: Application
    detail: dict[str, Any] = {"answers": [[key, answer] for key, (answer, _note) in sorted(given.items())]}
    with deed(application.answer_checklist, by=by, once=once, detail=detail) as case:
        return _keep(case, given, seen)


def _keep(case: Application, given: Mapping[int, Said], seen: str) -> list[ChecklistAnswer]:
    """The rows for what differs from the newest answers; the case is locked."""
    stands = checklist_of(case)
    items = {item.key: item for item in stands.items}
    if not given.keys() <= items.keys():
        raise Refused("unknown_item")
    if seen and seen != stands.token:
        raise Refused("checklist_moved")
    kept = [
        ChecklistAnswer.objects.create(
            application=case, event=case.event, item_id=key, answer=answer, note=note or None
        )
        for key, (answer, note) in sorted(given.items())
        if not _stands(items[key].newest, answer, note)
    ]
    if not kept:
        raise Refused("nothing_answered")
    return kept


def _stands(newest: Answered | None, answer: str, note: str) -> bool:
    return newest is not None and (newest.answer, newest.note) == (answer, note)


def refuse_unanswered(case: Application) -> None:
    """Refuse a recommendation while items that must be answered are not. A "no" never refuses.

    Raises Refused("checklist_open") with `items`, their texts.
    """
    if missing := checklist_of(case).missing:
        raise Refused("checklist_open", items=[item.text for item in missing])

"""Keeping what is typed, field by field, from any number of devices that may come late, twice or out of order.

The rule: of one device the newest count (`seq`) wins; between devices, and from one that tells no count, whatever
arrives later wins. What was overtaken stands in the history and is told, never thrown away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from accounts.models import User
from applicants.social_insurance import is_masked, masked
from config import clock
from loans.fields import LONGEST_RAW, Field, understand
from loans.models import Answer, Application
from loans.sections import MOST_LINE_NUMBERS, Section

Place = tuple[int, str]  # line, name of the field


@dataclass(frozen=True)
class Typed:
    """What stands in one field of one line. `seq` is the moment of typing by the device's own count, 0: not told."""

    field: Field
    line: int
    raw: str
    seq: int = 0

    @property
    def place(self) -> Place:
        return self.line, self.field.name


@dataclass
class Kept:
    """What became of what was sent. `cut` is saved too, but not whole; `refused` has no line on the page."""

    saved: list[Typed] = field(default_factory=list)
    stale: list[Typed] = field(default_factory=list)
    cut: list[Typed] = field(default_factory=list)
    refused: list[Typed] = field(default_factory=list)


class FormPage:
    """One page of one application under the case's lock: what stands there, what this device said last."""

    def __init__(self, application: Application, section: Section, *, by: User, device: str) -> None:
        self.application, self.section, self.by, self.device = application, section, by, device
        here = Answer.objects.filter(application=application, section=section.slug)
        self.here = here
        self.current: dict[Place, Answer] = {(each.line, each.field): each for each in here.filter(is_current=True)}
        counts = here.filter(device=device).values_list("line", "field").annotate(Max("seq"))
        self.newest: dict[Place, int] = {(line, name): seq for line, name, seq in counts}
        self.fresh: list[Answer] = []
        self.retired: list[int] = []
        self.counted: dict[int, list[int]] = {}  # seq → keys of answers that say the same and are only counted on

    def keep(self, typed: Iterable[Typed], *, whole: bool = False) -> Kept:
        """Keep everything, and write it at once. `whole`: fields are there that nobody touched, too."""
        kept = Kept()
        for each in typed:
            if not self._has_room_for(each):
                kept.refused.append(each)
            elif not self._take(each, whole):
                kept.stale.append(each)
            else:
                (kept.cut if len(each.raw) > LONGEST_RAW else kept.saved).append(each)
        self._write()
        return kept

    def lines(self) -> set[int]:
        """The numbers of the lines that hold anything now."""
        return {line for (line, _name), answer in self.current.items() if answer.raw.strip()}

    def _has_room_for(self, typed: Typed) -> bool:
        if not self.section.repeated:
            return typed.line == 0
        lines = self.lines()
        is_new = typed.line not in lines and bool(typed.raw.strip())
        return 0 <= typed.line < MOST_LINE_NUMBERS and not (is_new and len(lines) >= self.section.max_lines)

    def _take(self, typed: Typed, whole: bool) -> bool:
        """Whether this is the answer now, or says what the answer says already."""
        before, newest = self.current.get(typed.place), self.newest.get(typed.place, 0)
        answer = self._answer(typed)
        if typed.field.kind == "sin":
            return self._take_sin(answer, before)
        is_same = before is not None and _said(before) == _said(answer)
        if 0 < typed.seq <= newest and self._came_before(typed, answer):
            return is_same
        if 0 < typed.seq < newest:
            return is_same or self._remember(answer)
        self.newest[typed.place] = max(newest, typed.seq)
        if is_same or (before is None and not answer.raw.strip()):
            # A count is written down even so: something older may still be on its way.
            if not typed.seq or (whole and not newest):
                return True
            if before is not None and before.device == self.device:
                return self._count_on(before, typed.seq)
        return self._replace(before, answer)

    def _take_sin(self, answer: Answer, before: Answer | None) -> bool:
        """Of a social insurance number only the last digits are shown again, and it has no history: one is kept."""
        if answer.raw.strip() == (before.raw if before else ""):
            return True
        if before and before.device == answer.device and 0 < answer.seq < before.seq:
            return False
        if answer.value and is_masked(answer.value):
            held = self.application.applicant.sin
            if not (held and masked(held) == answer.value):
                answer.value, answer.error = None, "not_a_sin"
        elif answer.value:
            answer.raw = masked(answer.value)
        self.here.filter(field=answer.field).delete()
        return self._replace(None, answer)

    def _remember(self, answer: Answer) -> bool:
        """Into the history only."""
        answer.is_current = False
        self.fresh.append(answer)
        return False

    def _count_on(self, answer: Answer, seq: int) -> bool:
        if answer.pk:
            self.counted.setdefault(seq, []).append(answer.pk)
        answer.seq = seq
        return True

    def _replace(self, before: Answer | None, answer: Answer) -> bool:
        if before is not None:
            before.is_current = False
            if before.pk:
                self.retired.append(before.pk)
        self.current[answer.line, answer.field] = answer
        self.fresh.append(answer)
        return True

    def _came_before(self, typed: Typed, answer: Answer) -> bool:
        """Whether this device sent the same words with the same count already."""
        held = [*self.here.filter(line=typed.line, field=typed.field.name, device=self.device, seq=typed.seq)]
        held += [each for each in self.fresh if (each.line, each.field, each.seq) == (*typed.place, typed.seq)]
        return any(_said(each) == _said(answer) for each in held)

    def _answer(self, typed: Typed) -> Answer:
        raw = legible(typed.raw)
        value, error = understand(typed.field, raw)
        return Answer(
            application=self.application,
            section=self.section.slug,
            field=typed.field.name,
            line=typed.line,
            raw=raw[:LONGEST_RAW],
            value=value,
            error=error,
            saved_by=self.by,
            saved_at=clock.now(),
            device=self.device,
            seq=typed.seq,
        )

    def _write(self) -> None:
        Answer.objects.filter(pk__in=self.retired).update(is_current=False)
        for seq, keys in self.counted.items():
            Answer.objects.filter(pk__in=keys).update(seq=seq)
        Answer.objects.bulk_create(self.fresh)


def untouched(page: FormPage, typed: Sequence[Typed], seen: int) -> set[Place]:
    """Where a page that was opened when `seen` was its newest answer only repeats what stood there then.

    Something newer was typed there meanwhile, on another device: that stays.
    """
    newer = {
        place
        for place, answer in page.current.items()
        if answer.pk > seen and (not page.device or answer.device != page.device)
    }
    stood: dict[Place, set[str]] = {place: set() for place in newer}
    for answer in page.here.filter(pk__lte=seen) if newer else ():
        stood.get((answer.line, answer.field), set()).add(answer.raw)
    return {
        each.place
        for each in typed
        if each.place in newer and legible(each.raw)[:LONGEST_RAW] in (stood[each.place] or {""})
    }


def legible(raw: str) -> str:
    """What was typed with one kind of line end, and without what no database takes: NUL, halves of a sign."""
    whole = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").replace("\x00", "\N{REPLACEMENT CHARACTER}")


def _said(answer: Answer) -> tuple[str, object, str]:
    return answer.raw, answer.value, answer.error

"""What is still needed before signing and before money, as the applicant reads it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from config.languages import BINDING, ENGLISH, FRENCH
from letters.spoken import Spoken
from loans.lifecycle.reviewing.conditions import conditions_of
from loans.models import Condition, Loan


@dataclass(frozen=True)
class Line:
    """One condition: in the reader's language, and beside it in the one that binds where that is another."""

    told: Spoken
    binding: Spoken | None
    is_open: bool
    is_waived: bool


@dataclass(frozen=True)
class Group:
    """The conditions of one time: before signing, before any money, or before the advance of a number."""

    before: str
    advance: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Told:
    """All conditions of a loan in the order in which they are needed, and whether one is open."""

    groups: tuple[Group, ...]
    is_open: bool
    is_open_before_signing: bool


def told(conditions, reader):
    """Conditions (loans.models.Condition) for a page of `reader`, a party; None where nothing was asked for."""
    if not conditions:
        return None
    times = sorted({(each.before != Condition.Before.SIGNING, each.advance or 0) for each in conditions})
    groups = []
    for is_later, advance in times:
        before = Condition.Before.ADVANCE if is_later else Condition.Before.SIGNING
        chosen = [each for each in conditions if each.before == before and (each.advance or 0) == advance]
        groups.append(Group(before, advance or None, tuple(_line(each, reader) for each in chosen)))
    open_ones = [each for each in conditions if each.is_open]
    signing = any(each.before == Condition.Before.SIGNING for each in open_ones)
    return Told(tuple(groups), bool(open_ones), signing)


def needed_for(loan, reader):
    """The same for whoever looks at their case, while something of it is open and the loan is on its way."""
    if loan is None or loan.state not in (Loan.State.OFFERED, Loan.State.SIGNED, Loan.State.ACTIVE):
        return None
    found = told(conditions_of(loan), reader)
    return found if found and found.is_open else None


def _line(condition, reader):
    words, language = condition.told, get_language() or ENGLISH
    binding = None
    if language not in BINDING:
        text = condition.text_fr if reader.binds_in == FRENCH else condition.text_en
        binding = Spoken(text, reader.binds_in)
        if words.text == binding.text:
            binding = None
    return Line(words, binding, condition.is_open, condition.outcome == Condition.Outcome.WAIVED)

"""The office's own settings change by proposals: checked, told before and after, and where money is concerned by two.

No case stands behind a setting, so no state moves and no event is written: the proposals are the history. A dated
setting is never edited: what is confirmed becomes a new row from its day on, and the row before ends the day before.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, User
from config import clock
from letters.post import post
from loans.lifecycle.offering import product_costs
from loans.lifecycle.once import key_of, made_before
from loans.lifecycle.refusal import Refused
from loans.models import SettingChange
from loans.settings import KINDS, Kind
from loans.settings.kind import stamp, tidy

READ = frozenset({Role.MANAGER, Role.COMMITTEE, Role.AUDITOR})
CONFIRM = frozenset({Role.MANAGER, Role.COMMITTEE})
MOST_DAYS_AHEAD = 731
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Act = SettingChange.Act
Said = Mapping[str, Any]


def propose(
    kind: Kind,
    code: str,
    answers: Said,
    *,
    by: User,
    reason: str,
    starts: date | None = None,
    seen: str = "",
    once_key: str = "",
) -> SettingChange:
    """Propose how a setting shall stand (`answers`, every one) from `starts` on; `seen` is the stamp of how it stood.

    Words and lists hold at once; money terms and limits once a second person confirms: whoever may is written to. The
    same form sent twice gives the first proposal again. Raises PermissionDenied, DoesNotExist where there is no such
    setting, and Refused: those of `check`, no_why, nothing_changed, setting_moved_on, proposed_already,
    once_key_reused.
    """
    return _enter(kind, code, Act.CHANGE, answers, by=by, reason=reason, on=starts, seen=seen, once_key=once_key)


def add(
    kind: Kind,
    code: str,
    answers: Said,
    *,
    by: User,
    reason: str,
    starts: date | None = None,
    once_key: str = "",
) -> SettingChange:
    """Propose a new setting of a kind, by a code of its own. Raises as `propose`, and Refused: code_taken,
    code_unfit."""
    if not kind.can_add:
        raise PermissionDenied(f"nothing is added to {kind.slug}")
    return _enter(kind, code, Act.ADD, answers, by=by, reason=reason, on=starts, once_key=once_key)


def close(
    kind: Kind, code: str, last_day: date, *, by: User, reason: str, seen: str = "", once_key: str = ""
) -> SettingChange:
    """Propose that a setting ends after `last_day`; what is under way keeps its terms.

    Raises PermissionDenied, and Refused: day_is_past, begins_too_late, ended_already, ends_before_it_begins, no_why,
    setting_moved_on, proposed_already, once_key_reused.
    """
    if not kind.can_end:
        raise PermissionDenied(f"{kind.slug} do not end")
    return _enter(kind, code, Act.CLOSE, {}, by=by, reason=reason, on=last_day, seen=seen, once_key=once_key)


def check(kind: Kind, code: str, act: str, answers: Said, on: date | None) -> Any:
    """The row that a proposal would make, not saved; raises Refused for what may not be.

    Of the day: no_words, day_is_past, begins_too_late, begins_too_early, ended_already, ends_before_it_begins; of the
    code: code_taken, code_unfit; of the terms: what the kind checks, criminal_rate, no_rate, impossible_terms.
    """
    return _checked(kind, kind.rows(code).first(), code, act, answers, on)


def tidied(kind: Kind, act: str, answers: Said) -> dict[str, Any]:
    """The answers that a proposal of this act holds, each as it is kept."""
    return {field.name: tidy(field, answers.get(field.name)) for field in _asked(kind, act)}


def takes_two(kind: Kind, act: str, before: Said, answers: Said) -> bool:
    """Whether a second person must confirm this: whether what is changed, or said of what is new, asks for one.

    An end takes two wherever anything of the kind does.
    """
    changed = [name for name, value in answers.items() if value != before.get(name) and (value or act == Act.CHANGE)]
    return kind.needs_two(frozenset(changed or [field.name for field in kind.fields]))


def may_confirm(change: SettingChange, by: User) -> bool:
    """A second person: a manager or a member of the committee who did not propose it."""
    return bool(by.roles & CONFIRM) and by.pk != change.proposed_by_id


def has_nobody_to_confirm(change: SettingChange) -> bool:
    """Whether it waits for somebody who does not work here yet."""
    return not any(may_confirm(change, person) for person in User.objects.staff())


def decide(change: SettingChange, *, by: User, confirmed: bool) -> SettingChange:
    """The second person confirms or refuses, once; whoever proposed it may take it back.

    What is confirmed is checked once more as it is on this day. The same answer of the same person again changes
    nothing. Raises PermissionDenied, and Refused: decided_already, setting_moved_on, and those of `check`.
    """
    with transaction.atomic():
        change = SettingChange.objects.select_for_update().get(pk=change.pk)
        takes_back = by.pk == change.proposed_by_id and not confirmed
        if not (takes_back or may_confirm(change, by)):
            raise PermissionDenied("a second person confirms")
        second = None if takes_back else by
        if change.is_confirmed is not None:
            if (change.is_confirmed, change.decided_by_id) != (confirmed, second.pk if second else None):
                raise Refused("decided_already")
            return change
        if confirmed:
            _carry_out(change)
        change.is_confirmed, change.decided_by, change.decided_at = confirmed, second, clock.now()
        change.save()
    return change


def _enter(
    kind: Kind,
    code: str,
    act: Act,
    answers: Said,
    *,
    by: User,
    reason: str,
    on: date | None,
    seen: str = "",
    once_key: str = "",
) -> SettingChange:
    if not by.roles & kind.may_propose:
        raise PermissionDenied(f"{kind.slug} are changed by others")
    values = tidied(kind, act, answers)
    said = {"kind": kind.slug, "code": code, "act": act, "values": values, "effective_from": on}
    key, same = key_of(once_key), {**said, "proposed_by_id": by.pk}
    try:
        with transaction.atomic():
            row = kind.rows(code, lock=True).first()  # before the key is looked for: its first click may be at work
            before: SettingChange | None = made_before(SettingChange, key, same)
            return before or _written(kind, row, said, by, reason.strip(), seen, key)
    except (Refused, IntegrityError) as fault:  # the same form, or the same setting, at the same moment
        before = made_before(SettingChange, key, same)
        if before is None:
            raise fault if isinstance(fault, Refused) else Refused("proposed_already") from None
        return before


def _asked(kind: Kind, act: str) -> tuple[Any, ...]:
    if act == Act.CLOSE:
        return ()
    return (*kind.first_fields[1:], *kind.fields) if act == Act.ADD else kind.fields


def _written(
    kind: Kind, row: Any, said: dict[str, Any], by: User, reason: str, seen: str, key: str | None
) -> SettingChange:
    code, act = said["code"], said["act"]
    if row is None and act != Act.ADD:
        raise kind.model.DoesNotExist(f"{kind.slug} know no {code}")
    before = kind.answers_of(row) if row is not None else None
    if act != Act.ADD and seen and seen != stamp(before):
        raise Refused("setting_moved_on")
    _checked(kind, row, code, act, said["values"], said["effective_from"])
    if act == Act.CLOSE:
        before = {}
    elif said["values"] == before:
        raise Refused("nothing_changed")
    if not reason:
        raise Refused("no_why", field="reason")
    if SettingChange.objects.waiting().filter(kind=kind.slug, code=code).exists():
        raise Refused("proposed_already")
    change = SettingChange(**said, before=before, reason=reason, proposed_by=by, proposed_at=clock.now(), once_key=key)
    change.takes_two = takes_two(kind, act, before or {}, change.values)
    if not change.takes_two:
        _carry_out(change)
        change.is_confirmed, change.decided_at = True, clock.now()
    change.save()
    if change.takes_two:
        _tell_who_may_confirm(change)
    return change


def _tell_who_may_confirm(change: SettingChange) -> None:
    link = settings.SITE_URL + reverse("setting_proposal", args=[change.pk])
    for person in User.objects.staff():
        if may_confirm(change, person):
            told = {"name": person.name, "proposer": change.proposed_by.name, "link": link}
            post("setting_proposed", to=person, facts=told, occasion=f"setting:{change.pk}")


def _checked(kind: Kind, row: Any, code: str, act: str, answers: Said, on: date | None) -> Any:
    if act == Act.ADD:
        if not CODE.fullmatch(code) or code == "new":
            raise Refused("code_unfit", field="code")
        if row is not None:
            raise Refused("code_taken", field="code")
    if act == Act.CLOSE:
        _refuse_end(kind, row, on)
        return row
    if kind.starts:
        _refuse_start(kind, row, on)
    kind.check(answers)
    made = kind.made(answers, code=code, before=row, starts=on)
    kind.check_row(made)
    if kind.slug in UNLAWFUL:
        UNLAWFUL[kind.slug](made)
    return made


def _refuse_start(kind: Kind, row: Any, on: date | None) -> None:
    field = "effective_from"
    if on is None:
        raise Refused("no_words", field=field)
    if on < clock.today() and not kind.may_begin_in_the_past:
        raise Refused("day_is_past", field=field)
    if on > clock.today() + timedelta(days=MOST_DAYS_AHEAD):
        raise Refused("begins_too_late", field=field)
    if row is None:
        return
    last = max(getattr(row, kind.starts), (kind.ends and getattr(row, kind.ends)) or date.min)
    if on <= last:
        raise Refused("begins_too_early", day=last, field=field)


def _refuse_end(kind: Kind, row: Any, on: date | None) -> None:
    field = "last_day"
    if on is None:
        raise Refused("no_words", field=field)
    if on < clock.today():
        raise Refused("day_is_past", field=field)
    if on > clock.today() + timedelta(days=MOST_DAYS_AHEAD):
        raise Refused("begins_too_late", field=field)
    if kind.last_day(row) is not None:
        raise Refused("ended_already", field=field)
    if kind.starts and on < getattr(row, kind.starts):
        raise Refused("ends_before_it_begins", day=getattr(row, kind.starts), field=field)


def _carry_out(change: SettingChange) -> None:
    """The proposal becomes a row, or the end of one; raises Refused when it cannot be any more."""
    kind, on = KINDS[change.kind], change.effective_from
    row: Any = kind.rows(change.code, lock=True).first()
    if change.act == Act.CHANGE and kind.answers_of(row) != change.before:
        raise Refused("setting_moved_on")
    made = _checked(kind, row, change.code, change.act, change.values, on)
    if change.act == Act.CLOSE:
        kind.end(row, cast(date, on))  # `_checked` saw that there is one
        kind.afterwards()
        return
    if row is not None and kind.starts and kind.ends and getattr(row, kind.ends) is None:
        setattr(row, kind.ends, (on or clock.today()) - timedelta(days=1))
        row.save(update_fields=[kind.ends])
    made.save()
    kind.write_more(made, change.values, row)
    kind.afterwards()


def _unlawful_product(made: Any) -> None:
    product_costs.refuse_unlawful(made, field="annual_rate")


def _unlawful_index(made: Any) -> None:
    for product in product_costs.made_of(made.index):
        product_costs.refuse_unlawful(
            product_costs.at_another_rate(product, Decimal(made.annual_rate)), field="annual_rate"
        )


UNLAWFUL: dict[str, Callable[[Any], None]] = {"products": _unlawful_product, "rates": _unlawful_index}

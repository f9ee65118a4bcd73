"""How a setting is told: what stands there, what a proposal changes, and how an answer is typed again."""

from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from config.languages import ENGLISH, FRENCH
from letters.wording import day, money, percent
from loans.models import SettingChange
from loans.settings import KINDS

Act = SettingChange.Act
DEEDS = {
    Act.ADD: gettext_lazy("New"),
    Act.CHANGE: gettext_lazy("Change"),
    Act.CLOSE: gettext_lazy("End"),
}


def raw_of(field, answer):
    """An answer as somebody would type it into its field."""
    if answer is None:
        return ""
    if field.kind == "money":
        return f"{answer // 100}.{answer % 100:02}"
    if field.kind == "percent":
        return format((Decimal(answer) * 100).normalize(), "f")
    if field.kind == "date":
        return typed_day(date.fromisoformat(answer))
    if field.kind == "choices":
        return " ".join(answer)
    if field.kind == "yes_no":
        return "yes" if answer else "no"
    return str(answer)


def typed_day(on):
    """A day as the three boxes of a date give it."""
    return f"{on.day}/{on.month}/{on.year}"


def say(field, answer):
    """An answer in words; nothing said is an empty text."""
    if answer is None:
        return ""
    if field.kind in ("select", "choice"):
        return str(field.label_of(answer))
    if field.kind == "choices":
        return "; ".join(str(field.label_of(code)) for code in answer)
    if field.kind == "yes_no":
        return _("Yes") if answer else _("No")
    told = {"money": money, "percent": lambda text: percent(Decimal(text)), "date": day}
    if field.kind in told:
        return told[field.kind](answer)
    return f"{answer} {field.suffix}" if field.suffix else str(answer)


def groups_of(kind, answers):
    """[(heading, [{"label", "value"}])] of what is said, without what is not."""
    found = []
    for title, fields in ((kind.one, kind.first_fields[1:]), *((group.title, group.fields) for group in kind.groups)):
        rows = [{"label": field.label, "value": say(field, answers.get(field.name))} for field in fields]
        found.append((title, [row for row in rows if row["value"]]))
    return [(title, rows) for title, rows in found if rows]


def differences(kind, before, answers):
    """What these answers change, each with how it stood and how it shall stand; of what is new, all that is said."""
    before = before or {}
    fields = (*kind.first_fields[1:], *kind.fields)
    changed = [field for field in fields if field.name in answers and answers[field.name] != before.get(field.name)]
    return [
        {"label": field.label, "before": say(field, before.get(field.name)), "after": say(field, answers[field.name])}
        for field in changed
    ]


def _first_name(change):
    """What a setting shall be called that is not there yet."""
    language = FRENCH if (get_language() or "").startswith(FRENCH) else ENGLISH
    said = (change.values.get(f"{word}_{language}") for word in ("name", "text", "sentence"))
    return next(filter(None, said), change.code)


def beside(kind, row):
    """What tells settings of one kind apart in a list: for what and on which side they are."""
    firsts = kind.firsts_of(row)
    return "; ".join(filter(None, (say(field, firsts[field.name]) for field in kind.first_fields[1:])))


def told(change, rows=None):
    """A proposal for a page: its kind and name, what it does, when, and what is different."""
    kind = KINDS[change.kind]
    row = (rows or {}).get((change.kind, change.code)) or kind.rows(change.code).first()
    name = kind.name(row) if row is not None else _first_name(change)
    lines = differences(kind, change.before, change.values)
    return {
        "change": change,
        "kind": kind,
        "name": name,
        "deed": DEEDS[change.act],
        "is_end": change.act == Act.CLOSE,
        "lines": lines,
    }

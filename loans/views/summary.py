"""Answers as people read them: labels, choices, sums and dates in the reader's language."""

from django.utils.translation import gettext as _

from applicants.occupations import Occupation
from letters.wording import day, money, whole_percent
from loans.fields import PERCENT, told


def shown(field, value):
    """An understood value in words."""
    if value is None:
        return ""
    if field.kind == "money":
        return money(value)
    if field.kind == "date":
        return day(value)
    if field.kind in ("yes_no", "checkbox"):
        return _("Yes") if value else _("No")
    if field.kind == "noc":
        return str(Occupation.objects.filter(pk=value).first() or value)
    if field.kind in ("choice", "select"):
        return field.label_of(value)
    if field.kind == "choices":
        return "\n".join(str(field.label_of(code)) for code in value)
    return told(field, value)


def with_sign(field, value):
    """The same for who works here: a part of a hundred carries its sign."""
    is_part = field.kind == "integer" and field.suffix is PERCENT
    return whole_percent(value) if is_part else shown(field, value)


def answers_of(form, section):
    """Rows of a page's questions that apply: label, value, is_needed, name of the field, line and its place (number).

    What was not understood is shown as it was typed.
    """
    if section.slug == "papers":
        return [
            {
                "label": name,
                "value": "" if form.lacks_paper(kind) else _("Added"),
                "name": kind,
                "line": 0,
                "number": 1,
                "is_needed": True,
            }
            for kind, name in form.papers_wanted().items()
        ]
    lines = (form.lines(section.slug) or [form.fresh_line(section.slug)]) if section.repeated else [0]
    is_unused = section.may_be_empty and not form.lines(section.slug)
    return [
        {
            "label": field.short or field.label,
            "value": shown(field, form.value(section.slug, field.name, line))
            or form.raw(section.slug, field.name, line),
            "name": field.name,
            "line": line,
            "is_needed": field.required and not is_unused,
            "number": number,
        }
        for number, line in enumerate(lines, 1)
        for field in form.asked(section, line)
    ]


def told_and_empty(rows):
    """Those of `answers_of` that somebody answered or has to, and those that may stay empty and did."""
    may_be_folded = [row for row in rows if not row["value"] and not row["is_needed"]]
    return [row for row in rows if row not in may_be_folded], may_be_folded

"""Answers as people read them: labels, choices, sums and dates in the reader's language."""

from django.utils.translation import gettext as _

from letters.wording import day, money


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
    if field.kind in ("choice", "select"):
        return dict(field.choices).get(value, value)
    return value


def answers_of(form, section):
    """(label, answer, line) of a page's questions that apply; what was not understood is shown as it was typed."""
    if section.slug == "papers":
        return [
            {"label": name, "value": _("Added") if kind in form.papers_held else "", "line": 0}
            for kind, name in form.paper_kinds().items()
        ]
    lines = (form.lines(section.slug) or [0]) if section.repeated else [0]
    return [
        {
            "label": field.label,
            "value": shown(field, form.value(section.slug, field.name, line))
            or form.raw(section.slug, field.name, line),
            "line": line,
        }
        for line in lines
        for field in form.asked(section, line)
    ]

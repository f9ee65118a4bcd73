"""A sheet of questions on a page: what was typed is shown again, beside what is wrong with it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from applicants.occupations import Occupation
from letters.wording import day, money, percent
from loans.fields import ERRORS, understand
from loans.refusals import field_of, sentence
from loans.written_days import TWO_DAYS, UnclearDay, is_from_boxes, read_day, written_freely

DATE_PARTS = ("day", "month", "year")
ECHOES = {  # how it was understood
    "money": money,
    "percent": lambda fraction: percent(Decimal(fraction)),
    "noc": lambda code: str(Occupation.objects.get(pk=code)),
}


def read_raw(field, data, name=None):
    """What the browser sent for `field` in `data` (a QueryDict): the boxes of a date, or all choices, as one text."""
    name = name or field.name
    if field.freely:
        return _day_of_four_boxes(data, name)
    if field.kind == "date" and any(f"{name}-{part}" in data for part in DATE_PARTS):
        parts = [data.get(f"{name}-{part}", "").strip().replace("/", "") for part in DATE_PARTS]
        return "/".join(parts) if any(parts) else ""
    if field.kind == "choices":
        return " ".join(data.getlist(name))
    return data.get(name, "")


def _day_of_four_boxes(data, name):
    """Three boxes for the parts and one for the whole; two different days are kept side by side, to be asked about."""
    whole = written_freely(data.get(name, "").strip())
    parts = "/".join(data.get(f"{name}-{part}", "").strip().replace("/", "") for part in DATE_PARTS)
    if not whole or not parts.strip("/"):
        return whole or (parts if parts.strip("/") else "")
    return whole if _means(whole) == _means(parts) else f"{whole}{TWO_DAYS}{parts.replace('/', ' ')}"


def _means(written):
    try:
        return read_day(written)
    except UnclearDay:
        return None


def _asked_again(raw, error):
    """The sentence for a day that could be two: both are named."""
    try:
        read_day(raw)
    except UnclearDay as unclear:
        if error == "which_month" and len(unclear.readings) == 2:
            one, other = (day(each) for each in unclear.readings)
            return _("Do you mean %(one)s or %(other)s? Please write the name of the month.") % {
                "one": one,
                "other": other,
            }
    return ERRORS.get(error, error)


def present(field, raw, error="", *, name=None):
    """One field as parts/field.html draws it; `error` is a code of ERRORS or a whole sentence."""
    name = name or field.name
    value, _code = understand(field, raw)
    shown = {
        "name": name,
        "id": f"id-{name}",
        "label": field.label,
        "help": field.help,
        "kind": field.kind,
        "value": raw,
        "choices": [("yes", _("Yes")), ("no", _("No"))] if field.kind == "yes_no" else field.options().items(),
        "chosen": raw.split() if field.kind == "choices" else [raw],
        "error": ERRORS.get(error, error),
        "required": field.required,
        "autocomplete": field.autocomplete,
        "inputmode": {
            "money": "decimal",
            "percent": "decimal",
            "integer": "numeric",
            "tel": "tel",
            "noc": "numeric",
        }.get(field.kind, ""),
        "suffix": field.suffix,
        "max_length": field.max_length if field.kind in ("text", "tel", "email") else None,
        "echo": ECHOES[field.kind](value) if field.kind in ECHOES and value is not None and not error else "",
    }
    if field.kind == "date":
        in_parts = is_from_boxes(raw) or not field.freely
        parts = [*raw.split("/"), "", "", ""] if raw and in_parts else ["", "", ""]
        shown |= dict(zip(DATE_PARTS, parts, strict=False))
        shown |= {"error": _asked_again(raw, error), "freely": field.freely, "whole": "" if in_parts else raw}
        shown["echo"] = day(value) if value and not in_parts and not error else ""
    return shown


def problem_of(question, error):
    """What is wrong with the answer to a question, for a list of problems: the question is named."""
    return _("“%(question)s”: %(problem)s") % {"question": question, "problem": ERRORS.get(error, error)}


class Sheet:
    """The questions of one deed, answered by `data` (the POST) or still empty.

    `values` holds what was understood (None where nothing was typed), `errors` what is wrong, by field name: nothing
    where it is not `judged`.
    """

    def __init__(self, fields, data=None, initial=None, judged=True):
        self.asked = fields
        self.raws = {f.name: read_raw(f, data) if data is not None else (initial or {}).get(f.name, "") for f in fields}
        self.values, self.errors = {}, {}
        for field in fields:
            self.values[field.name], code = understand(field, self.raws[field.name])
            if not code and field.required and self.values[field.name] is None:
                code = "must_agree" if field.kind == "checkbox" else "missing"
            if code and judged and data is not None:
                self.errors[field.name] = code

    @classmethod
    def of(cls, request, fields, initial=None):
        """As it was sent; or as it was typed before the language was switched; or empty, for somebody who comes."""
        if getattr(request, "typed", None) is not None:
            return cls(fields, request.typed, judged=False)
        return cls(fields, request.POST if request.method == "POST" else None, initial)

    @property
    def is_answered(self):
        """Whether every question has an answer that will do."""
        return not self.errors

    @property
    def words(self):
        """(question, what was typed, ticked or chosen) of every question that was answered at all, in words."""
        said = {"yes": _("Yes"), "no": _("No")}
        typed = ((field, self.raws[field.name].strip()) for field in self.asked)
        return [
            (field.label, said.get(raw, raw) if field.kind in ("checkbox", "yes_no") else field.label_of(raw))
            for field, raw in typed
            if raw
        ]

    @property
    def has_words(self):
        """Whether somebody wrote whole sentences here, which would be missed."""
        return any(field.kind == "longtext" and self.raws[field.name].strip() for field in self.asked)

    def refuse(self, refused):
        """Write a verb's refusal beside the field it speaks of, or above all fields."""
        self.errors[field_of(refused)] = sentence(refused)

    @property
    def fields(self):
        """Every question as parts/field.html draws it."""
        return [present(field, self.raws[field.name], self.errors.get(field.name, "")) for field in self.asked]

    @property
    def summary(self):
        """(link, sentence) of everything that is wrong, for parts/error_summary.html."""
        asked = {field.name: field.label for field in self.asked}
        named = [(name, asked.get(name), error) for name, error in self.errors.items()]
        return [
            (f"#id-{name}", problem_of(question, error)) if question else ("#main", ERRORS.get(error, error))
            for name, question, error in named
        ]

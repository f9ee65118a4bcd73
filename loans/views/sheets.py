"""A sheet of questions on a page: what was typed is shown again, beside what is wrong with it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from letters.wording import money, percent
from loans.fields import ERRORS, understand
from loans.refusals import field_of, sentence

DATE_PARTS = ("day", "month", "year")
ECHOES = {"money": money, "percent": lambda fraction: percent(Decimal(fraction))}  # how it was understood


def read_raw(field, data, name=None):
    """What the browser sent for `field` in `data` (a QueryDict): the three boxes of a date as one text."""
    name = name or field.name
    if field.kind == "date" and any(f"{name}-{part}" in data for part in DATE_PARTS):
        return "/".join(data.get(f"{name}-{part}", "").strip().replace("/", "") for part in DATE_PARTS)
    return data.get(name, "")


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
        "choices": [("yes", _("Yes")), ("no", _("No"))] if field.kind == "yes_no" else field.choices,
        "error": ERRORS.get(error, error),
        "required": field.required,
        "autocomplete": field.autocomplete,
        "inputmode": {"money": "decimal", "percent": "decimal", "integer": "numeric", "tel": "tel"}.get(field.kind, ""),
        "suffix": field.suffix,
        "max_length": field.max_length if field.kind in ("text", "tel", "email") else None,
        "echo": ECHOES[field.kind](value) if field.kind in ECHOES and value is not None and not error else "",
    }
    if field.kind == "date":
        parts = [*raw.split("/"), "", "", ""] if raw else ["", "", ""]
        shown |= dict(zip(DATE_PARTS, parts, strict=False))
    return shown


def problem_of(question, error):
    """What is wrong with the answer to a question, for a list of problems: the question is named."""
    return _("“%(question)s”: %(problem)s") % {"question": question, "problem": ERRORS.get(error, error)}


class Sheet:
    """The questions of one deed, answered by `data` (the POST) or still empty.

    `values` holds what was understood (None where nothing was typed), `errors` what is wrong, by field name.
    """

    def __init__(self, fields, data=None, initial=None):
        self.asked = fields
        self.raws = {f.name: read_raw(f, data) if data is not None else (initial or {}).get(f.name, "") for f in fields}
        self.values, self.errors = {}, {}
        for field in fields:
            self.values[field.name], code = understand(field, self.raws[field.name])
            if not code and field.required and self.values[field.name] is None:
                code = "must_agree" if field.kind == "checkbox" else "missing"
            if code and data is not None:
                self.errors[field.name] = code

    @property
    def is_answered(self):
        """Whether every question has an answer that will do."""
        return not self.errors

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

"""What was checked and asked for, as a memo tells it: the checklist, flags, conditions, what credit bureaus said."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from letters.wording import money, number
from loans.models import ChecklistAnswer, Condition, FlagAnswer
from loans.views.cases.case_flag_words import TITLES
from loans.views.cases.memo_sources import Figure

ANSWERS, VERDICTS = dict(ChecklistAnswer.Answer.choices), dict(FlagAnswer.Verdict.choices)


def _in_words(row, name):
    """One of two texts, by the reader's language."""
    return row[f"{name}_fr" if get_language() == "fr" else f"{name}_en"]


def checklist_told(parts):
    """Each item with its answer; a file that was frozen before there were checklists has none."""
    return [
        {"text": _in_words(each, "text"), "answer": _answered(each["answer"])} for each in parts.get("checklist", [])
    ]


def _answered(answer):
    return answer and {**answer, "label": ANSWERS.get(answer["answer"], answer["answer"])}


def flags_told(parts):
    """Each flag with what was said of it."""
    return [
        {
            "title": TITLES.get(each["kind"], each["kind"]),
            "answer": each["answer"] and {**each["answer"], "label": VERDICTS.get(each["answer"]["verdict"], "")},
        }
        for each in parts.get("flags", [])
    ]


def conditions_told(parts):
    """What a yes asks for, and before what."""
    befores = dict(Condition.Before.choices)
    return [
        {
            "text": _in_words(each, "text"),
            "before": _("Before advance %(number)s is sent") % {"number": each["advance"]}
            if each["advance"]
            else befores[each["before"]],
        }
        for each in parts.get("conditions", [])
    ]


def reports_told(parts, sources):
    """What each bureau said, in figures with their source."""
    return [
        {
            "bureau": each["bureau"],
            "band": _in_words(each, "band") or _("No score yet"),
            "rows": [
                (_("Debts"), Figure(number(each["debts"]), sources.bureau(each))),
                (_("Owed on them"), Figure(money(each["balance_cents"]), sources.bureau(each))),
                (_("To pay on them in a month"), Figure(money(each["monthly_cents"]), sources.bureau(each))),
            ],
        }
        for each in parts.get("credit_reports", [])
    ]

"""A no that rests on a credit report: which report it was, and which bureau the person is told of.

Ontario's Consumer Reporting Act, R.S.O. 1990, c. C.33, section 10 (7): whoever says no because of a report tells at
that time the name and address of the agency, and that within 60 days one may ask about the information; sections 12 and
13: one sees what is held, and has it corrected. The letters of the no, and of one that stands after an appeal, and the
page say so in words (templates/letters/bureaus.html, templates/loans/my_decision_report.html).
"""

from collections.abc import Iterable
from typing import Any

from loans.lifecycle.refusal import Refused
from loans.models import Application, CreditBureau, ReasonWords


def reports_behind(case: Application, words: Iterable[ReasonWords]) -> list[dict[str, Any]]:
    """What a no for these reasons rests on, as its event keeps it: {"report": key, "bureau": code, "on": ISO day} of
    the newest report of each bureau; nothing where no reason rests on one.

    Raises Refused("no_report_for_reason") where one does and no report can be read.
    """
    if not any(each.rests_on_report for each in words):
        return []
    newest = {each.bureau_id: each for each in case.credit_reports.standing().select_related("bureau").order_by("pk")}
    if not newest:
        raise Refused("no_report_for_reason")
    return [
        {"report": each.pk, "bureau": each.bureau.code, "on": each.reported_on.isoformat()} for each in newest.values()
    ]


def bureaus_told(reports: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """The bureaus of `reports_behind` as a person reads them: name, address on one line, phone, website, on (ISO)."""
    reports = list(reports)
    if not reports:
        return []
    rows = {row.code: row for row in CreditBureau.objects.filter(code__in=[each["bureau"] for each in reports])}
    return [
        {
            "name": row.name,
            "address": ", ".join(row.address.split("\n")),
            "phone": row.phone,
            "website": row.website,
            "on": each["on"],
        }
        for each in reports
        if (row := rows.get(each["bureau"]))
    ]

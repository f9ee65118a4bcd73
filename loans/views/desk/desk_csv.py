"""The lines of the desk as CSV: the columns of the page, figures and days plain, no cell that runs a formula."""

import csv
import io

from django.utils.translation import gettext as _

from config import clock
from loans.spreadsheets import as_words
from loans.views.desk.desk_rows import rows_of

MOST_LINES = 5_000
AT_ONCE = 500  # cases that are read together
BOM = "\ufeff"  # by which a spreadsheet sees that names are in UTF-8


def file_name():
    """Named after the day."""
    return f"cases-{clock.today()}.csv"


def in_lines(asked):
    """What is asked for as the text of a CSV file (RFC 4180), in the reader's language; at most MOST_LINES cases.

    Sums as 1234.50, days as 2027-03-01; an empty cell where the page has a dash.
    """
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow([as_words(heading) for heading in _headings()])
    for start in range(0, MOST_LINES, AT_ONCE):
        rows = rows_of(asked, start, start + AT_ONCE)
        writer.writerows(_line(row) for row in rows)
        if len(rows) < AT_ONCE:
            break
    return out.getvalue()


def _headings():
    return [
        _("Case"),
        _("Name"),
        _("Loan asked for"),
        _("Amount"),
        _("State"),
        _("Sent"),
        _("Answer promised by"),
        _("Officer"),
        _("Next step"),
    ]


def _line(row):
    case, promise = row["case"], row["promise"]
    cents = case.asked_cents
    words = (case.product.name, case.get_state_display(), case.reviewer or "", row["next"] or "")
    product, state, officer, step = (as_words(str(each)) for each in words)
    return [
        case.reference,
        as_words(str(case.applicant)),
        product,
        "" if cents is None else f"{cents // 100}.{cents % 100:02d}",
        state,
        clock.day_of(case.submitted_at).isoformat(),
        promise["day"].isoformat() if promise else "",
        officer,
        step,
    ]

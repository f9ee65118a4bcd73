"""The flags of the demo: a made-up list of sanctions, a name that is like one on it, and what the officer found out."""

import csv
import io

from config import clock
from loans.lifecycle.reviewing import flags, sanctions
from loans.models import Application

LIST = "Made up for the demonstration"
WHY = "The person on the list was born in 1948 and lives abroad. I have seen the passport: it is somebody else."
INVENTED = (
    ("Vasilijs Examplovs", "V. Examplov", "1961-04-12", "Schedule 1, Part 1", "17"),
    ("Specimen Shipping Company", "", "", "Schedule 2", "4"),
)


def load_a_list(manager):
    """A list on which somebody has the name of an applicant in review; in a small demo there may be none."""
    reviewed = Application.objects.filter(state=Application.State.IN_REVIEW, reviewer__isnull=False)
    case = reviewed.select_related("applicant").order_by("pk").first()
    alike = [(case.applicant.full_name, "", "1948", "Schedule 1, Part 2", "31")] if case else []
    out = io.StringIO()
    csv.writer(out).writerows([("name", "aliases", "born", "list", "item"), *INVENTED, *alike])
    sanctions.load(LIST, out.getvalue().encode(), by=manager)
    if case:
        _say_who_it_is(case)
    flags.count_flags(clock.today())


def _say_who_it_is(case):
    for flag in flags.flags_of(case):
        if flag.kind == "sanctions":
            flags.answer_flag(case, by=case.reviewer, flag=flag.key, verdict="somebody_else", note=WHY)

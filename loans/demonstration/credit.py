"""Credit reports of the demo: of somebody who builds up a history, and of somebody whose payments were late."""

from config import clock
from loans.demonstration.forms import specimen
from loans.lifecycle.reviewing import credit
from loans.lifecycle.reviewing.credit import Debt
from loans.lifecycle.writing.messages import Attached

ON_TIME = (Debt("card", 86_000, 4_000, False), Debt("phone", 54_000, 4_500, False))
LATE = (Debt("card", 612_000, 18_400, True), Debt("collection", 143_000, 0, True), Debt("car", 940_000, 31_000, False))


def enter_report(case, officer, *, is_late=False):
    """`officer`, who reviews the case, enters what a bureau said today."""
    credit.enter_report(
        case,
        by=officer,
        bureau="equifax",
        reported_on=clock.today(),
        band="to-build" if is_late else "fair",
        debts=LATE if is_late else ON_TIME,
        file=Attached("credit-report.png", specimen("Credit report")),
    )

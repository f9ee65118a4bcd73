"""Every loan on a line, filtered: where each figure of the portfolio leads to, and from where one goes to the loan."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from config import clock
from loans.models import Loan
from loans.purposes import PURPOSES
from money.arrears import days_late
from reports.base import Filter, Link, Report, Sum

LATE_BY = (0, 1, 30, 60, 90)  # more than so many days
SLUG = "loans"


def link_to_loans(**chosen):
    """The address of the list with these filters: `state`, `purpose`, `late`."""
    return f"{reverse('report', args=[SLUG])}?{urlencode(chosen)}"


class LoanList(Report):
    """The loans as they stand today."""

    slug = SLUG
    title = gettext_lazy("Loans one by one")
    summary = gettext_lazy("Each loan on a line, as it stands today. The number leads to the loan.")
    audience = frozenset((Role.MANAGER, Role.FINANCE, Role.AUDITOR))
    is_of_today = True
    columns = {
        "number": gettext_lazy("Loan"),
        "borrower": gettext_lazy("Borrower"),
        "product": gettext_lazy("Product"),
        "state": gettext_lazy("State"),
        "lent": gettext_lazy("Lent"),
        "owed": gettext_lazy("Principal owed"),
        "next": gettext_lazy("Next due"),
        "late": gettext_lazy("Days late"),
        "officer": gettext_lazy("Officer"),
    }
    filters = {
        "state": Filter(gettext_lazy("State"), dict(Loan.State.choices)),
        "purpose": Filter(gettext_lazy("Purpose"), {slug: purpose.title for slug, purpose in PURPOSES.items()}),
        "late": Filter(gettext_lazy("Late by more than so many days"), {str(days): str(days) for days in LATE_BY}),
    }

    def rows(self, period):
        """The longest late first."""
        today = clock.today()
        found = Loan.objects.filter(self._wanted(period.chosen, today)).select_related(
            "position", "application__product", "application__applicant__user", "application__reviewer"
        )
        rows = found.order_by("position__next_unpaid_on", "pk")
        return [self._hidden(self._row(loan, today), loan, period.reader) for loan in rows]

    def _hidden(self, row, loan, reader):
        """A line whose case is hidden from its reader: its sums count, nothing else is told."""
        if reader is None or reader.pk not in loan.application.kept_from:
            return row
        return {**row, "number": "–", "borrower": _("Hidden: a conflict"), "officer": "–", "next": "–"}

    def _wanted(self, chosen, today):
        wanted = Q()
        if state := chosen.get("state"):
            wanted &= Q(state=state)
        if purpose := chosen.get("purpose"):
            wanted &= Q(application__product__purpose=purpose)
        if late := chosen.get("late"):
            last = today - timedelta(days=int(late))
            wanted &= Q(state=Loan.State.ACTIVE, position__next_unpaid_on__lt=last)
        return wanted

    def _row(self, loan, today):
        position = getattr(loan, "position", None)
        is_running = position is not None and loan.state == Loan.State.ACTIVE
        return {
            "number": Link(loan.number, reverse("loan", args=[loan.number])),
            "borrower": str(loan.application.applicant),
            "product": loan.application.product.name,
            "state": loan.get_state_display(),
            "lent": Sum(position.lent_cents if position else 0),
            "owed": Sum(position.principal_cents if position else 0),
            "next": position.next_unpaid_on if is_running and position.next_unpaid_on else "–",
            "late": days_late(position.next_unpaid_on, today) if is_running else 0,
            "officer": loan.application.reviewer.name if loan.application.reviewer else "–",
        }

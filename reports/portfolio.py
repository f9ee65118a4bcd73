"""The portfolio at a glance: what is out, how late it is, what moved and what was decided."""

from django.db.models import Count, Q
from django.db.models import Sum as Total
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Role
from loans.models import Application, Baseline, Event, Fact
from loans.models.loan import Loan
from loans.views.cases.case_file import TARGET_GROUPS
from money.arrears import portfolio_at_risk
from money.book import FactKind
from reports import running_loans
from reports.base import Link, Report, Share, Sum
from reports.loan_list import link_to_loans

LATE_BY = (1, 30, 60, 90)  # days


class Portfolio(Report):
    """One figure a line, each with the words that define it."""

    slug = "portfolio"
    title = gettext_lazy("Portfolio at a glance")
    summary = gettext_lazy("What is lent, what is late, and what was asked and decided.")
    audience = frozenset((Role.MANAGER, Role.FINANCE, Role.AUDITOR))
    can_look_back = True
    columns = {
        "figure": gettext_lazy("Figure"),
        "value": gettext_lazy("Value"),
        "note": gettext_lazy("How it is counted"),
    }

    def rows(self, period):
        """How the book stands first, then what happened in the period."""
        return [
            {"figure": figure, "value": value, "note": note}
            for figure, value, note in (
                *_book(period),
                *_money_moved(period),
                *_applications(period),
                *_decisions(period),
                *_target_groups(period),
            )
        ]


def _book(period):
    """Each running loan counts with its whole principal as soon as one payment of it is late enough (CGAP 2009)."""
    if not period.on:
        yield from _figures(running_loans.today(), _linked)
        return
    book = running_loans.looked_back(period.on, period.known_at)
    yield from _figures(book, lambda words, **chosen: words)
    yield (
        _("Loans worked out again"),
        len(book),
        _("Each from its facts as they were known, to tell how late it was on that day."),
    )


def _linked(words, **chosen):
    """The list of loans shows them as they stand today: only figures of today lead there."""
    return Link(words, link_to_loans(state=Loan.State.ACTIVE.value, **chosen))


def _figures(book, linked):
    yield linked(_("Running loans")), len(book), _("Money is out on the day, and not all of it is back.")
    yield _("Principal outstanding"), Sum(sum(owed for owed, late in book)), _("Of all running loans, on the day.")
    yield (
        linked(_("Loans that are late"), late=0),
        sum(late > 0 for owed, late in book),
        _("A payment was due before the day and is not fully paid."),
    )
    for days in LATE_BY:
        named = ngettext(
            "Portfolio at risk, more than %(days)s day late",
            "Portfolio at risk, more than %(days)s days late",
            days,
        ) % {"days": days}
        yield (
            linked(named, late=days),
            Share(portfolio_at_risk(book, days)),
            _("The whole principal of these loans, as a part of all principal outstanding."),
        )


def _money_moved(period):
    known = Fact.objects.as_known(period.known_at).exclude(reversed_by__recorded_at__lte=period.known_at)
    facts = known.filter(on__range=(period.first, period.last))
    moved = facts.filter(kind__in=[FactKind.ADVANCE, FactKind.PAYMENT]).values_list("kind").annotate(Total("cents"))
    cents = dict(moved.order_by())
    yield _("Lent"), Sum(cents.get(FactKind.ADVANCE, 0)), _("Money sent to borrowers in the period.")
    yield (
        _("Paid by borrowers"),
        Sum(cents.get(FactKind.PAYMENT, 0)),
        _("Payments received in the period, interest included; reversed ones do not count."),
    )


def _in(period, field):
    days = Q(**{f"{field}__date__range": (period.first, period.last)})
    return days & Q(**{f"{field}__lte": period.known_at})


def _applications(period):
    sent = Application.objects.filter(_in(period, "submitted_at"))
    states = dict(sent.order_by().values_list("state").annotate(Count("pk")))
    yield _("Applications received"), sum(states.values()), _("Sent for the first time in the period.")
    for state, label in Application.State.choices:
        if state in states and not period.known_on:
            yield _("Of these, now %(state)s") % {"state": label}, states[state], _("Where they stand today.")


def _decisions(period):
    made = Event.objects.filter(_in(period, "at"), subject_kind="application", verb__in=["approve", "decline"])
    counted = dict(made.order_by().values_list("verb").annotate(Count("case", distinct=True)))
    yield _("Approved"), counted.get("approve", 0), _("Applications to which a yes was given in the period.")
    yield _("Declined"), counted.get("decline", 0), _("Applications to which a no was given in the period.")


def _target_groups(period):
    sent = Baseline.objects.filter(_in(period, "application__submitted_at"))
    groups = dict(sent.order_by().values_list("target_group").annotate(Count("pk")))
    for group, label in TARGET_GROUPS.items():
        yield (
            _("Applicants: %(group)s") % {"group": label},
            groups.get(group.value, 0),
            _("Worked out from the form as it was sent first, in the period."),
        )

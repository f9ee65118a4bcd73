"""The pages of one case: its file, and beside it a page for each kind of work. A further page is a line in TABS."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loans.fields import Text
from loans.models import Application, BankAccount, FlagCount, Task, VoteCount


@dataclass(frozen=True)
class Tab:
    """One page of a case: the name of its address, what it is called, and who reads it."""

    name: str
    label: Text
    is_for: Callable = lambda case, reader: True
    count: Callable = lambda case: None  # what waits there; None or 0: nothing is told


TABS = (
    Tab("case", _("File")),
    Tab("figures", _("Figures")),
    Tab("case_checklist", _("Checklist"), lambda case, reader: bool(case.checklist)),
    Tab("case_flags", _("Flags"), count=lambda case: case.open_flags),
    Tab("credit_reports", _("Credit report")),
    Tab("case_conditions", _("Conditions")),
    Tab(
        "case_bank",
        _("Bank details"),
        lambda case, reader: case.state == case.State.APPROVED or case.has_bank_details,
        lambda case: int(case.waiting_bank_details),
    ),
    Tab("case_memo", _("Memo")),
    Tab("case_minutes", _("Minutes"), lambda case, reader: case.has_minutes),
    Tab("case_letters", _("Letters"), count=lambda case: int(case.has_lost_letter)),
    Tab("case_diary", _("Diary")),
    Tab("case_referrals", _("Referrals")),
    Tab("case_conflicts", _("Officer and conflicts")),
)


def with_tabs(cases):
    """Cases that know what `tabs_of` asks of them, without a question more."""
    counts = VoteCount.objects.filter(recommendation__application=OuterRef("pk"))
    flags = FlagCount.objects.filter(application=OuterRef("pk"))
    accounts = BankAccount.objects.filter(party__application=OuterRef("pk"))
    lost = Task.objects.filter(application=OuterRef("pk"), closed=None, letter__isnull=False)
    return cases.annotate(
        has_lost_letter=Exists(lost),
        has_bank_details=Exists(accounts),
        waiting_bank_details=Exists(accounts.waiting()),
        has_minutes=Exists(counts),
        open_flags=Subquery(flags.values("open")),
        followed_flags=Subquery(flags.values("followed")),
        flags_counted_at=Subquery(flags.values("counted_at")),
    )


def cases_with_tabs(reader):
    """The cases that `reader` of the office sees, with what the head of their pages asks: tabs, people, sendings."""
    cases = with_tabs(Application.objects.open_to_staff(reader))
    return cases.select_related("product", "applicant__user", "reviewer").prefetch_related("parties", "submissions")


def tabs_of(case, reader, here):
    """The pages of this case (of `with_tabs`) for this reader, as loans/case_head.html draws them; `here` is open."""
    return [
        {
            "url": reverse(tab.name, args=[case.reference]),
            "label": tab.label,
            "count": tab.count(case),
            "current": tab.name == here,
        }
        for tab in TABS
        if tab.is_for(case, reader)
    ]

"""Money lent on agreed terms: what the yes created."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.models import Role
from config import clock
from loans import rules
from loans.models.conflict import Conflict
from loans.models.series import Series
from money.interest import DayCount
from money.schedule import Advance, Fee, FeePaid, OnRateChange, Terms

if TYPE_CHECKING:
    from loans.models.history import Event


INDEXES = {"prime": _("prime rate of the large banks")}  # code of IndexRate → its name
WORKS_WITH_LOANS = frozenset((Role.OFFICER, Role.MANAGER, Role.FINANCE, Role.AUDITOR))


class LoanQuerySet(models.QuerySet):
    def belonging_to(self, user):
        """The loans in which this person stands."""
        return self.filter(application__parties__user=user).distinct()

    def open_to_staff(self, user):
        """The portfolio, for those who work with it; never one's own loan, nor one with a conflict of interest."""
        if user.roles & WORKS_WITH_LOANS:
            free = self.filter(~Exists(Conflict.objects.hiding(OuterRef("application"), user)))
            return free.exclude(application__parties__user=user)
        return self.none()

    def visible_to(self, user):
        """Every loan this person may see at all."""
        return self.filter(Q(pk__in=self.belonging_to(user)) | Q(pk__in=self.open_to_staff(user)))

    def running(self):
        """Loans on which money is out."""
        return self.filter(state=Loan.State.ACTIVE)


class Loan(FSMModelMixin, models.Model):
    """One debt and its terms, copied from the product and the decision when it was offered."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        SIGNED = "signed", _("signed")
        ACTIVE = "active", _("active")
        REPAID = "repaid", _("repaid")
        WRITTEN_OFF = "written_off", _("written off")
        REFUSED = "refused", _("refused by the borrower")
        LAPSED = "lapsed", _("lapsed")
        CANCELLED = "cancelled", _("cancelled")

    number = models.CharField(max_length=15, unique=True)
    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="loans")
    fund = models.ForeignKey("loans.Fund", models.PROTECT)
    principal_cents = models.BigIntegerField()
    annual_rate = models.DecimalField(max_digits=7, decimal_places=6)
    day_count = models.CharField(max_length=15, choices=[(d.value, d.value) for d in DayCount])
    study_months = models.PositiveSmallIntegerField()
    repayment_months = models.PositiveSmallIntegerField()
    fee_cents = models.BigIntegerField(default=0)
    fee_paid = models.CharField(max_length=12, choices=[(f.value, f.value) for f in FeePaid])
    advance_on = models.DateField()  # planned at the offer, real once the money was sent
    first_due = models.DateField()
    offered_at = models.DateTimeField()
    open_until = models.DateField()  # the last day to sign
    signed_at = models.DateTimeField(null=True)
    cooling_days = models.PositiveSmallIntegerField(default=0)  # after the last signature one may still withdraw
    rate_index = models.SlugField(blank=True)  # the index that `annual_rate` was made from, when it was
    follows_index = models.BooleanField(default=False)  # whether the rate moves with it, or was fixed by the offer
    margin = models.DecimalField(max_digits=7, decimal_places=6, default=0)  # over the index
    on_rate_change = models.CharField(
        max_length=8, choices=[(r.value, r.value) for r in OnRateChange], default=OnRateChange.RELEVEL
    )
    options = models.JSONField(default=list)  # what may be chosen among (lifecycle.offering.choosing); empty: nothing
    chosen = models.PositiveSmallIntegerField(null=True)  # the number of the option, from 1; 0: terms of their own
    bounds = models.JSONField(default=dict)  # inside which the borrower may move the terms (offering.own_terms)
    held_debits = models.JSONField(default=dict)  # due day → cents drawn as announced (loans.lifecycle.lending.debits)
    write_off_proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    event: "Event"  # the line being written, while a verb is at work
    days_in_force: list[tuple[int, date, date]]  # of the plan, once they were read (lending.planning.days_of)
    state = FSMField(choices=State, default=State.OFFERED, protected=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(principal_cents__gt=0, repayment_months__gt=0, fee_cents__gte=0), name="loan_terms_positive"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["offered", "signed", "active", "repaid", "written_off"]),
                name="a_case_has_one_living_loan",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def waits_for_choice(self):
        """Whether the borrower has yet to choose among the options; until then its terms are those of the first."""
        return bool(self.options) and self.chosen is None

    @property
    def cooling_until(self):
        """The last day on which a borrower may still withdraw; None before all have signed, or where there is none."""
        if self.signed_at is None or not self.cooling_days:
            return None
        return clock.day_of(self.signed_at) + timedelta(days=self.cooling_days)

    @property
    def is_cooling(self):
        """Whether a borrower may still withdraw today, and no money may leave."""
        return (
            self.state == self.State.SIGNED and self.cooling_until is not None and clock.today() <= self.cooling_until
        )

    @property
    def index_name(self):
        """The index that the rate is made from, in the reader's language; its code where the house has no words."""
        return INDEXES.get(self.rate_index, self.rate_index)

    @property
    def case(self):
        return self.application

    @property
    def case_id(self):
        return self.application_id

    @staticmethod
    def next_number(year):
        """The next loan number of `year`, such as L-2027-0042."""
        return Series.next("L", year)

    @property
    def terms(self):
        """These terms as the engine takes them."""
        fees = (Fee(self.fee_cents, FeePaid(self.fee_paid)),) if self.fee_cents else ()
        return Terms(
            advances=(Advance(self.advance_on, self.principal_cents),),
            annual_rate=self.annual_rate,
            instalments=self.study_months + self.repayment_months,
            interest_only=self.study_months,
            first_due=self.first_due,
            day_count=DayCount(self.day_count),
            fees=fees,
            on_rate_change=OnRateChange(self.on_rate_change),
        )

    @transition(state, State.OFFERED, None, permission=rules.is_owner)
    def choose(self):
        """The borrower chooses one of the options."""

    @transition(state, State.OFFERED, None, permission=rules.is_owner)
    def take_own_terms(self):
        """The borrower takes other terms, inside what was approved."""

    @transition(state, State.OFFERED, None, permission=rules.is_party)
    def explain(self):
        """One of the three questions about the offer was explained to one of the parties."""

    @transition(state, State.OFFERED, None, permission=rules.is_party)
    def put_signature(self):
        """One of the parties signs the agreement."""

    @transition(state, [State.OFFERED, State.SIGNED, State.ACTIVE], None, permission=rules.is_borrower)
    def agree_to_debit(self):
        """Who signed, and pays from another account since then, agrees to its debit agreement."""

    @transition(state, [State.OFFERED, State.SIGNED, State.ACTIVE], None, permission=rules.is_the_ledger)
    def seal_debit(self):
        """What proves that somebody agreed to it is laid down."""

    @transition(state, State.OFFERED, None, permission=rules.may_take_paper)
    def record_paper_signature(self):
        """One of the parties signed on paper: its scan is kept, with what was seen."""

    @transition(state, State.OFFERED, None, permission=rules.may_take_paper)
    def confirm_paper_signature(self):
        """A second person compared the scan with what was recorded: it is that party's signature."""

    @transition(state, State.OFFERED, None, permission=rules.may_take_paper)
    def turn_down_paper_signature(self):
        """The scan does not show what was recorded."""

    @transition(state, State.OFFERED, None, permission=rules.is_the_clock)
    def remind(self):
        """The offer ends soon: whoever has not signed is written to."""

    @transition(state, State.OFFERED, State.SIGNED, permission=rules.is_the_ledger)
    def sign(self):
        """The last of the parties has signed."""

    @transition(state, State.OFFERED, State.REFUSED, permission=rules.is_owner)
    def refuse(self):
        """The borrower does not want the offer."""

    @transition(state, State.OFFERED, State.REFUSED, permission=rules.signs_with_the_borrower)
    def decline_to_sign(self):
        """Somebody who would sign with the borrower does not want to."""

    @transition(state, State.OFFERED, State.LAPSED, permission=rules.is_the_clock)
    def lapse(self):
        """The offer ran out unsigned."""

    @transition(state, State.SIGNED, State.CANCELLED, permission=rules.is_second_pair_of_eyes)
    def cancel(self):
        """Nothing was sent and nothing will be."""

    @transition(state, State.SIGNED, State.CANCELLED, permission=rules.is_borrower)
    def withdraw_from(self):
        """A borrower has changed their mind while they may."""

    @transition(state, State.SIGNED, State.ACTIVE, permission=rules.is_the_ledger)
    def activate(self):
        """The first advance was sent."""

    @transition(state, [State.ACTIVE, State.REPAID], None, permission=rules.is_finance)
    def record_payment(self):
        """Money came in."""

    @transition(state, [State.ACTIVE, State.REPAID, State.WRITTEN_OFF], None, permission=rules.is_finance)
    def reverse_payment(self):
        """A payment or a recovery was entered wrongly or came back."""

    @transition(state, State.ACTIVE, None, permission=rules.may_change_plan)
    def pause(self):
        """The next instalments ask for nothing; interest runs on."""

    @transition(state, State.ACTIVE, None, permission=rules.may_change_plan)
    def lower_rate(self):
        """From today the loan bears a lower rate."""

    @transition(state, State.ACTIVE, None, permission=rules.may_change_plan)
    def reschedule(self):
        """All that is owed is spread anew."""

    @transition(state, State.ACTIVE, None, permission=rules.is_the_clock)
    def follow_index(self):
        """The index that the rate follows was published anew."""

    @transition(state, State.ACTIVE, None, permission=rules.is_finance)
    def charge_return(self):
        """What the bank charged for a payment that came back is asked of the borrower."""

    @transition(state, State.ACTIVE, None, permission=rules.may_change_plan)
    def waive(self):
        """Part of what is owed is forgiven."""

    @transition(state, State.ACTIVE, State.CANCELLED, permission=rules.is_the_ledger)
    def undo(self):
        """Every advance came back."""

    @transition(state, State.ACTIVE, None, permission=rules.may_propose_write_off)
    def propose_write_off(self):
        """Somebody gives up hope that the rest will be paid, and says why."""

    @transition(state, State.ACTIVE, None, permission=rules.may_drop_write_off)
    def drop_write_off(self):
        """The proposal to write off is taken back, or turned down."""

    @transition(state, State.ACTIVE, State.WRITTEN_OFF, permission=rules.may_write_off)
    def write_off(self):
        """A second person agrees: what is owed is given up on the books. The debt remains."""

    @transition(state, State.WRITTEN_OFF, State.ACTIVE, permission=rules.may_reinstate)
    def reinstate(self):
        """The write-off was entered in error."""

    @transition(state, State.WRITTEN_OFF, None, permission=rules.is_finance)
    def record_recovery(self):
        """Money came in after the write-off."""

    @transition(state, State.ACTIVE, State.REPAID, permission=rules.is_the_ledger)
    def finish(self):
        """It owes nothing, something was lent, and no advance is open."""

    @transition(state, State.REPAID, State.ACTIVE, permission=rules.is_the_ledger)
    def resume(self):
        """A payment was reversed and the loan owes again."""


OVER = (Loan.State.REFUSED, Loan.State.LAPSED, Loan.State.CANCELLED)  # nothing is lent on it

"""Money going out."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from loans import rules

if TYPE_CHECKING:
    from loans.models.history import Event


class Advance(FSMModelMixin, models.Model):
    """One part of the loan on its way to the borrower."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RELEASED = "released", _("released")
        SENT = "sent", pgettext_lazy("advance", "sent")
        RETURNED = "returned", pgettext_lazy("advance", "came back")
        CANCELLED = "cancelled", pgettext_lazy("advance", "cancelled")

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="advances")
    number = models.PositiveSmallIntegerField(default=1)
    cents = models.BigIntegerField()
    planned_on = models.DateField()
    sent_on = models.DateField(null=True)
    event: "Event"  # the line being written, while a verb is at work
    state = FSMField(choices=State, default=State.PLANNED, protected=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "number"], name="one_advance_a_number"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="an_advance_moves_money"),
        ]

    def __str__(self):
        return f"{self.loan_id}/{self.number}"

    @property
    def case(self):
        return self.loan.application

    @property
    def case_id(self):
        return self.loan.application_id

    @transition(state, State.PLANNED, State.RELEASED, permission=rules.may_send_money)
    def release(self):
        """Finance lets the money go."""

    @transition(state, State.RELEASED, State.SENT, permission=rules.may_send_money)
    def send(self):
        """The money left the bank."""

    @transition(state, State.SENT, State.RETURNED, permission=rules.may_send_money)
    def take_back(self):
        """The money came back: it was never lent."""

    @transition(state, [State.PLANNED, State.RELEASED], State.CANCELLED, permission=rules.is_the_ledger)
    def cancel(self):
        """The loan was cancelled before anything was sent."""

"""What is due, and when: numbered versions of the plan."""

from django.db import models

from money.schedule import Instalment


class Plan(models.Model):
    """One version of a loan's plan. A change makes a new version; the newest is in force."""

    loan = models.ForeignKey("loans.Loan", models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    reason = models.SlugField()  # offer, advance_sent, …
    payment_cents = models.BigIntegerField()  # the level payment

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["loan", "version"], name="one_plan_a_version")]

    def __str__(self):
        return f"{self.loan_id} plan {self.version}"

    @property
    def instalments(self):
        """The rows as the engine takes them, in order."""
        return tuple(row.as_instalment() for row in self.rows.all())


class PlanRow(models.Model):
    """One instalment: all in cents; `payable_by` is the contractual day moved to the next business day."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rows")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    payable_by = models.DateField()
    days = models.PositiveSmallIntegerField()
    principal_cents = models.BigIntegerField()
    interest_cents = models.BigIntegerField()
    fees_cents = models.BigIntegerField(default=0)
    balance_cents = models.BigIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_instalment_a_number")]

    def __str__(self):
        return f"{self.plan_id}/{self.number}"

    @property
    def total_cents(self):
        return self.principal_cents + self.interest_cents + self.fees_cents

    def as_instalment(self):
        """This row as a value of the engine."""
        return Instalment(
            self.number,
            self.due_on,
            self.days,
            self.principal_cents,
            self.interest_cents,
            self.fees_cents,
            self.balance_cents,
        )


class Position(models.Model):
    """Where a loan stands, one row a loan: the fold of its facts, written in the same transaction as the last one."""

    loan = models.OneToOneField("loans.Loan", models.PROTECT, related_name="position")
    last_fact = models.PositiveIntegerField()
    last_hash = models.CharField(max_length=64)  # of that fact: the next one is chained to it
    at = models.DateField()  # the day up to which interest was folded
    principal_cents = models.BigIntegerField()
    interest_exact = models.DecimalField(max_digits=24, decimal_places=10)  # accrued and unpaid at `at`, in cents
    fees_cents = models.BigIntegerField()
    credit_cents = models.BigIntegerField()  # paid ahead
    lent_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField()
    next_unpaid_on = models.DateField(null=True)  # last day to pay in time what is first unpaid
    next_unpaid_cents = models.BigIntegerField(default=0)  # what that instalment still lacks
    checkpoint = models.JSONField(default=dict)  # of money.checkpoint: the fold carries on from here

    def __str__(self):
        return f"position of {self.loan_id}"

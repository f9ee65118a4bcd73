"""What the office lends: each product a dated row, copied to the loan when it is offered."""

from functools import cached_property

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from config import clock
from letters.spoken import spoken
from loans.eligibility import say
from money.amounts import round_cent
from money.interest import DayCount
from money.schedule import FeePaid, OnRateChange


class Fund(models.Model):
    """Where lent money comes from. Every entry of the books names one."""

    code = models.SlugField(unique=True)
    name_en = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)

    def __str__(self):
        return self.code


class IndexRate(models.Model):
    """A published rate from a day on, such as a bank's prime. A change is a new row; no row is ever edited."""

    index = models.SlugField()
    starts = models.DateField()
    annual_rate = models.DecimalField(max_digits=7, decimal_places=6)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["index", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["index", "starts"], name="one_index_rate_a_day"),
            models.CheckConstraint(
                condition=models.Q(annual_rate__gte=0, annual_rate__lte=1), name="an_index_rate_is_a_fraction"
            ),
        ]

    def __str__(self):
        return f"{self.index} from {self.starts}"

    @classmethod
    def on(cls, index, day):
        """The yearly rate of `index` in force on `day`; raises DoesNotExist before its first value."""
        row = cls.objects.filter(index=index, starts__lte=day).order_by("starts").last()
        if row is None:
            raise cls.DoesNotExist(f"the index {index} has no value on {day}")
        return row.annual_rate


class ProductQuerySet(models.QuerySet):
    def on_offer(self, day=None):
        """What a person may apply for on `day` (today)."""
        day = day or clock.today()
        return self.filter(effective_from__lte=day).exclude(effective_to__lt=day).order_by("pk")


class Product(models.Model):
    """The terms on which a loan of one kind is made. A change is a new row with its own dates."""

    code = models.SlugField()
    purpose = models.SlugField()  # a key of loans.purposes.PURPOSES
    name_en = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    summary_en = models.TextField()
    summary_fr = models.TextField()
    in_other_languages = models.JSONField(
        default=dict, blank=True
    )  # language → {"name": …, "summary": …}: letters.spoken
    source = models.CharField(max_length=300, blank=True)
    min_cents = models.BigIntegerField()
    max_cents = models.BigIntegerField()
    annual_rate = models.DecimalField(max_digits=7, decimal_places=6)  # the whole rate, or the margin over the index
    rate_index = models.SlugField(blank=True)  # a series of IndexRate; empty: the rate is fixed by the product
    follows_index = models.BooleanField(default=False)  # the rate of a running loan moves with the index
    on_rate_change = models.CharField(
        max_length=8, choices=[(r.value, r.value) for r in OnRateChange], default=OnRateChange.RELEVEL
    )
    day_count = models.CharField(max_length=15, choices=[(d.value, d.value) for d in DayCount])
    fee_rate = models.DecimalField(max_digits=7, decimal_places=6, default=0)
    fee_cap_cents = models.BigIntegerField(null=True)
    fee_paid = models.CharField(max_length=12, choices=[(f.value, f.value) for f in FeePaid], default=FeePaid.DEDUCTED)
    max_study_months = models.PositiveSmallIntegerField(default=0)  # interest only
    min_repayment_months = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    max_repayment_months = models.PositiveSmallIntegerField(validators=[MaxValueValidator(120)])
    offer_days = models.PositiveSmallIntegerField(default=30)  # an offer not taken lapses after so many days
    first_reminder_days = models.PositiveSmallIntegerField(default=10)  # before an offer ends; 0: none
    second_reminder_days = models.PositiveSmallIntegerField(default=3)  # as above
    approval_days = models.PositiveSmallIntegerField(default=90)  # so long the same may be offered again after a yes
    cooling_days = models.PositiveSmallIntegerField(default=0)  # after the last signature one may still withdraw
    one_decides_up_to_cents = models.BigIntegerField(null=True)  # above it the committee votes; null: no limit
    votes_needed = models.PositiveSmallIntegerField(default=2)  # in favour, of the committee
    committee_size = models.PositiveSmallIntegerField(null=True, blank=True)  # members asked; null: all there are
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)  # votes that must be in; null: as many as needed
    appeal_days = models.PositiveSmallIntegerField(default=30)  # after a no
    answer_days = models.PositiveSmallIntegerField(default=30)  # a question not answered closes the case
    reply_days = models.PositiveSmallIntegerField(default=14)  # the office promises to answer within so many days
    appeal_reply_days = models.PositiveSmallIntegerField(null=True, blank=True)  # of an appeal; null: reply_days
    papers = models.JSONField(default=list)  # codes of loans.paper_kinds.PAPER_KINDS
    # What lies beyond raises a flag (loans.lifecycle.reviewing.flags), and refuses nothing.
    bankruptcy_months = models.PositiveSmallIntegerField(null=True, blank=True)  # since a discharge; null: only before
    debt_share = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)  # of income; null: no limit
    needs_credit_check = models.BooleanField(default=True)  # without that consent the form cannot be sent
    fund = models.ForeignKey(Fund, models.PROTECT)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="one_product_version_a_day"),
            models.CheckConstraint(
                condition=models.Q(min_cents__gt=0, max_cents__gte=models.F("min_cents")),
                name="product_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    min_repayment_months__gt=0, max_repayment_months__gte=models.F("min_repayment_months")
                ),
                name="product_months_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(votes_needed__gt=0)
                & (models.Q(committee_size=None) | models.Q(committee_size__gte=models.F("votes_needed")))
                & (models.Q(quorum=None) | models.Q(quorum__gt=0))
                & (
                    models.Q(committee_size=None)
                    | models.Q(quorum=None)
                    | models.Q(committee_size__gte=models.F("quorum"))
                ),
                name="a_committee_can_carry_it",
            ),
            models.CheckConstraint(
                condition=models.Q(follows_index=False) | ~models.Q(rate_index=""), name="what_is_followed_is_named"
            ),
            models.CheckConstraint(
                condition=models.Q(annual_rate__gte=0, annual_rate__lte=1, fee_rate__gte=0, fee_rate__lte=1),
                name="product_rates_are_fractions",
            ),
            models.CheckConstraint(
                condition=models.Q(first_reminder_days=0)
                | models.Q(first_reminder_days__gt=models.F("second_reminder_days")),
                name="the_first_reminder_is_the_earlier",
            ),
            models.CheckConstraint(
                condition=models.Q(debt_share=None) | models.Q(debt_share__gt=0, debt_share__lte=1),
                name="a_share_of_debts_is_a_fraction",
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def name(self):
        return spoken(self, "name").text

    @property
    def summary(self):
        return spoken(self, "summary").text

    @property
    def rate_today(self):
        """The yearly rate of a loan offered today; None while its index has no value yet."""
        try:
            return self.rate_on(clock.today())
        except IndexRate.DoesNotExist:
            return None

    def rate_on(self, day):
        """The yearly rate of a loan offered on `day`: the product's own, or the index of that day plus the margin.

        It is fixed for the life of the loan, unless the product follows its index.
        Raises IndexRate.DoesNotExist when the index has no value yet.
        """
        if not self.rate_index:
            return self.annual_rate
        if day not in self._index_rates:
            self._index_rates[day] = IndexRate.on(self.rate_index, day)
        return self.annual_rate + self._index_rates[day]

    @cached_property
    def _index_rates(self):
        """What was looked up for this row already: a page asks for the rate of a day several times."""
        return {}

    def fee_cents(self, principal_cents):
        """The fee on a loan of `principal_cents`: the product's share of it, up to the product's cap."""
        fee = round_cent(principal_cents * self.fee_rate)
        return fee if self.fee_cap_cents is None else min(fee, self.fee_cap_cents)


class EligibilityRule(models.Model):
    """One line of "for whom": a rule of loans.eligibility.RULES with its operand. It flags, a person decides."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="eligibility")
    rule = models.SlugField()
    operand = models.JSONField(default=list)
    reason = models.CharField(max_length=300)  # why the lender may ask for it, for instance a special programme

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product", "rule"], name="one_rule_of_a_kind_a_product")]

    def __str__(self):
        return f"{self.product}: {self.rule}"

    @property
    def sentence(self):
        """What the rule says to people, in the reader's language."""
        return say([(self.rule, self.operand)])[0]

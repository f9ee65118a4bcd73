"""What the office found about a figure that was said: on a paper, or by an officer's own judgement."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Finding(models.Model):
    """One line of the ladder of figures. Rows are added and never changed: of each rung the newest one holds.

    `section`, `field` and `line` name the answer, by the number that its line keeps (loans.models.Form.lines). What was
    said when it was written stands beside it: once the applicant says something else it is about an earlier answer.
    By whom, when and why (the note) say the event.
    """

    class Rung(models.TextChoices):
        PAPER = "paper", _("On paper")
        ADJUSTED = "adjusted", _("Adjusted")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="findings")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="finding")
    section = models.SlugField()
    field = models.SlugField()
    line = models.PositiveSmallIntegerField(default=0)
    rung = models.CharField(max_length=10, choices=Rung)
    is_taken_back = models.BooleanField(default=False)  # from here on nothing holds on this rung
    cents = models.BigIntegerField(null=True)  # a month's, or what a thing costs once
    group = models.CharField(max_length=30, blank=True)  # of applicants.target_group.TargetGroup, for that verdict
    said_cents = models.BigIntegerField(null=True)  # what the applicant said then; null: nothing
    said_as = models.CharField(max_length=30, blank=True)  # the kind of cost, or the target group worked out then
    document = models.ForeignKey("loans.Document", models.PROTECT, null=True, related_name="findings")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_taken_back=True, cents=None, group="")
                | Q(is_taken_back=False, cents__gte=0, group="")
                | Q(is_taken_back=False, cents=None) & ~Q(group=""),
                name="a_finding_says_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(rung="paper") | Q(is_taken_back=True) | Q(document__isnull=False),
                name="what_is_on_paper_names_it",
            ),
        ]

    def __str__(self):
        return f"{self.application_id} {self.key}: {self.rung}"

    @property
    def key(self):
        """The name of the line: "budget.pay.0"."""
        return key_of(self.section, self.field, self.line)


def key_of(section, field, line):
    """The name of a line of the ladder: page, question and number of the line."""
    return f"{section}.{field}.{line}"

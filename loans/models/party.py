"""The people a case belongs to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.Model):
    """Somebody who stands in the loan: visibility, letters and signing go through these rows."""

    class Kind(models.TextChoices):
        BORROWER = "borrower", _("borrower")
        CO_BORROWER = "co_borrower", _("co-borrower")
        GUARANTOR = "guarantor", _("guarantor")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=12, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="parties")
    name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="a_person_stands_once_in_a_case"),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(kind="borrower"), name="a_case_has_one_borrower"
            ),
        ]

    def __str__(self):
        return self.name or self.user.email

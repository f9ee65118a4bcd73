"""The person: who they are and how to reach them; and the definitions by which the office knows its people."""

from django.conf import settings
from django.db import models

from applicants.target_group import Definition, Education
from config import clock
from vault.fields import EncryptedTextField
from vault.models import Sealed


class Applicant(Sealed):
    """Somebody who asks for a loan. Filled from the form at submission, so a draft leaves no trace here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="applicant")
    full_name = models.CharField(max_length=150, blank=True)
    called = models.CharField(max_length=80, blank=True)  # how to address them
    born_on = EncryptedTextField(null=True)  # ISO date
    phone = models.CharField(max_length=40, blank=True)
    address = EncryptedTextField(null=True)
    postal_code = models.CharField(max_length=12, blank=True)

    def __str__(self):
        return self.full_name or self.user.email

    @property
    def greeting(self):
        """The name to write after "Dear"."""
        return self.called or self.full_name or self.user.name


class TargetDefinition(models.Model):
    """Dated thresholds of the target groups, each with its source. Never edited: a new row takes over on its day."""

    effective_from = models.DateField(unique=True)
    full_time_hours = models.PositiveSmallIntegerField()
    least_education = models.CharField(max_length=30, choices=[(level.value, level.value) for level in Education])
    lowest_skill_teer = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    def __str__(self):
        return f"target groups from {self.effective_from}"

    @classmethod
    def in_force(cls, day=None):
        """The definition that holds on `day` (today); raises DoesNotExist when the office was never furnished."""
        row = cls.objects.filter(effective_from__lte=day or clock.today()).order_by("-effective_from").first()
        if row is None:
            raise cls.DoesNotExist("no target definition is in force: run manage.py furnish")
        return Definition(row.full_time_hours, Education(row.least_education), row.lowest_skill_teer)

"""What a person agreed to: each purpose by itself, with the version of the text and the language it was read in."""

from django.conf import settings
from django.db import models


class Consent(models.Model):
    """A consent given, and withdrawn when `withdrawn_at` says so. `purpose` is a key of loans.sections.CONSENTS."""

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="consents")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.SlugField()
    text_version = models.CharField(max_length=10)
    language = models.CharField(max_length=7)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="a_consent_is_given_once",
            )
        ]

    def __str__(self):
        return f"{self.purpose} by {self.user}"

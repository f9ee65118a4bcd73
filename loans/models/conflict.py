"""Who may not work on a case, because of a tie to its people or its business."""

from django.conf import settings
from django.db import models

from vault.fields import EncryptedTextField
from vault.models import Sealed


class ConflictQuerySet(models.QuerySet):
    def standing(self):
        """Those that have not been lifted."""
        return self.filter(ended_at=None)

    def hiding(self, application, user):
        """What hides a case from `user`; `application` is its key, or an OuterRef to it. For an Exists."""
        return self.standing().filter(application=application, user=user)


class Conflict(Sealed):
    """A conflict of interest: while it stands, the case does not exist for `user`. Lifted, never deleted.

    `Application.kept_from` holds the keys of those whose conflict stands, so that a rule reads it from the case.
    """

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="conflict")
    words = EncryptedTextField()  # read by managers and auditors alone
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    end_words = EncryptedTextField(null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"],
                condition=models.Q(ended_at=None),
                name="one_standing_conflict_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="a_conflict_is_lifted_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} on {self.application_id}"

"""What was typed into the form, field by field: half-typed and wrong values too, and who typed them."""

from django.conf import settings
from django.db import models

from vault.fields import EncryptedJSONField, EncryptedTextField
from vault.models import Sealed


class Answer(Sealed):
    """One saved value of one field. The newest row of a field is its answer; earlier ones are its history."""

    application = models.ForeignKey("loans.Application", models.CASCADE, related_name="answers")
    section = models.SlugField()
    field = models.SlugField()
    line = models.PositiveSmallIntegerField(default=0)  # which line of a repeated section
    raw = EncryptedTextField()  # as typed
    value = EncryptedJSONField(null=True)  # as understood, or null
    error = models.SlugField(blank=True)  # the code of what is wrong with it
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    device = models.CharField(max_length=36, blank=True)  # which one it was typed on, by the name it gave itself
    seq = models.BigIntegerField(default=0)  # the device's own count (0: not told); the newest wins, then arrival
    is_current = models.BooleanField(default=True)
    is_carried = models.BooleanField(default=False)  # filled in from an earlier application, not looked at yet

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "section", "field", "line"],
                condition=models.Q(is_current=True),
                name="one_current_answer_a_field",
            )
        ]

    def mask(self, shown):
        """Put what may be shown in the place of what was typed, here and in every row about it. Saves."""
        earlier = {"application": self.application_id, "section": self.section, "field": self.field}
        Answer.objects.filter(**earlier).exclude(pk=self.pk).delete()
        self.raw, self.value = shown, shown
        self.save(update_fields=["raw", "value"])

    def __str__(self):
        return f"{self.application_id} {self.section}.{self.field}[{self.line}]"

"""Ready words for what the office writes often: message templates, which the office words and dates itself."""

from django.db import models
from django.db.models import Q

from config import clock
from letters.spoken import Spoken, spoken


class MessageTemplateQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """The wordings that hold on `day` (today), one of each template."""
        day = day or clock.today()
        return self.filter(effective_from__lte=day).exclude(effective_to__lt=day).order_by("pk")


class MessageTemplate(models.Model):
    """One wording of one template, from a day on; other words are a new row (`loans.settings.templates`).

    Its text has placeholders of `loans.placeholders` for the facts of a case. A message that was sent holds its own
    words: no template ever changes what somebody was told.
    """

    code = models.SlugField(max_length=60)
    name_en = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=100)
    text_en = models.TextField()
    text_fr = models.TextField()
    in_other_languages = models.JSONField(default=dict, blank=True)  # language → {"text": …}
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)  # the last day on which it is offered

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="one_template_wording_a_day"),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=models.F("effective_from")),
                name="a_template_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.code}, from {self.effective_from}"

    @property
    def name(self) -> str:
        """What the office calls it, in the reader's language."""
        return spoken(self, "name").text

    @property
    def text(self) -> Spoken:
        """Its words, with their placeholders, as near to the reader's language as they are written."""
        return spoken(self, "text")

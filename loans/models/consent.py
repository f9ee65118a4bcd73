"""What a person agreed to: each purpose by itself, in the words and the language in which it was read."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from config import clock


def language_read(language=None):
    """In which of its two languages a consent is read on a page in `language` (the active one): en or fr."""
    return "fr" if (language or get_language() or "").startswith("fr") else "en"


class ConsentText(models.Model):
    """One version of what is agreed to, from a day on. In ink (loans.models.guards): a new wording is a new row.

    `{lender}`, `{fund}` and `{partner}` stand for names.
    """

    purpose = models.SlugField()  # a key of loans.sections.CONSENTS
    version = models.CharField(max_length=10)
    effective_from = models.DateField()
    text_en = models.TextField()
    text_fr = models.TextField()
    after_en = models.TextField()  # what follows when it is withdrawn
    after_fr = models.TextField()

    class Meta:
        ordering = ["effective_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="a_consent_text_has_one_wording"),
        ]

    def __str__(self):
        return f"{self.purpose}, version {self.version}"

    @classmethod
    def in_force(cls, day=None):
        """{purpose: its text} on `day` (today)."""
        rows = cls.objects.filter(effective_from__lte=day or clock.today())
        return {row.purpose: row for row in rows}

    def words(self, names, language=None):
        """What is agreed to, in `language` (the active one), with `names` ({"fund": …}) in their places."""
        return _named(self._spoken("text", language), names)

    def after(self, names, language=None):
        """What follows from withdrawing it, in the same way."""
        return _named(self._spoken("after", language), names)

    def _spoken(self, what, language):
        return getattr(self, f"{what}_{language_read(language)}")


class Consent(models.Model):
    """A consent given, and withdrawn when `withdrawn_at` says so. `purpose` is a key of loans.sections.CONSENTS."""

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="consents")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.SlugField()
    text_version = models.CharField(max_length=10)
    language = models.CharField(max_length=7)
    words = models.TextField(blank=True)  # as they were read; empty: those of the version, with no name in them
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

    @property
    def as_read(self):
        """The words that were agreed to, in the language in which they were read."""
        if self.words:
            return self.words
        text = ConsentText.objects.filter(purpose=self.purpose, version=self.text_version).first()
        return text.words({}, self.language) if text else ""


def _named(text, names):
    for place, name in names.items():
        text = text.replace(f"{{{place}}}", name)
    return text

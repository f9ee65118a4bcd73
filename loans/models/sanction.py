"""Lists of persons with whom the law forbids to deal, as the office loaded them. They never leave the house."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q


class SanctionList(models.Model):
    """One version of one list: which file it was, by whom and when. Only the newest of a list holds entries."""

    name = models.CharField(max_length=120)  # as the office calls it
    key = models.CharField(max_length=120)  # the name folded: versions of one list share it
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)  # of the file
    size = models.PositiveIntegerField()  # bytes of the file
    count = models.PositiveIntegerField()  # entries it had
    is_current = models.BooleanField(default=True)
    once_key = models.CharField(max_length=64, null=True, unique=True)  # of the form that sent it

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(is_current=True), name="one_version_of_a_list_is_current"
            )
        ]

    def __str__(self):
        return f"{self.name} of {self.loaded_at:%Y-%m-%d}"


class SanctionEntryQuerySet(models.QuerySet):
    def near(self, words, whole):
        """Entries that may be of somebody whose names have these folded `words`; `whole` are names of one word.

        Two words of the name must be there, or the whole of a name that has one only.
        """
        shared = SanctionWord.objects.filter(word__in=words).order_by().values("entry")
        shared = shared.annotate(found=Count("word", distinct=True)).filter(found__gte=2).values("entry")
        alone = SanctionWord.objects.filter(word__in=whole, is_whole=True).order_by().values("entry")
        return self.filter(Q(pk__in=shared) | Q(pk__in=alone))


class SanctionEntry(models.Model):
    """One person, firm or ship of a list."""

    version = models.ForeignKey(SanctionList, models.CASCADE, related_name="entries")
    line = models.PositiveIntegerField()  # of the file, where it begins
    part = models.CharField(max_length=300, blank=True)  # which list or schedule, as the file says
    item = models.CharField(max_length=60, blank=True)  # its number there
    name = models.CharField(max_length=500)
    aliases = models.JSONField(default=list)
    born = models.CharField(max_length=200, blank=True)  # as written there: a day, a year, several

    objects = SanctionEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "sanction entries"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class SanctionWord(models.Model):
    """One folded word of an entry's names (applicants.spelled); `is_whole`: one of its names is this word alone."""

    entry = models.ForeignKey(SanctionEntry, models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)
    is_whole = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["word", "entry"], name="sanction_by_word")]

    def __str__(self):
        return self.word

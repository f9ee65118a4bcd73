"""The terms an officer stands for, how the committee votes on them, and what the count of its votes was."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from vault.fields import EncryptedTextField
from vault.models import Sealed, StoredFile


class Recommendation(models.Model):
    """What the officer recommends lending, how and why. The newest one of a case is what is decided on."""

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="recommendations")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="recommendation")
    principal_cents = models.BigIntegerField()
    study_months = models.PositiveSmallIntegerField()  # interest only
    repayment_months = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)  # codes of loans.reasons.SUPPORT
    further = models.JSONField(default=list)  # terms of a second and a third option, by the names of the columns

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(principal_cents__gt=0, repayment_months__gt=0), name="recommended_terms_positive"
            )
        ]

    def __str__(self):
        return f"{self.application_id}: {self.principal_cents} cents"

    @property
    def options(self):
        """What the applicant would choose among, first these terms: rows that are not saved, but for the first."""
        return [self, *(Recommendation(application_id=self.application_id, **terms) for terms in self.further)]

    @property
    def most_cents(self):
        """The largest sum among the options: what counts for who may decide."""
        return max(option.principal_cents for option in self.options)

    def has_vote_of(self, user):
        """Whether this member has voted on these terms. How is not read."""
        if "votes" in getattr(self, "_prefetched_objects_cache", {}):
            return any(vote.by_id == user.pk for vote in self.votes.all())
        return self.votes.filter(by=user).exists()

    @property
    def is_counted(self):
        """Whether the committee's votes were counted: only then does anybody see how they went."""
        return hasattr(self, "vote_count")

    @property
    def is_carried(self):
        """Whether the votes were counted and enough of them were in favour."""
        return self.is_counted and self.vote_count.is_carried

    @property
    def is_lost(self):
        """Whether the votes were counted and too few of them were in favour."""
        return self.is_counted and not self.vote_count.is_carried


class OtherTerms(Sealed):
    """Why the office offers other terms than were asked for, in words that the applicant reads."""

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="other_terms")
    loan = models.OneToOneField("loans.Loan", models.PROTECT, null=True, related_name="other_terms")  # once approved
    why = EncryptedTextField()

    class Meta:
        verbose_name_plural = "other terms"

    def __str__(self):
        return f"other terms of {self.recommendation_id}"


class VoteQuerySet(models.QuerySet):
    def for_a_page(self):
        """The votes with `said`: True, False, or None while they are sealed. `in_favour` itself is not read."""
        said = Case(When(recommendation__vote_count__isnull=False, then=F("in_favour")), default=None)
        return self.annotate(said=said).defer("in_favour").select_related("by", "event__note")


class Vote(models.Model):
    """One committee member's vote on recommended terms. Its reason is the note of its event, sealed with it."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="votes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="votes")
    event = models.OneToOneField("loans.Event", models.PROTECT)
    in_favour = models.BooleanField()
    counts = models.BooleanField(default=True)  # False: at the count its member sat on the committee no more

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "by"], name="a_member_votes_once")]

    def __str__(self):
        return f"{self.by} on {self.recommendation_id}"


class VoteCount(models.Model):
    """The votes on recommended terms, counted once: by which rule, and how they went. Opens their seals."""

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="vote_count")
    counted_at = models.DateTimeField()
    submission_number = models.PositiveSmallIntegerField()  # the copy of the form that was decided on
    seats = models.PositiveSmallIntegerField()  # members who were asked
    needed = models.PositiveSmallIntegerField()  # in favour
    quorum = models.PositiveSmallIntegerField()  # votes that had to be in
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    is_carried = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_carried=False) | Q(in_favour__gte=F("needed")), name="carried_by_enough_votes"
            )
        ]

    def __str__(self):
        return f"{self.recommendation_id}: {self.in_favour} to {self.against}"


class Minutes(models.Model):
    """The minutes of one count in one language, as a PDF made once; its bytes are what was decided."""

    vote_count = models.ForeignKey(VoteCount, models.PROTECT, related_name="minutes")
    language = models.CharField(max_length=7)
    file = models.OneToOneField(StoredFile, models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote_count", "language"], name="minutes_once_a_language")]

    def __str__(self):
        return f"{self.vote_count_id} {self.language}"

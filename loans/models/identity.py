"""Who a person is: which papers were seen, by whom, when, and until when they are good."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vault.fields import EncryptedTextField
from vault.models import Sealed


class IdentityCheck(Sealed):
    """One party's identity, checked against an original paper. A later check does not erase an earlier one."""

    class Paper(models.TextChoices):
        PASSPORT = "passport", _("Passport")
        PR_CARD = "pr_card", _("Permanent resident card")
        CITIZENSHIP = "citizenship", _("Citizenship certificate")
        REFUGEE = "refugee", _("Refugee protection claimant document")
        LICENCE = "licence", _("Driver’s licence")
        PHOTO_CARD = "photo_card", _("Ontario photo card")
        OTHER = "other", _("Another paper with a photo")

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("On a video call")
        CERTIFIED = "certified", _("A copy certified by somebody authorised")

    party = models.ForeignKey("loans.Party", models.PROTECT, related_name="identity_checks")
    event = models.OneToOneField("loans.Event", models.PROTECT, related_name="identity_check")  # by whom, and when
    paper = models.CharField(max_length=12, choices=Paper)
    how = models.CharField(max_length=10, choices=How)
    last_signs = EncryptedTextField(null=True)  # the last four signs of the paper's number, never all
    expires_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.paper} of {self.party_id}"

"""The papers of a case."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from loans import rules
from vault.models import StoredFile

if TYPE_CHECKING:
    from loans.models.history import Event


class Document(FSMModelMixin, models.Model):
    """One paper, sealed in the vault, and what the office thinks of it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        REPLACED = "replaced", _("replaced")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="documents")
    kind = models.SlugField()  # a code of loans.sections.PAPERS
    file = models.OneToOneField(StoredFile, models.PROTECT)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    event: "Event"  # the line being written, while a verb is at work
    state = FSMField(choices=State, default=State.RECEIVED, protected=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id}: {self.kind}"

    @property
    def case(self):
        return self.application

    @property
    def case_id(self):
        return self.application_id

    @transition(state, State.RECEIVED, State.ACCEPTED, permission=rules.is_reviewing)
    def accept(self):
        """The officer has looked at the paper and takes it."""

    @transition(state, [State.RECEIVED, State.ACCEPTED], State.REFUSED, permission=rules.is_reviewing)
    def refuse(self):
        """The paper will not do; the reason is in the note."""

    @transition(state, State.REFUSED, State.REPLACED, permission=rules.is_owner)
    def replace(self):
        """The applicant sent another one instead."""

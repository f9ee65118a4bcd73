"""The papers of a case, each of one page or several."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from loans import rules
from loans.paper_kinds import KINDS, OFFICE_PAPER_KINDS
from vault.models import StoredFile

if TYPE_CHECKING:
    from loans.models.history import Event


class Document(FSMModelMixin, models.Model):
    """One paper, and what the office thinks of it; what it shows lies in its pages."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        REPLACED = "replaced", _("replaced")

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="documents")
    kind = models.SlugField()  # a code of loans.paper_kinds: PAPER_KINDS or OFFICE_PAPER_KINDS
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    erased_on = models.DateField(null=True)  # the day on which its pages went, because its years were over
    page_hashes = models.JSONField(default=list)  # SHA-256 of each page, once they are erased
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

    @property
    def name(self):
        """What the person called the first page."""
        return next((page.file.name for page in self.pages.all()), "")

    @property
    def about(self):
        """What kind of paper it is, and how long it is kept."""
        return KINDS[self.kind]

    @property
    def is_of_the_office(self):
        """Whether the office put it in, and not the applicant."""
        return self.kind in OFFICE_PAPER_KINDS

    def is_sent_in(self):
        """Whether the applicant sent it: only such a paper is accepted or refused."""
        return not self.is_of_the_office

    def is_here(self):
        """Whether there is still something to look at."""
        return self.erased_on is None

    @transition(
        state, State.RECEIVED, State.ACCEPTED, permission=rules.may_judge_paper, conditions=[is_here, is_sent_in]
    )
    def accept(self):
        """The officer has looked at the paper and takes it."""

    @transition(
        state,
        [State.RECEIVED, State.ACCEPTED],
        State.REFUSED,
        permission=rules.may_judge_paper,
        conditions=[is_here, is_sent_in],
    )
    def refuse(self):
        """The paper will not do; the reason is in the note."""

    @transition(state, State.REFUSED, State.REPLACED, permission=rules.is_owner)
    def replace(self):
        """The applicant sent another one instead."""

    @transition(state, State.values, None, permission=rules.is_the_clock, conditions=[is_here])
    def erase(self):
        """The years for which it is kept are over: its pages go, this row stays."""


class Page(models.Model):
    """One photo or file of a paper, as the cleaning left it, sealed in the vault; in the order of `number`."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="page")
    thumbnail = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="page_in_small")
    sheets = models.PositiveIntegerField(default=1)  # of a PDF: how many pages it has

    class Meta:
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_page_a_number")]

    def __str__(self):
        return f"{self.document_id}: page {self.number}"

    def discard(self):
        """Forget this page, in full and in small: the rows now, the bytes once that is committed."""
        self.delete()
        for file in (self.file, self.thumbnail):
            if file:
                file.discard()

"""What the officer asked for beyond the form: pages of it, and single papers."""

from typing import Any

from django.db import models

from loans.fields import Text
from loans.paper_kinds import PAPER_KINDS
from loans.purposes import PURPOSES
from vault.fields import EncryptedTextField
from vault.models import Sealed

_PAPER = "paper-"


def paper_topic(kind: str) -> str:
    """The topic of a question that asks for one paper of this kind (loans.paper_kinds)."""
    return f"{_PAPER}{kind}"


def kind_asked(topic: str) -> str:
    """The kind of the one paper that a topic asks for; empty where it asks for a page."""
    return topic.removeprefix(_PAPER) if topic.startswith(_PAPER) else ""


def topics_of(application: Any) -> dict[str, Text]:
    """{topic: its name} of all that may be asked for: the pages of the form, the product's papers, another paper."""
    pages = {section.slug: section.title for section in PURPOSES[application.product.purpose].sections}
    papers = {paper_topic(kind): PAPER_KINDS[kind].name for kind in (*application.product.papers, "other")}
    return {**pages, **papers}


def open_questions(application: Any) -> list["Question"]:
    """What the applicant is asked and has not sent back, oldest first."""
    return list(application.questions.filter(answered_at=None).select_related("event"))


class Question(Sealed):
    """One page or paper re-opened for the applicant, with the reason. Open until the answer is sent."""

    application = models.ForeignKey("loans.Application", models.PROTECT, related_name="questions")
    event = models.ForeignKey("loans.Event", models.PROTECT, related_name="questions")
    topic = models.SlugField()  # a section's slug ("papers" is all of them), or `paper_topic` of one kind of paper
    reason = EncryptedTextField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id}: {self.topic}"

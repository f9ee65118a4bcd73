"""The deeds on the papers of a case: which of them the reader may do now."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.fields import Field
from loans.models import Document
from loans.sections import PAPERS
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

WHY = (Field("note", "longtext", gettext_lazy("Why will this paper not do?"), max_length=2000),)
TONES = {Document.State.RECEIVED: "info", Document.State.ACCEPTED: "good", Document.State.REFUSED: "bad"}


def papers_of(case, reader, tried=None):
    """The papers of the case, oldest first, with what the reader may do; `tried` is {key of a deed: Sheet}."""
    return [
        {
            "paper": paper,
            "kind": PAPERS.get(paper.kind, paper.kind),
            "tone": TONES.get(paper.state, ""),
            "deeds": list(_deeds(case, paper, reader, tried or {})),
        }
        for paper in case.documents.all()
    ]


def _deeds(case, paper, reader, tried):
    paper.application = case
    may = {move.name for move in paper.get_available_user_state_transitions(reader)}
    if "accept" in may:
        yield drawn(
            Sheet(()),
            key=f"accept-{paper.pk}",
            title=_("Accept"),
            button=_("Accept this paper"),
            action=reverse("paper_acceptance", args=[case.reference, paper.pk]),
            look="button-quiet",
        )
    if "refuse" in may:
        key = f"refuse-{paper.pk}"
        yield drawn(
            tried.get(key) or Sheet(WHY),
            key=key,
            title=_("Refuse this paper"),
            button=_("Refuse this paper"),
            action=reverse("paper_refusal", args=[case.reference, paper.pk]),
            look="button-danger",
            is_open=key in tried,
        )

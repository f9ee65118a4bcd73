"""The deeds on the papers of a case: which of them the reader may do now."""

from itertools import groupby
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.fields import Field
from loans.models import Document, Page
from loans.paper_kinds import OFFICE_PAPER_KINDS
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

WHY = (Field("note", "longtext", gettext_lazy("Why will this paper not do?"), max_length=2000),)
TONES = {Document.State.RECEIVED: "info", Document.State.ACCEPTED: "good", Document.State.REFUSED: "bad"}


def papers_of(case, reader, tried=None, *, has_erased=False):
    """The papers of the case, oldest first, with what the reader may do; `tried` is {key of a deed: Sheet}.

    Those that were erased are looked for only when the story tells of such.
    """
    return [
        {
            "paper": paper,
            "pages": pages,
            "kind": paper.about.name,
            "tone": TONES.get(paper.state, ""),
            "deeds": list(_deeds(case, paper, reader, tried or {})),
        }
        for paper, pages in _with_pages(case, has_erased)
    ]


def _with_pages(case, has_erased):
    """(paper, its pages) of the case: one question to the database, and one for what was erased."""
    found = (
        Page.objects.filter(document__application=case)
        .exclude(document__kind__in=OFFICE_PAPER_KINDS)
        .select_related("document", "file")
    )
    papers = {
        paper: list(pages) for paper, pages in groupby(found.order_by("document", "number"), attrgetter("document"))
    }
    if has_erased:
        papers |= {paper: [] for paper in case.documents.exclude(erased_on=None).exclude(kind__in=OFFICE_PAPER_KINDS)}
    return sorted(papers.items(), key=lambda each: each[0].pk)


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

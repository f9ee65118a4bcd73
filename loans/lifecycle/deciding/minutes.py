"""The minutes of a count: who voted how and why, when, by which rule and on which frozen file; a PDF made once."""

from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from config import clock
from config.languages import BINDING
from letters.pdf import render_pdf
from loans.lifecycle.reviewing.conditions import decided_on
from loans.models import Minutes, VoteCount
from vault.models import StoredFile


def minutes_for(counted: VoteCount, language: str) -> Minutes:
    """The minutes in `language`, made the first time they are asked for; their bytes never change afterwards.

    Raises ValueError for a language in which nothing is decided here.
    """
    if language not in BINDING:
        raise ValueError(f"minutes are kept in {' or '.join(BINDING)}, not in {language!r}")
    with transaction.atomic():
        VoteCount.objects.select_for_update(of=("self",)).get(pk=counted.pk)
        found: Minutes | None = counted.minutes.filter(language=language).first()
        if found:
            return found
        facts = minutes_facts(counted)
        reference = facts["case"].reference
        with override(language):
            title = _("Minutes of the committee: %(reference)s") % {"reference": reference}
        data = render_pdf("loans/minutes.html", facts, language=language, title=title)
        name = f"{reference}-minutes-{counted.pk}-{language}.pdf"
        file = StoredFile.objects.put(data, name=name, content_type="application/pdf")
        made: Minutes = Minutes.objects.create(vote_count=counted, language=language, file=file, made_at=clock.now())
        return made


def minutes_facts(counted: VoteCount) -> dict[str, Any]:
    """All that the minutes say, the same for every language."""
    terms = counted.recommendation
    case = terms.application
    return {
        "counted": counted,
        "terms": terms,
        "case": case,
        "conditions": decided_on(terms.event),
        "submission": case.submissions.get(number=counted.submission_number),
        "votes": list(terms.votes.for_a_page()),
    }


def ring(counted: VoteCount) -> None:
    """Once this is committed, let a worker make the minutes; what a dead broker drops is made when somebody asks."""
    transaction.on_commit(lambda: make_minutes.delay(counted.pk), robust=True)


@shared_task  # type: ignore[untyped-decorator, unused-ignore]
def make_minutes(count_pk: int) -> None:
    """Make the minutes of a count in both languages of the house. Safe to ring twice."""
    counted = VoteCount.objects.get(pk=count_pk)
    for language in BINDING:
        minutes_for(counted, language)

"""A further application begins with what the person told us before: to be looked at again, page by page."""

from collections.abc import Iterator

from accounts.models import User
from config import clock
from loans.fields import understand
from loans.models import Answer, Application
from loans.models.form import Form

# Pages about the person. Never what this very loan is for, an amount, a consent, a paper, or somebody else's address.
CARRIED = ("about-me", "status", "work", "budget")
ASKED_AFRESH = {
    ("work", "confidence"),  # part of the baseline: how sure one is today
    ("about-me", "sin"),  # never copied
    ("about-me", "sin_expires_on"),
}


def carry_over(application: Application, *, by: User) -> None:
    """Fill in each page of CARRIED from the newest other application that says anything there, sent or not."""
    sections = Form(application).purpose.sections
    fields = {(page.slug, field.name): field for page in sections if page.slug in CARRIED for field in page.fields}
    copies = []
    for answer in _newest_of_each_page(application):
        if field := fields.get((answer.section, answer.field)):
            value, error = understand(field, answer.raw)
            copies.append(
                Answer(
                    application=application,
                    section=answer.section,
                    field=answer.field,
                    raw=answer.raw,
                    value=value,
                    error=error,
                    saved_by=by,
                    saved_at=clock.now(),
                    is_carried=True,
                )
            )
    Answer.objects.bulk_create(copies)


def _newest_of_each_page(application: Application) -> Iterator[Answer]:
    """What the person's other applications say, each page from the newest that says anything on it."""
    others = Answer.objects.filter(
        application__applicant=application.applicant_id, section__in=CARRIED, line=0, is_current=True
    ).exclude(application=application)
    source: dict[str, int] = {}
    for answer in others.order_by("-application_id", "pk"):
        is_wanted = answer.raw.strip() and (answer.section, answer.field) not in ASKED_AFRESH
        if is_wanted and source.setdefault(answer.section, answer.application_id) == answer.application_id:
            yield answer

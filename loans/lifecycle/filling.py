"""Filling in the form: everything typed is kept, whatever its state. A draft leaves no line in the story."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from applicants.models import Applicant
from config import clock
from loans import rules
from loans.fields import LONGEST_RAW, Field, understand
from loans.lifecycle.papers import read_paper, replace_refused
from loans.lifecycle.refusal import Refused
from loans.models import Answer, Application, Document, Party, Product
from loans.models.form import Form
from loans.sections import PAPERS, Section
from vault.models import StoredFile

MOST_DRAFTS = 3  # open drafts a person may have at once
MOST_PAPERS = 30  # papers in one case


@transaction.atomic
def start(user: User, product: Product) -> Application:
    """Begin an application for `product`; raises Refused("too_many_drafts") beyond three open ones."""
    applicant, _ = Applicant.objects.get_or_create(user=user)
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if applicant.applications.filter(state=Application.State.DRAFT).count() >= MOST_DRAFTS:
        raise Refused("too_many_drafts")
    now = clock.now()
    application = Application.objects.create(
        reference=Application.next_reference(clock.today().year), product=product, applicant=applicant, started_at=now
    )
    Party.objects.create(application=application, kind=Party.Kind.BORROWER, user=user, name=user.name)
    return application


@transaction.atomic
def save(
    application: Application, section: Section, lines: Sequence[dict[str, str]], *, by: User, seq: int = 0
) -> Form:
    """Keep what was typed on one page, valid or not: `lines` holds one {field: raw} a line (one for a plain page).

    Lines left wholly empty are dropped, and those after them move up. `seq` is the moment of typing by the device's
    own clock, in milliseconds (0: not told): what is older than the answer it would replace is kept in the history
    only. Returns the form as it now stands, `form.outdated` naming the fields where that happened. Raises
    Refused("not_open") when the page is no longer the applicant's to change.
    """
    application = _open_for_writing(application, section.slug, by)
    kept = [line for line in lines if any(raw.strip() for raw in line.values())] if section.repeated else lines
    current = {
        (answer.line, answer.field): answer
        for answer in Answer.objects.filter(application=application, section=section.slug, is_current=True)
    }
    outdated = []
    for number, line in enumerate(kept[: section.max_lines]):
        for field in section.fields:
            if field.name not in line:
                continue
            answer = Answer(
                application=application,
                section=section.slug,
                field=field.name,
                line=number,
                saved_by=by,
                saved_at=clock.now(),
                seq=seq,
            )
            if not _keep(answer, field, line[field.name], current.pop((number, field.name), None)):
                outdated.append(field.name)
    if section.repeated:
        Answer.objects.filter(pk__in=[answer.pk for answer in current.values()]).update(is_current=False)
    form = Form(application)
    form.outdated = outdated
    return form


def _keep(answer: Answer, field: Field, raw: str, before: Answer | None) -> bool:
    """Save what was typed, unless it says nothing new. False when it is older than what is there."""
    raw = raw.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    answer.value, answer.error = understand(field, raw)
    answer.raw = raw[:LONGEST_RAW]
    if before is None and not raw.strip():
        return True
    if before and (before.raw, before.value, before.error) == (answer.raw, answer.value, answer.error):
        return True
    answer.is_current = before is None or not 0 < answer.seq < before.seq
    if before and answer.is_current:
        Answer.objects.filter(pk=before.pk).update(is_current=False)
    answer.save()
    return answer.is_current


@transaction.atomic
def add_paper(application: Application, kind: str, data: bytes, *, name: str, by: User) -> Document:
    """Take in one paper, sealed. What it is, is judged by its content, not its name.

    Raises Refused with the code of what is wrong (empty_file, too_big, wrong_type, broken_picture, …).
    """
    application = _open_for_writing(application, "papers", by)
    if kind not in PAPERS:
        raise Refused("unknown_paper")
    if application.documents.count() >= MOST_PAPERS:
        raise Refused("too_many_papers")
    content_type = read_paper(data, kind)
    file = StoredFile.objects.put(data, name=name[-150:], content_type=content_type)
    document: Document = Document.objects.create(
        application=application, kind=kind, file=file, added_by=by, added_at=clock.now()
    )
    replace_refused(application, kind, by=by)
    return document


@transaction.atomic
def remove_paper(document: Document, *, by: User) -> None:
    """Take a paper back out of a draft, its bytes too. Once the form was sent, papers stay."""
    application = _open_for_writing(document.application, "papers", by)
    if application.state != Application.State.DRAFT:
        raise Refused("not_open")
    document.delete()
    document.file.discard()


def _open_for_writing(application: Application, topic: str, by: User) -> Application:
    application = Application.objects.select_for_update().select_related(None).get(pk=application.pk)
    if not (rules.is_owner(application, by) and is_open(application, topic)):
        raise Refused("not_open")
    return application


def is_open(application: Application, topic: str) -> bool:
    """Whether the applicant may write on this page now: in a draft, or when the officer asked for it again."""
    if application.state == Application.State.DRAFT:
        return True
    if application.state != Application.State.WAITING:
        return False
    return bool(application.questions.filter(answered_at=None, topic=topic).exists())

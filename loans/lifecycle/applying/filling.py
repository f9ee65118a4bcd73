"""Filling in the form: everything typed is kept, whatever its state. A draft leaves no line in the story."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from applicants.models import Applicant
from config import clock
from loans import rules
from loans.lifecycle.applying.carrying import carry_over
from loans.lifecycle.applying.keeping import FormPage, Kept, Typed, untouched
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.papers import clean_paper, replace_refused
from loans.models import Application, Document, Page, Party, Product
from loans.models.form import Form
from loans.models.question import open_questions, paper_topic
from loans.paper_kinds import NEVER_ASKED, PAPER_KINDS
from loans.sections import Section
from vault.cleaning import Cleaned
from vault.models import StoredFile

MOST_DRAFTS = 3  # open drafts a person may have at once
MOST_PAGES = 60  # photos and files in one case


@transaction.atomic
def start(user: User, product: Product) -> Application:
    """Begin an application for `product`, with what is known of the person from earlier ones filled in.

    Raises Refused("too_many_drafts") beyond three open ones.
    """
    application = begin_draft(user, product)
    carry_over(application, by=user)
    return application


def begin_draft(user: User, product: Product, **help_with_it: Any) -> Application:
    """An empty draft, within a transaction; `help_with_it`: who types it, and how. Raises as `start`."""
    applicant, _ = Applicant.objects.get_or_create(user=user)
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if applicant.applications.filter(state=Application.State.DRAFT).count() >= MOST_DRAFTS:
        raise Refused("too_many_drafts")
    now = clock.now()
    application = Application.objects.create(
        reference=Application.next_reference(clock.today().year),
        product=product,
        applicant=applicant,
        started_at=now,
        **help_with_it,
    )
    Party.objects.create(application=application, kind=Party.Kind.BORROWER, user=user, name=user.name)
    return application


@transaction.atomic
def keep(application: Application, section: Section, typed: Sequence[Typed], *, by: User, device: str = "") -> Kept:
    """Keep single fields of a page as they are typed, valid or not; tells what became of each.

    `device` is the name the device gave itself: of one device the newest `seq` wins, between devices what arrives
    later. Raises Refused("not_open") when the page is no longer the applicant's to change.
    """
    application = open_for_writing(application, section.slug, by)
    return FormPage(application, section, by=by, device=device).keep(typed)


@transaction.atomic
def keep_page(
    application: Application,
    section: Section,
    typed: Sequence[Typed],
    *,
    by: User,
    device: str = "",
    seen: int | None = None,
    done: bool = True,
) -> Form:
    """Keep a page that was sent by its button, with the fields that nobody touched.

    `seen` is the key of the newest answer when the page was opened (None: not told): a field that only repeats what
    stood there then does not undo what was typed elsewhere meanwhile. `done`: the page was looked at; what came from
    an earlier application is the person's word now. Returns the form as it now stands, `form.outdated` naming the
    fields that hold something newer. Raises Refused("not_open").
    """
    application = open_for_writing(application, section.slug, by)
    page = FormPage(application, section, by=by, device=device)
    repeats = untouched(page, typed, seen) if seen is not None else set()
    kept = page.keep([each for each in typed if each.place not in repeats], whole=True)
    if done:
        page.here.filter(is_carried=True).update(is_carried=False)
    form = Form(application)
    form.outdated = [each.field.name for each in (*kept.stale, *(t for t in typed if t.place in repeats))]
    return form


def save(
    application: Application, section: Section, lines: Sequence[dict[str, str]], *, by: User, seq: int = 0
) -> Form:
    """Say a whole page at once: `lines` holds one {field: raw} a line (one for a plain page), in their order.

    Lines left wholly empty are dropped, those after them move up, and what stood behind the last one goes.
    Returns and raises as `keep_page`.
    """
    kept = [line for line in lines if any(raw.strip() for raw in line.values())] if section.repeated else lines
    said = dict(enumerate(kept[: section.max_lines]))
    for gone in Form(application).lines(section.slug) if section.repeated else ():
        said.setdefault(gone, {field.name: "" for field in section.fields})
    typed = [
        Typed(field, number, line[field.name], seq)
        for number, line in sorted(said.items(), reverse=True)  # those that go make room for those that come
        for field in section.fields
        if field.name in line
    ]
    return keep_page(application, section, typed, by=by)


def add_paper(application: Application, kind: str, data: bytes, *, name: str, by: User) -> Document:
    """Take in a file as the next page of a paper of this kind: what is kept, sealed, is a clean copy made anew.

    Raises Refused with the code of what is wrong (empty_file, too_big, wrong_type, broken_picture, …).
    """
    _refuse_unknown(kind)
    return keep_paper(application, kind, clean_paper(data, kind), name=name, by=by).document


@transaction.atomic
def keep_paper(application: Application, kind: str, cleaned: Cleaned, *, name: str, by: User) -> Page:
    """Keep what the cleaning gave, as the next page of the paper of this kind that is being put together.

    Raises Refused: not_open, unknown_paper, too_many_papers.
    """
    _refuse_unknown(kind)
    application = open_for_paper(application, kind, by)
    if Page.objects.filter(document__application=application).count() >= MOST_PAGES:
        raise Refused("too_many_papers")
    document = _paper_in_the_making(application, kind, by)
    last = document.pages.last()
    page: Page = Page.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        file=StoredFile.objects.put(cleaned.data, name=name[-150:], content_type=cleaned.content_type),
        thumbnail=_put_thumbnail(cleaned),
        sheets=cleaned.sheets,
    )
    replace_refused(application, kind, by=by)
    return page


def _refuse_unknown(kind: str) -> None:
    if kind not in PAPER_KINDS or kind in NEVER_ASKED:
        raise Refused("unknown_paper")


def _put_thumbnail(cleaned: Cleaned) -> StoredFile | None:
    if not cleaned.thumbnail:
        return None
    file: StoredFile = StoredFile.objects.put(cleaned.thumbnail, name="", content_type="image/jpeg")
    return file


def _paper_in_the_making(application: Application, kind: str, by: User) -> Document:
    """The paper of this kind begun since the applicant may write, or a new one: what was sent before stays."""
    begun = application.documents.filter(kind=kind, state=Document.State.RECEIVED, erased_on=None)
    if application.state == Application.State.WAITING:
        about = [
            question for question in open_questions(application) if question.topic in ("papers", paper_topic(kind))
        ]
        begun = begun.filter(
            added_at__gte=max((question.event.at for question in about), default=application.submitted_at)
        )
    document: Document = begun.last() or Document.objects.create(
        application=application, kind=kind, added_by=by, added_at=clock.now()
    )
    return document


@transaction.atomic
def remove_page(page: Page, *, by: User) -> None:
    """Take a page back out of a draft, its bytes too; with the last page goes the paper. What was sent, stays."""
    found = _page_of_a_draft(page, by)
    if found is None:
        return
    found.discard()
    if not found.document.pages.exists():
        found.document.delete()


@transaction.atomic
def move_page_up(page: Page, *, by: User) -> None:
    """Let a page of a draft change places with the one before it; the first stays where it is."""
    found = _page_of_a_draft(page, by)
    before = found and found.document.pages.filter(number__lt=found.number).last()
    if found is None or before is None:
        return
    first, second = before.number, found.number
    for row, number in ((before, 0), (found, first), (before, second)):
        row.number = number
        row.save(update_fields=["number"])


def _page_of_a_draft(page: Page, by: User) -> Page | None:
    """The page afresh, its case locked; None where a click before this one took it out."""
    application = open_for_writing(page.document.application, "papers", by)
    if application.state != Application.State.DRAFT:
        raise Refused("not_open")
    fresh: Page | None = Page.objects.select_related("document", "file", "thumbnail").filter(pk=page.pk).first()
    return fresh


def open_for_writing(application: Application, topic: str, by: User) -> Application:
    """The case afresh and locked. Raises Refused("not_open") when `by` may not write on this page of it now."""
    locked = Application.objects.select_for_update(of=("self",)).select_related("applicant")
    application = locked.get(pk=application.pk)
    if not (rules.may_fill_in(application, by) and is_open(application, topic)):
        raise Refused("not_open")
    return application


def open_for_paper(application: Application, kind: str, by: User) -> Application:
    """The case afresh and locked. Raises Refused("not_open") when `by` may not send a paper of this kind now."""
    application = open_for_writing(application, "papers", by)
    if application.state == Application.State.WAITING and kind not in Form(application).papers_open():
        raise Refused("not_open")
    return application


def is_open(application: Application, topic: str) -> bool:
    """Whether the applicant may write on this page now: in a draft, or when the officer asked for it again."""
    if application.state == Application.State.DRAFT:
        return True
    if application.state != Application.State.WAITING:
        return False
    if topic == "papers":
        return bool(Form(application).papers_open())
    return bool(application.questions.filter(answered_at=None, topic=topic).exists())

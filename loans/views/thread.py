"""The thread of a case on a page: its messages, newest first, and a form to write the next one."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.fields import Field
from loans.lifecycle.writing.messages import (
    MOST_FILES,
    MOST_SIGNS,
    Attached,
    last_day_to_write,
    mark_read,
    may_still_write,
)
from loans.views.applicant.papers import ACCEPT
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.paper_files import file_response
from loans.views.sheets import Sheet
from vault.cleaning import MOST_PHOTO_BYTES
from vault.models import StoredFile

PAGE = 30  # messages
WORDS = (Field("text", "longtext", gettext_lazy("Your message"), required=False, max_length=MOST_SIGNS),)


def show_thread(request, case, *, template, here, may_write, sheet=None, more=None):
    """The page of a thread, with what one side has `more`; whatever the other side wrote counts as read from now on."""
    sheet = sheet or Sheet.of(request, WORDS)
    messages = case.messages.select_related("author", "read_by").prefetch_related("files")
    page = Paginator(messages.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    new = {message.pk for message in page if message.read_at is None}
    is_open = may_write and may_still_write(case)
    context = {
        "case": case,
        "page": page,
        "new": new,
        "here": here,
        "is_open": is_open,
        "closed_on": None if is_open else last_day_to_write(case),
        "ends_on": last_day_to_write(case) if is_open else None,
        "words": _box(sheet),
        "file": _file_field(sheet.errors.get("file", "")),
        "errors": [("#id-file" if name == "file" else link, text) for name, (link, text) in _wrong(sheet)],
        "once_key": new_once_key(),
        **(more or {}),
    }
    if request.method == "GET":
        mark_read(case, by=request.user)
    return render(request, template, context)


def _box(sheet):
    """The box for the words: not called optional (or else there is a file), and as high as what stands in it."""
    rows = min(max(4, sheet.raws["text"].count("\n") + 5), 16) if sheet.raws["text"] else 4
    return {**sheet.fields[0], "required": True, "rows": rows}


def _wrong(sheet):
    return zip(sheet.errors, sheet.summary, strict=True)


def _file_field(error):
    return {
        "name": "file",
        "id": "id-file",
        "label": _("Photos or files"),
        "help": _("Up to three: photos up to 25 MB, PDF files up to 10 MB."),
        "error": error,
        "accept": ACCEPT,
    }


def send(request, case, verb, *, template, here, done, more=None):
    """Write the message that was posted with `verb`, and back to the thread; or what is wrong, with the words kept."""
    sheet = Sheet(WORDS, request.POST)
    uploads = request.FILES.getlist("file")[: MOST_FILES + 1]
    files = [Attached(upload.name or "", upload.read(MOST_PHOTO_BYTES + 1)) for upload in uploads]
    return attempt(
        request,
        lambda: verb(
            case, by=request.user, text=sheet.values["text"] or "", files=files, once_key=once_key_of(request)
        ),
        sheet=sheet,
        then=here,
        done=done,
        show=lambda: show_thread(request, case, template=template, here=here, may_write=True, sheet=sheet, more=more),
    )


def thread_file(case, pk):
    """A file of this case's thread, for looking at; 404 for any other."""
    file = get_object_or_404(StoredFile.objects.filter(messages__application=case), pk=pk)
    return file_response(file)

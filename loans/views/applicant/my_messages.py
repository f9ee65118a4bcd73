"""My messages: what the loan office and I wrote to each other, and the letters I got."""

from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from letters.kinds import KINDS, SECRET
from letters.models import MAIL, Letter
from letters.render import render as put_into_words
from loans.lifecycle.contracts.receiving import receive
from loans.lifecycle.writing.messages import write_to_office
from loans.views.applicant.mine import mine_or_404, owned_or_404
from loans.views.paper_files import file_response
from loans.views.paper_names import NAMED, paper_name
from loans.views.thread import send, show_thread, thread_file
from vault.models import StoredFile

TEMPLATE = "loans/my_messages.html"


@require_http_methods(["GET", "HEAD", "POST"])
def my_messages(request, reference):
    """The thread with my loan officer. Of a case that was never sent there is none."""
    case = owned_or_404(request, reference)
    if case.submitted_at is None:
        raise Http404
    here = reverse("my_messages", args=[case.reference])
    if request.method == "POST":
        return send(request, case, write_to_office, template=TEMPLATE, here=here, done=_("Sent to the loan office."))
    return show_thread(request, case, template=TEMPLATE, here=here, may_write=True)


@require_safe
def my_message_file(request, reference, pk):
    """A file of the thread."""
    return thread_file(owned_or_404(request, reference), pk)


@require_safe
def my_letters(request, reference):
    """The letters about this case that went to the reader, newest first."""
    case = mine_or_404(request, reference)
    letters = [{"letter": each, "subject": _subject(each)} for each in _letters(case, request.user)]
    return render(
        request,
        "loans/my_letters.html",
        {"case": case, "letters": letters, "papers": papers_of_mine(case, request.user)},
    )


@require_safe
def my_letter(request, reference, pk):
    """One letter in full, also when only a text told of it."""
    case = mine_or_404(request, reference)
    letter = next((each for each in _letters(case, request.user) if each.pk == pk), None)
    if letter is None:
        raise Http404
    if letter.channel == MAIL and letter.body is not None:
        subject, text = letter.subject, letter.body
    else:
        subject, text, _html = put_into_words(letter)
    files = letter.attachments.select_related(*NAMED).order_by("pk")
    papers = [{"file": file, "name": paper_name(file)} for file in files]
    context = {"case": case, "letter": letter, "subject": subject, "text": text, "papers": papers}
    return render(request, "loans/my_letter.html", context)


@require_safe
def my_letter_file(request, reference, pk, file):
    """A paper that came with a letter of mine: its very bytes, as long as the letter is kept."""
    case = mine_or_404(request, reference)
    letters = Letter.objects.filter(to=request.user, case_reference=case.reference).exclude(kind__in=SECRET)
    found = get_object_or_404(get_object_or_404(letters, pk=pk).attachments, pk=file)
    receive(case, found, by=request.user)
    return file_response(found)


def papers_of_mine(case, reader):
    """Every paper that came with a letter of mine about this case, once, the newest first. One query."""
    mine = StoredFile.objects.filter(letters__to=reader, letters__case_reference=case.reference)
    files = mine.annotate(letter=Max("letters")).select_related(*NAMED).order_by("-pk")
    return [{"file": file, "letter": file.letter, "name": paper_name(file)} for file in files]


def _letters(case, reader):
    """One of each occasion: what was told by mail and by text is one letter, the mail."""
    found = Letter.objects.filter(to=reader, case_reference=case.reference).exclude(kind__in=SECRET)
    by_occasion = {(each.kind, each.occasion): each for each in found.order_by("-channel", "pk")}
    return sorted(by_occasion.values(), key=lambda each: -each.pk)


def _subject(letter):
    """What its mail is called; of one that has not gone yet, what it is about."""
    return letter.subject or KINDS[letter.kind].says

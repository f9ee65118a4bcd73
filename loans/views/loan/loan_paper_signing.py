"""Signing on paper, for the office: what is printed, what came back signed, and the second look at it."""

from datetime import date
from functools import wraps

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from letters.codes import grouped
from letters.pdf import render_pdf
from loans import rules
from loans.fields import Field
from loans.interpreter_words import statement_in
from loans.lifecycle.contracts import paper_making, paper_set, paper_signing, signing
from loans.lifecycle.writing.messages import Attached
from loans.models import Loan, PaperSignature
from loans.offer_words import TICKS_ON_PAPER
from loans.views.applicant.papers import ACCEPT
from loans.views.deeds import once_key_of
from loans.views.loan.loan_desk import loan_or_404
from loans.views.office_deeds import attempt_in_office, drawn, what_was_tried
from loans.views.paper_files import file_response, pdf_response
from loans.views.sheets import Sheet
from vault.cleaning import MOST_PHOTO_BYTES

MATCHES = Field(
    "is_same",
    "checkbox",
    gettext_lazy("The scan shows this agreement, the boxes, the name, the day and the signature."),
)
WHY = Field("note", "longtext", gettext_lazy("What is wrong with it?"), max_length=2000)
VERBS = {
    "record": "record_paper_signature",
    "confirm": "confirm_paper_signature",
    "refuse": "turn_down_paper_signature",
}


def _loan_or_404(request, number):
    """The loan, for whoever may take signatures on paper; to others the page does not exist."""
    found = loan_or_404(request, number)
    if not rules.may_take_paper(found, request.user):
        raise Http404
    return found


def record_fields(loan):
    """Who signed, when, the boxes, and who explained it."""
    people = tuple((str(party.pk), f"{party} ({party.get_kind_display()})") for party in paper_signing.may_sign(loan))
    return (
        Field("party", "select", _("Who signed"), choices=people),
        Field("name", "text", _("The name as it stands on the paper"), max_length=150),
        Field("signed_on", "date", _("The day as it stands on the paper")),
        Field("agreed", "checkbox", _("The box for the agreement is ticked on the paper.")),
        Field(
            "debit_agreed",
            "checkbox",
            _("The box for the debits from the account is ticked on the paper."),
            required=False,
            help=_("Of whoever’s account is debited; a guarantor has no such box."),
        ),
        Field(
            "explained_by",
            "choice",
            _("Who explained the first payment, the total, and what happens if one cannot pay?"),
            choices=tuple(PaperSignature.Explained.choices),
        ),
        Field("interpreter", "text", _("Name of the interpreter, if there was one"), required=False, max_length=150),
        Field("interpreted_in", "text", _("Language of the interpreter"), required=False, max_length=60),
        Field("made_statement", "checkbox", _("The interpreter signed the statement on the sheet."), required=False),
    )


@require_safe
def paper_signing_page(request, number):
    """Who has not signed, what to print, what waits for a second look."""
    return _show(request, _loan_or_404(request, number))


def _show(request, loan, tried=None):
    tried = tried or {}
    is_open = loan.state == Loan.State.OFFERED and not loan.waits_for_choice
    rows = [_row(loan, paper, request.user, tried) for paper in paper_signing.waiting(loan)] if is_open else []
    missing = paper_signing.may_sign(loan) if is_open else []
    people = [
        {"party": each, "language": each.user.binds_in, "made": paper_set.set_of(loan, each, each.user.binds_in)}
        for each in missing
    ]
    deeds = [_recording(loan, tried)] if any(each["made"].is_whole for each in people) else []
    context = {
        "loan": loan,
        "case": loan.application,
        "is_open": is_open,
        "people": people,
        "rows": rows,
        "deeds": deeds,
        "answered": loan.paper_signatures.exclude(confirmed=None, turned_down=None).select_related(
            "party__user", "event__by", "confirmed__by", "turned_down__by", "turned_down__note"
        ),
        **what_was_tried([*deeds, *(deed for row in rows for deed in row["deeds"])], tried),
    }
    return render(request, "loans/loan_paper_signing.html", context)


def _recording(loan, tried):
    sheet = tried.get("record") or Sheet(record_fields(loan))
    deed = drawn(
        sheet,
        key="record",
        title=_("A signed paper came back"),
        button=_("Keep it for a second look"),
        action=reverse("paper_signing_record", args=[loan.number]),
    )
    file = {
        "id": "id-record-file",
        "label": _("Scan of the signed pages"),
        "help": _(
            "The agreement and the sheet with the signature, in one file. A PDF up to 10 MB or a photo up to 25 MB."
        ),
        "accept": ACCEPT,
        "error": sheet.errors.get("file", ""),
        "again": "record" in tried and "file" not in sheet.errors,
    }
    told = zip(sheet.errors, deed["summary"], strict=True)
    summary = [(f"#{file['id']}", line[1]) if name == "file" else line for name, line in told]
    return {**deed, "file": file, "summary": summary}


def _row(loan, paper, reader, tried):
    """One paper that waits; whoever recorded it is told that somebody else looks at it."""
    if paper.event.by_id == reader.pk:
        return {"paper": paper, "deeds": []}
    kinds = (
        ("confirm", "paper_signing_confirmation", _("It shows this"), _("Confirm the signature"), (MATCHES,), "button"),
        ("refuse", "paper_signing_refusal", _("It does not show this"), _("Turn it down"), (WHY,), "button-danger"),
    )
    deeds = [
        drawn(
            tried.get(f"{key}-{paper.pk}") or Sheet(fields),
            key=f"{key}-{paper.pk}",
            title=title,
            button=button,
            action=reverse(name, args=[loan.number, paper.pk]),
            look=look,
            is_open=f"{key}-{paper.pk}" in tried,
        )
        for key, name, title, button, fields, look in kinds
    ]
    return {"paper": paper, "deeds": deeds}


@require_http_methods(["GET", "HEAD", "POST"])
def printing(request, number):
    """Ask a worker for the papers in the language of one of those who sign, so that they can be printed."""
    loan = _loan_or_404(request, number)
    here = reverse("paper_signing", args=[loan.number])
    if request.method != "POST":
        return HttpResponseRedirect(here)
    language = request.POST.get("language", "")
    wanted = {party.user.binds_in for party in paper_signing.may_sign(loan)}
    return attempt_in_office(
        request,
        loan.record_paper_signature,
        lambda: paper_making.ask(loan, language if language in wanted else "en"),
        sheet=Sheet((), request.POST),
        here=here,
        done=_("The papers are being made. If they are not here yet, load this page again in a minute."),
        show=lambda: _show(request, loan),
    )


@require_safe
def sheet_to_sign(request, number, pk):
    """The sheet on which somebody signs by hand, in the language of their agreement, with its code."""
    loan = _loan_or_404(request, number)
    party = next((each for each in loan.application.parties.all() if each.pk == pk), None)
    if party is None:
        raise Http404
    agreement = get_object_or_404(loan.agreements.select_related("file"), language=party.user.binds_in)
    with override(agreement.language):
        title = _("Signature under loan agreement %(number)s") % {"number": loan.number}
    facts = {
        "loan": loan,
        "party": party,
        "code": grouped(agreement.code) if agreement.code else agreement.file.sha256[:12],
        "statement": statement_in(agreement.language),
        "ticks": [TICKS_ON_PAPER[code] for code in signing.ticks_for(loan, party.user)],
    }
    return pdf_response(
        render_pdf("loans/loan_sheet_to_sign.html", facts, language=agreement.language, title=title), party.pk
    )


@require_safe
def scan(request, number, pk):
    """What came back, signed."""
    loan = _loan_or_404(request, number)
    return file_response(get_object_or_404(loan.paper_signatures.select_related("scan"), pk=pk).scan)


def deed_on_paper(key, fields):
    """A view of a deed: `view(request, loan, sheet, *pk)` gives (act, what to say when done)."""

    def wrap(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request, number, pk=None):
            loan = _loan_or_404(request, number)
            here = reverse("paper_signing", args=[loan.number])
            if request.method != "POST":
                return HttpResponseRedirect(here)
            sheet = Sheet(fields(loan), request.POST)
            act, done = view(request, loan, sheet, *([pk] if pk else []))
            return attempt_in_office(
                request,
                getattr(loan, VERBS[key]),
                act,
                sheet=sheet,
                here=here,
                done=done,
                show=lambda: _show(request, loan, {f"{key}-{pk}" if pk else key: sheet}),
            )

        return guarded

    return wrap


@deed_on_paper("record", record_fields)
def record(request, loan, sheet):
    """The signed paper is here: keep its scan, and what stands on it."""
    file = request.FILES.get("file")
    if file is None:
        sheet.errors["file"] = _("Please choose a file.")
    scan = Attached(file.name or "", file.read(MOST_PHOTO_BYTES + 1)) if file else None
    said = sheet.values

    def act():
        return paper_signing.record(
            loan,
            by=request.user,
            party=int(said["party"]),
            scan=scan,
            name=said["name"],
            signed_on=date.fromisoformat(said["signed_on"]),
            agreed=bool(said["agreed"]),
            debit_agreed=bool(said["debit_agreed"]),
            explained_by=said["explained_by"],
            interpreter=said["interpreter"] or "",
            interpreted_in=said["interpreted_in"] or "",
            made_statement=bool(said["made_statement"]),
            once_key=once_key_of(request),
        )

    return act, _("Kept. Somebody else of the office looks at it now.")


@deed_on_paper("confirm", lambda loan: (MATCHES,))
def confirmation(request, loan, sheet, pk):
    """The scan shows what was recorded: it is the person's signature."""
    matches = bool(sheet.values["is_same"])
    return (
        lambda: paper_signing.confirm(loan, by=request.user, paper=pk, matches=matches, once_key=once_key_of(request)),
        _("Confirmed. It counts as this person’s signature."),
    )


@deed_on_paper("refuse", lambda loan: (WHY,))
def refusal(request, loan, sheet, pk):
    """The scan does not show what was recorded."""
    note = sheet.values["note"] or ""
    return (
        lambda: paper_signing.turn_down(loan, by=request.user, paper=pk, note=note, once_key=once_key_of(request)),
        _("Turned down. Another paper can be kept now."),
    )

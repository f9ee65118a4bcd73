"""The bank details of a case, beside the papers that show them: typed from a void cheque, verified, not taken."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from loans.fields import Field
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.writing.messages import Attached
from loans.models import BankAccount, Document
from loans.paper_kinds import PAPER_KINDS
from loans.views.applicant.papers import ACCEPT
from loans.views.bank_words import (
    COMING,
    TO_AGREE,
    VERIFIED,
    WAITING,
    accounts_of,
    number_fields,
    numbers_of,
    numbers_typed,
)
from loans.views.cases.case_file import sees_everything
from loans.views.cases.case_tabs import cases_with_tabs, tabs_of
from loans.views.deeds import once_key_of
from loans.views.offer.my_bank import seen_entry
from loans.views.office_deeds import deed_on_rows, drawn, what_was_tried
from loans.views.sheets import Sheet
from vault.cleaning import MOST_PHOTO_BYTES
from vault.cleaning.sheets import SHEET

VERBS = {"new": "enter_bank_details", "verification": "verify_bank_details", "refusal": "refuse_bank_details"}
WHY = (Field("note", "longtext", gettext_lazy("Why do we not take them? The borrower reads this."), max_length=2000),)


def _paper_field(case, *, required):
    """The accepted papers that show an account."""
    accepted = [paper for paper in case.account_papers if paper.state == Document.State.ACCEPTED]
    papers = tuple((str(paper.pk), str(PAPER_KINDS[paper.kind].name)) for paper in accepted)
    return Field("document", "select", _("Paper from which you type"), choices=papers, required=required)


def entry_fields(case):
    """Whose account, its numbers, and from which paper they are typed."""
    people = tuple((str(party.pk), f"{party} ({party.get_kind_display()})") for party in case.parties.all())
    return (
        Field("party", "select", _("Whose account"), choices=people),
        *number_fields(),
        _paper_field(case, required=False),
    )


def verification_fields(case):
    """The numbers once more, and the paper on which they stand."""
    return (_paper_field(case, required=True), *number_fields())


FIELDS = {"new": entry_fields, "verification": verification_fields, "refusal": lambda case: WHY}


def _case_or_404(request, reference):
    papers = Document.objects.filter(kind__in=bank_accounts.SHOW_AN_ACCOUNT, erased_on=None)
    papers = Prefetch("documents", papers.prefetch_related("pages__file"), to_attr="account_papers")
    cases = cases_with_tabs(request.user).prefetch_related("recommendations", papers)
    return get_object_or_404(cases, reference=reference)


@require_safe
def case_bank(request, reference):
    """What was entered and how far it is; never a number in full."""
    return show_bank(request, _case_or_404(request, reference))


def show_bank(request, case, tried=None):
    """The page; `tried` is {key of a deed: its Sheet}, to be shown again."""
    tried = tried or {}
    may = {move.name for move in case.get_available_user_state_transitions(request.user)}
    accounts = accounts_of(BankAccount.objects.visible_to(request.user).filter(party__application=case))
    rows = [{**each, "deeds": _deeds(case, each, may, request.user, tried)} for each in accounts]
    newest = {each["account"].party_id: each["account"].pk for each in reversed(accounts)}
    can_enter = "enter_bank_details" in may and bank_accounts.money_moves(case)
    new = [_new(case, tried, newest)] if can_enter else []
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "case_bank"),
        "submission": list(case.submissions.all())[-1],
        "rows": rows,
        "papers": _papers(case) if sees_everything(request.user) else [],
        "deeds": new,
        **what_was_tried([*new, *(deed for row in rows for deed in row["deeds"])], tried),
    }
    return render(request, "loans/case_bank.html", context)


def _papers(case):
    """What is looked at beside the numbers, with a picture of the first page where it has one."""
    shown = []
    for paper in case.account_papers:
        page = next(iter(paper.pages.all()), None)
        has_picture = page is not None and page.file.content_type != SHEET
        picture = reverse("case_sheet", args=[case.reference, paper.pk, page.number, 1]) if has_picture else ""
        shown.append({"paper": paper, "kind": PAPER_KINDS[paper.kind].name, "picture": picture})
    return shown


def _new(case, tried, newest):
    deed = drawn(
        tried.get("new") or Sheet(entry_fields(case)),
        key="new",
        title=_("Type bank details from a paper"),
        button=_("Keep these bank details"),
        action=reverse("bank_new", args=[case.reference]),
        is_open="new" in tried,
    )
    wrong = tried["new"].errors.get("file", "") if "new" in tried else ""
    file = {
        "id": "id-new-file",
        "label": _("Scan of the void cheque"),
        "help": _("Where it is no paper of the case yet. A photo up to 25 MB, or a PDF up to 10 MB."),
        "accept": ACCEPT,
        "error": wrong,
        "is_optional": True,
    }
    return {**deed, "file": file, "newest": max(newest.values(), default=0) if len(case.parties.all()) == 1 else None}


def _deeds(case, row, may, reader, tried):
    """What the reader may do with one entry now."""
    account, deeds = row["account"], []
    if row["state"] == WAITING and "verify_bank_details" in may and bank_accounts.may_verify(account, reader):
        deeds.append(("verification", _("Compare with a paper"), _("They are the same: verified"), "button"))
    if row["state"] in (WAITING, TO_AGREE, VERIFIED, COMING) and "refuse_bank_details" in may:
        deeds.append(("refusal", _("Do not take them"), _("Do not take these details"), "button-danger"))
    return [_deed(case, account, deed, tried) for deed in deeds]


def _deed(case, account, deed, tried):
    name, title, button, look = deed
    key = f"{name}-{account.pk}"
    return drawn(
        tried.get(key) or Sheet(FIELDS[name](case)),
        key=key,
        title=title,
        button=button,
        action=reverse(f"bank_{name}", args=[case.reference, account.pk]),
        look=look,
        is_open=key in tried,
    )


def deed_on_bank(kind):
    """A view of a deed: `view(request, case, sheet, *account)` gives (act, what to say when done)."""
    return deed_on_rows(
        VERBS[kind],
        kind,
        page="case_bank",
        case_of=_case_or_404,
        rows=lambda case: BankAccount.objects.filter(party__application=case),
        fields=FIELDS[kind],
        show=lambda request, case, tried: show_bank(request, _case_or_404(request, case.reference), tried),
        read=numbers_typed,
    )


@deed_on_bank("new")
def new(request, case, sheet):
    """The office types them from a void cheque."""
    said, upload = sheet.values, request.FILES.get("file")
    return (
        lambda: bank_accounts.enter(
            case,
            by=request.user,
            party=int(said["party"]),
            document=int(said["document"]) if said["document"] else None,
            file=Attached(upload.name or "", upload.read(MOST_PHOTO_BYTES + 1)) if upload else None,
            seen=seen_entry(request),
            once_key=once_key_of(request),
            **numbers_of(sheet),
        ),
        _("Kept. A second person compares them with the paper."),
    )


@deed_on_bank("verification")
def verification(request, case, sheet, account):
    """A second person has typed them anew from a paper."""
    return (
        lambda: bank_accounts.verify(
            case,
            by=request.user,
            account=account,
            document=int(sheet.values["document"]),
            once_key=once_key_of(request),
            **numbers_of(sheet),
        ),
        _("Verified, with your name and the day."),
    )


@deed_on_bank("refusal")
def refusal(request, case, sheet, account):
    """The office does not take them."""
    return (
        lambda: bank_accounts.refuse(
            case, by=request.user, account=account, note=sheet.values["note"], once_key=once_key_of(request)
        ),
        _("Not taken. The borrower hears of it, and reads why."),
    )

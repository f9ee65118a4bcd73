"""Bank details in words: the bank's name, the last digits, how far they are; never a number in full."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from config import clock
from loans.bank_numbers import parted
from loans.fields import Field
from loans.lifecycle.lending.bank_accounts import doubts_about
from loans.models import BankAccount, Institution

WAITING, TO_AGREE, VERIFIED, COMING, REFUSED, EARLIER, ERASED = (
    "waiting",
    "to_agree",
    "verified",
    "coming",
    "refused",
    "earlier",
    "erased",
)
STATES = {
    WAITING: (_("waits for a second person"), "wait"),
    TO_AGREE: (_("checked, the debit agreement is not agreed to yet"), "wait"),
    VERIFIED: (_("in use"), "good"),
    COMING: (_("checked, in use soon"), "info"),
    REFUSED: (_("not taken"), "bad"),
    EARLIER: (_("replaced"), ""),
    ERASED: (_("erased"), ""),
}
DOUBTS = {
    "unknown_institution": _("We do not know this institution number. It may be right. Please look at it once more."),
    "unusual_length": _(
        "This account number is longer or shorter than usual at this bank. Please look at it once more."
    ),
}


def accounts_of(entries):
    """Entries (a query of BankAccount) with what is told of them, the newest first, as plain values.

    Each account knows whether its debit agreement waits for its owner (`asks_debit`).
    """
    rows = entries.select_related(
        "party__user", "event__by", "verified__by", "verified_with", "refused__by", "refused__note", "paper"
    )
    asked = Exists(BankAccount.objects.to_agree().filter(pk=OuterRef("pk")))
    rows = list(rows.knowing_authority().annotate(asks_debit=asked).order_by("-pk"))
    known = {row.code: row for row in Institution.objects.all()}
    waiting = {each.pk for each in rows if _waits(each, rows)}
    used = _in_use(rows)
    return [
        {
            "account": each,
            "bank": str(known.get(each.institution, "")),
            "state": (state := _state(each, waiting, used)),
            "tag": STATES[state],
            "doubts": _doubts(each, known) if state == WAITING else [],
            "why": each.refused.note.text if each.refused_id and hasattr(each.refused, "note") else "",
            "by_office": each.event.by_id != each.party.user_id,
        }
        for each in rows
    ]


def _doubts(account, known):
    return [DOUBTS[doubt] for doubt in doubts_about(account, known.get(account.institution))]


def _waits(account, rows):
    later = any(other.pk > account.pk and other.party_id == account.party_id for other in rows)
    return not (account.verified_id or account.refused_id or account.erased_on or later)


def _in_use(rows):
    """The key of the entry by which money moves today, for each person."""
    today, used = clock.today(), {}
    for each in rows:
        stands = each.verified_id and not each.refused_id and not each.erased_on
        if stands and each.is_allowed and each.usable_from <= today:
            used.setdefault(each.party_id, each.pk)
    return set(used.values())


def _state(account, waiting, used):
    if account.erased_on:
        return ERASED
    if account.refused_id:
        return REFUSED
    if account.pk in waiting:
        return WAITING
    if account.pk in used:
        return VERIFIED
    if account.asks_debit:
        return TO_AGREE
    return COMING if account.verified_id and account.usable_from > clock.today() else EARLIER


def number_fields():
    """The three boxes, in the order in which they stand on a cheque."""
    return (
        Field("transit", "code", _("Transit number"), _("5 digits"), autocomplete="off"),
        Field("institution", "code", _("Institution number"), _("3 digits"), autocomplete="off"),
        Field("number", "code", _("Account number"), _("7 to 12 digits"), autocomplete="off"),
    )


def numbers_typed(data):
    """What was sent, with `TTTTT-III` in one box parted into its two; `data` is a QueryDict."""
    institution, transit = parted(data.get("institution", ""), data.get("transit", ""))
    if data.get("institution", "").strip():
        return data
    split = data.copy()
    split["institution"], split["transit"] = institution, transit
    return split


def numbers_of(sheet):
    """The three numbers of a sheet, as a verb takes them."""
    return {name: sheet.values[name] or "" for name in ("institution", "transit", "number")}

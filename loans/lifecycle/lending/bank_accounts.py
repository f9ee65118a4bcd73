"""Bank details: entered by the borrower or from a void cheque, verified by a second person, changed with a wait.

Whoever verifies types the numbers anew from the paper: nobody is shown the ones that were entered. The first details
hold once they are verified; as long as nobody did, whoever entered them may put them right. Others hold
BANK_CHANGE_DAYS after they were entered, at the earliest; the person is told at once, and until then the ones before
stay in force.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from config import clock
from letters.models import Letter
from loans import rules
from loans.bank_numbers import Numbers, read_numbers
from loans.lifecycle.contracts import debit_signing, paper_making
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import flags
from loans.lifecycle.reviewing.papers import clean_paper, keep_file
from loans.lifecycle.step import deed
from loans.lifecycle.tell import tell_party
from loans.lifecycle.writing.messages import Attached
from loans.models import Application, BankAccount, Document, Event, Institution, Party
from loans.models.bank_account import MONEY_MOVES, hash_of
from loans.rules import VOID_CHEQUE
from vault.cleaning import Cleaned

SHOW_AN_ACCOUNT = (VOID_CHEQUE, "bank_statements", "other")  # kinds of paper that numbers may be compared with


def _entered(event: Event) -> BankAccount:
    account: BankAccount = BankAccount.objects.get(event=event)
    return account


def _touched(event: Event) -> BankAccount:
    account: BankAccount = BankAccount.objects.get(pk=event.detail["bank_account"])
    return account


@once_only(_entered)
def enter(
    application: Application,
    *,
    by: User,
    institution: str,
    transit: str,
    number: str,
    party: int | None = None,
    document: int | None = None,
    file: Attached | None = None,
    is_fresh: bool = False,
    seen: int | None = None,
    once: Once | None = None,
) -> BankAccount:
    """Write down bank details as they were typed: the borrower's own, or by the office those of a `party` (its key).

    The borrower must have shown their e-mail address or a passkey a little while ago (`is_fresh`, accounts.proof); the
    office types from an accepted paper (`document`, its key) or a scan (`file`). `seen` is the newest entry on the page
    (0 for none). Raises Refused: transit_digits, institution_digits, account_digits, proof_wanted, no_money_moves,
    unknown_person, bank_changed_meanwhile, bank_as_before, no_bank_paper, not_an_accepted_paper, and what `clean_paper`
    raises.
    """
    numbers = read_numbers(institution, transit, number)
    is_own = rules.is_owner(application, by)
    if is_own and not is_fresh:
        raise Refused("proof_wanted")
    cleaned = clean_paper(file.data, VOID_CHEQUE) if file and file.data else None
    way = "portal" if is_own else "paper"
    with deed(application.enter_bank_details, by=by, once=once, detail={"way": way}) as case:
        if not money_moves(case):
            raise Refused("no_money_moves")
        person = _party(case, by, party, is_own)
        before = person.bank_accounts.order_by("-pk").first()
        _refuse_repeats(before, numbers, seen)
        paper = _paper(case, by, document, cleaned, file.name if file else "")
        if paper is None and not is_own:
            raise Refused("no_bank_paper")
        account = _kept(case, person, numbers, paper, before)
        _account_changed(case, person)
        flags.count(case)
    return account


@once_only(_touched)
def verify(
    application: Application,
    *,
    by: User,
    account: BankAccount,
    document: int | None,
    institution: str,
    transit: str,
    number: str,
    once: Once | None = None,
) -> BankAccount:
    """A second person has typed the numbers anew from an accepted paper (`document`, its key), and they are the same.

    Raises Refused: transit_digits, institution_digits, account_digits, bank_closed, bank_second_person,
    not_an_accepted_paper, not_as_on_paper.
    """
    numbers = read_numbers(institution, transit, number)
    with deed(application.verify_bank_details, by=by, once=once, detail={"bank_account": account.pk}) as case:
        found = _of(case, account, BankAccount.objects.waiting())
        if not may_verify(found, by):
            raise Refused("bank_second_person")
        paper = _accepted(case, document)
        if found.number_hash != hash_of(numbers):
            raise Refused("not_as_on_paper")
        found.verified, found.verified_with = case.event, paper
        found.usable_from = max(found.usable_from, clock.today())
        found.save(update_fields=["verified", "verified_with", "usable_from"])
    return found


@once_only(_touched)
def refuse(
    application: Application, *, by: User, account: BankAccount, note: str, once: Once | None = None
) -> BankAccount:
    """The office does not take these details, or takes back that it did; those before them are in force again.

    The person is told that something is wrong, and reads the reason in their case. Raises Refused: empty_note,
    bank_closed.
    """
    if not note.strip():
        raise Refused("empty_note")
    detail = {"bank_account": account.pk}
    with deed(application.refuse_bank_details, by=by, note=note.strip(), once=once, detail=detail) as case:
        found = _of(case, account, BankAccount.objects.standing())
        found.refused = case.event
        found.save(update_fields=["refused"])
        _account_changed(case, found.party)
        tell_party(case, found.party, "bank_refused", occasion=f"bank refused:{found.pk}")
        flags.count(case)
    return found


def _account_changed(case: Application, person: Party) -> None:
    """Other details count from now on: the papers name them, and who has signed is asked for a new debit agreement."""
    paper_making.account_changed(case, person)
    debit_signing.ask(case, person)


def may_verify(account: BankAccount, by: User) -> bool:
    """Whether `by` is a second person to these details: neither entered them nor owns the account."""
    return by.pk not in (account.event.by_id, account.party.user_id)


def in_force(case: Application, day: date | None = None) -> BankAccount | None:
    """The borrower's details by which money moves on `day` (today), or None."""
    ours = BankAccount.objects.in_force(day).filter(party__application=case, party__kind=Party.Kind.BORROWER)
    found: BankAccount | None = ours.order_by("-pk").first()
    return found


def doubts_about(account: BankAccount, institution: Institution | None) -> list[str]:
    """What should be looked at once more, as codes: unknown_institution, unusual_length. It refuses nothing.

    `institution` is the row of its number, if there is one.
    """
    if account.erased_on:
        return []
    if institution is None or (institution.ended_on and institution.ended_on < clock.today()):
        return ["unknown_institution"]
    return [] if institution.has_usual(len(account.number)) else ["unusual_length"]


def to_verify(by: User) -> Q:
    """Cases with bank details that `by` may verify, as a second person: a condition on them."""
    entries = BankAccount.objects.waiting().exclude(event__by=by).exclude(party__user=by)
    entries = entries.filter(party__application__loans__state__in=MONEY_MOVES)
    return Q(state=Application.State.APPROVED, pk__in=entries.values("party__application"))


def money_moves(case: Application) -> bool:
    """Whether a loan of this case is offered or runs: only then are bank details wanted."""
    return bool(case.loans.filter(state__in=MONEY_MOVES).exists())


def _party(case: Application, by: User, party: int | None, is_own: bool) -> Party:
    mine = case.parties.filter(user=by)
    found: Party | None = (mine if is_own else case.parties.filter(pk=party or 0)).first()
    if found is None:
        raise Refused("unknown_person")
    return found


def _refuse_repeats(before: BankAccount | None, numbers: Numbers, seen: int | None) -> None:
    """An old tab, and the same numbers once more, change nothing."""
    if seen is not None and seen != (before.pk if before else 0):
        raise Refused("bank_changed_meanwhile")
    if before and before.refused_id is None and before.number_hash == hash_of(numbers):
        raise Refused("bank_as_before")


def _paper(case: Application, by: User, document: int | None, cleaned: Cleaned | None, name: str) -> Document | None:
    if cleaned is not None:
        return keep_file(case, VOID_CHEQUE, cleaned, name=name, by=by)
    return None if document is None else _accepted(case, document)


def _accepted(case: Application, document: int | None) -> Document:
    shown = case.documents.filter(state=Document.State.ACCEPTED, erased_on=None, kind__in=SHOW_AN_ACCOUNT)
    found: Document | None = shown.filter(pk=document).first() if document else None
    if found is None:
        raise Refused("not_an_accepted_paper")
    return found


def _of(case: Application, account: BankAccount, open_ones: "QuerySet[BankAccount]") -> BankAccount:
    """The entry afresh, of this case and still open to an answer; the case is locked."""
    rows = open_ones.select_related("event", "party__user")
    found: BankAccount | None = rows.filter(pk=account.pk, party__application=case).first()
    if found is None:
        raise Refused("bank_closed")
    return found


def _kept(
    case: Application, person: Party, numbers: Numbers, paper: Document | None, before: BankAccount | None
) -> BankAccount:
    account = BankAccount(party=person, event=case.event, paper=paper, replaces=before, usable_from=clock.today())
    account.remember(numbers)
    known_since = _known_since(person, case.event)
    if known_since is not None:
        account.usable_from += timedelta(days=settings.BANK_CHANGE_DAYS)
    account.save()
    if known_since is not None:
        _tell_of_change(case, account, known_since)
    return account


def _known_since(person: Party, event: Event) -> datetime | None:
    """When the details were verified, or entered by somebody else, that what `event` enters would replace; None where
    it replaces none: the first, or what the same person typed wrongly and nobody has verified.
    """
    entries = person.bank_accounts.select_related("verified", "event").order_by("-pk")
    verified = next((each.verified for each in entries if each.verified is not None), None)
    by_others = next((each.event for each in entries if each.event.by_id != event.by_id), None)
    known: Event | None = verified or by_others
    return known.at if known else None


def _tell_of_change(case: Application, account: BankAccount, known_since: datetime) -> None:
    """At the address we have, and at the one we had when the details before were known, where that is another."""
    user = account.party.user
    facts = {"ends_in": account.ends_in, "on": account.usable_from.isoformat()}
    if not BankAccount.objects.in_force().filter(party=account.party).exists():
        facts["none_in_force"] = "yes"
    tell_party(case, account.party, "bank_changed", occasion=f"bank:{account.pk}", **facts)
    since = Letter.objects.filter(to=user, kind="email_changed", created_at__gte=known_since)
    moved = since.order_by("pk").first()
    if moved is not None and moved.address != user.email:
        tell_party(
            case, account.party, "bank_changed", occasion=f"bank:{account.pk} before", address=moved.address, **facts
        )

"""Signed on paper: the very agreement is printed, the person signs by hand, and two people look at the scan.

The first writes down who signed, on which day, and whether with an interpreter; the second finds that the scan shows
it. Only then it is a signature. A paper holds for the agreement that was printed: other terms make it void.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import override

from accounts.models import User
from config import clock
from loans.interpreter_words import VERSION, statement_in
from loans.lifecycle.contracts import paper_set, signing
from loans.lifecycle.contracts.contract import account_of
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.papers import clean_paper
from loans.lifecycle.step import deed, may
from loans.lifecycle.writing.messages import Attached
from loans.models import Agreement, Application, BankAccount, Event, Loan, PaperSignature, Party
from loans.offer_words import DEBITS, TICKS_ON_PAPER
from vault.cleaning import Cleaned
from vault.models import StoredFile

KIND = "signed_agreement"  # how the cleaning knows the scan
Explained = PaperSignature.Explained


def _paper_of(event: Event) -> PaperSignature:
    paper: PaperSignature = PaperSignature.objects.get(pk=event.detail["paper"])
    return paper


def _recorded(event: Event) -> PaperSignature:
    paper: PaperSignature = PaperSignature.objects.get(event=event)
    return paper


def waiting(loan: Loan) -> list[PaperSignature]:
    """The papers at which a second person has to look."""
    found = loan.paper_signatures.filter(confirmed=None, turned_down=None)
    return list(found.select_related("event__by", "party__user", "scan"))


def for_second_look(by: User) -> QuerySet[PaperSignature]:
    """The papers of open offers at which `by` may look as a second person: not those that they recorded."""
    found = PaperSignature.objects.filter(confirmed=None, turned_down=None, loan__state=Loan.State.OFFERED)
    return found.exclude(event__by=by)


def to_look_at(by: User) -> Q:
    """Cases with such a paper: a condition on them."""
    return Q(state=Application.State.APPROVED, pk__in=for_second_look(by).values("party__application"))


def may_sign(loan: Loan) -> list[Party]:
    """The parties who have not signed, and of whom no paper waits."""
    held = {paper.party_id for paper in waiting(loan)}
    return [party for party in signing.waiting_for(loan) if party.pk not in held]


@once_only(_recorded)
def record(
    loan: Loan,
    *,
    by: User,
    party: int,
    scan: Attached,
    name: str,
    signed_on: date,
    agreed: bool,
    debit_agreed: bool,
    explained_by: str,
    interpreter: str = "",
    interpreted_in: str = "",
    made_statement: bool = False,
    once: Once | None = None,
) -> PaperSignature:
    """The first member of staff has the signed paper: its scan is kept, with what they saw on it.

    `party` is a key; the agreement is that in the language that binds the party. `agreed` and, of whoever's account is
    debited, `debit_agreed`: the box for it is ticked on the paper. Raises Refused: not_ticked, debit_not_ticked,
    no_name, in_the_future, not_listed, no_interpreter, interpreter_unfinished, offer_over, unknown_person,
    party_signed, paper_waits, not_printed, before_agreement, nothing_chosen, open_before_signing, no_bank_details, and
    the codes of a file that cannot be kept (lifecycle.papers).
    """
    _check_words(agreed, name, signed_on)
    _check_interpreter(explained_by, interpreter, interpreted_in, made_statement)
    may(Loan.objects.get(pk=loan.pk), "record_paper_signature", by)
    cleaned = clean_paper(scan.data, KIND)
    with deed(loan.record_paper_signature, by=by, once=once, detail={"party": party}) as loan:
        person = _person(loan, party)
        if DEBITS in signing.ticks_for(loan, person.user) and not debit_agreed:
            raise Refused("debit_not_ticked")
        agreement, made_at = _standing(loan, person, person.user.binds_in)
        if signed_on < clock.day_of(made_at):
            raise Refused("before_agreement", day=clock.day_of(made_at))
        words = _words_of(agreement, interpreter, interpreted_in)
        paper: PaperSignature = PaperSignature.objects.create(
            loan=loan,
            party=person,
            event=loan.event,
            language=agreement.language,
            document=agreement.file.sha256,
            name=name.strip()[:150],
            signed_on=signed_on,
            explained_by=explained_by,
            **words,
            **_put(cleaned, scan.name),
        )
    return paper


def _check_words(agreed: bool, name: str, signed_on: date) -> None:
    if not agreed:
        raise Refused("not_ticked")
    if not name.strip():
        raise Refused("no_name", field="name")
    if signed_on > clock.today():
        raise Refused("in_the_future", field="signed_on")


def _check_interpreter(explained_by: str, interpreter: str, interpreted_in: str, made_statement: bool) -> None:
    if explained_by not in Explained.values:
        raise Refused("not_listed", field="explained_by")
    if explained_by == Explained.INTERPRETER and not interpreter.strip():
        raise Refused("no_interpreter")
    if interpreter.strip() and not (interpreted_in.strip() and made_statement):
        raise Refused("interpreter_unfinished", field="made_statement" if interpreted_in.strip() else "interpreted_in")


def _words_of(agreement: Agreement, interpreter: str, interpreted_in: str) -> dict[str, Any]:
    """What is kept of an interpreter: name, language, and the statement as it was signed; nothing without one."""
    if not interpreter.strip():
        return {}
    return {
        "interpreter": interpreter.strip()[:150],
        "interpreted_in": interpreted_in.strip()[:60],
        "statement": statement_in(agreement.language),
        "statement_version": VERSION,
    }


def _person(loan: Loan, key: int) -> Party:
    """The party of this key, who has not signed and of whom no paper waits; the loan is locked."""
    person: Party | None = loan.application.parties.filter(pk=key).first()
    if person is None:
        raise Refused("unknown_person", field="party")
    if loan.signatures.filter(party=person).exists():
        raise Refused("party_signed", field="party")
    if any(paper.party_id == key for paper in waiting(loan)):
        raise Refused("paper_waits", field="party")
    return person


def _standing(loan: Loan, person: Party, language: str) -> tuple[Agreement, datetime]:
    """The agreement in this language and when the newest of its papers was made, while the offer stands and may be
    signed; the loan is locked.
    """
    if loan.open_until < clock.today():
        raise Refused("offer_over")
    signing.refuse_early(loan, person.user)
    made = paper_set.set_of(loan, person, language)
    if made.agreement is None or made.made_at is None or not made.is_whole:
        raise Refused("not_printed")
    return made.agreement, made.made_at


@once_only(loan_of)
def confirm(loan: Loan, *, by: User, paper: int, matches: bool, once: Once | None = None) -> Loan:
    """A second person finds that the scan shows what was recorded: it is the party's signature.

    Raises Refused: does_not_match_paper, paper_answered, same_person, offer_over, party_signed, other_terms_on_paper,
    nothing_chosen, open_before_signing.
    """
    if not matches:
        raise Refused("does_not_match_paper")
    with deed(loan.confirm_paper_signature, by=by, once=once, detail={"paper": paper}) as loan:
        found = _waiting(loan, paper)
        agreement = loan.agreements.filter(file__sha256=found.document).first()
        if agreement is None:
            raise Refused("other_terms_on_paper")
        _standing(loan, found.party, agreement.language)
        if _account_on(found) != account_of(found.party):  # another one to debit
            raise Refused("other_terms_on_paper")
        if loan.signatures.filter(party=found.party).exists():
            raise Refused("party_signed")
        found.confirmed = loan.event
        found.save(update_fields=["confirmed"])
        signing.put(
            loan,
            found.party,
            agreement=agreement,
            account=_account_on(found),
            typed_name=found.name,
            proof=_proof(found, by),
            ticks=_ticks(loan, found.party, agreement.language),
            helper=found.interpreter or "",
            helped_in=found.interpreted_in,
        )
    return loan_of(loan.event)


def _account_on(paper: PaperSignature) -> BankAccount | None:
    """The bank details that stood when the paper was recorded, and so on the debit agreement that was signed."""
    entered = paper.party.bank_accounts.filter(event__lt=paper.event_id)
    stood = entered.filter(Q(refused=None) | Q(refused__gt=paper.event_id))
    found: BankAccount | None = stood.order_by("-pk").first()
    return found


def _ticks(loan: Loan, person: Party, language: str) -> list[dict[str, str]]:
    """The boxes that were ticked by hand, with their words on the sheet."""
    with override(language):
        words = {code: str(TICKS_ON_PAPER[code]) for code in signing.ticks_for(loan, person.user)}
    return [{"code": code, "language": language, "words": said} for code, said in words.items()]


def _proof(paper: PaperSignature, second: User) -> dict[str, Any]:
    """What a signature on paper rests on: the scan by its hash, and the keys of the two who looked at it."""
    return {
        "way": "on_paper",
        "key": paper.pk,
        "scan": paper.scan.sha256,
        "signed_on": paper.signed_on.isoformat(),
        "recorded_by": paper.event.by_id,
        "confirmed_by": second.pk,
    }


@once_only(_paper_of)
def turn_down(loan: Loan, *, by: User, paper: int, note: str, once: Once | None = None) -> PaperSignature:
    """The scan does not show what was recorded, or counts no more. Raises Refused: empty_note, paper_answered,
    same_person.
    """
    if not note.strip():
        raise Refused("empty_note")
    detail = {"paper": paper}
    with deed(loan.turn_down_paper_signature, by=by, note=note.strip(), once=once, detail=detail) as loan:
        found = _waiting(loan, paper)
        found.turned_down = loan.event
        found.save(update_fields=["turned_down"])
    return found


def _waiting(loan: Loan, key: int) -> PaperSignature:
    """The paper of this key that waits for somebody else than who recorded it; the loan is locked."""
    found = next((paper for paper in waiting(loan) if paper.pk == key), None)
    if found is None:
        raise Refused("paper_answered")
    if found.event.by_id == loan.event.by_id:
        raise Refused("same_person")
    return found


def _put(cleaned: Cleaned, name: str) -> dict[str, Any]:
    file = StoredFile.objects.put(cleaned.data, name=name[-150:], content_type=cleaned.content_type)
    small = None
    if cleaned.thumbnail:
        small = StoredFile.objects.put(cleaned.thumbnail, name="", content_type="image/jpeg")
    return {"scan": file, "thumbnail": small, "sheets": cleaned.sheets}

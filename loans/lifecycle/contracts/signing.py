"""The contract: one agreement a language, one signature a party, or no loan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from accounts.actors import CLOCK, LEDGER
from accounts.models import User
from accounts.passkeys import Shown
from config import clock
from loans import rules
from loans.lifecycle.contracts import paper_set
from loans.lifecycle.contracts.agreements import agreement_for as agreement_for
from loans.lifecycle.contracts.contract import account_of
from loans.lifecycle.contracts.debit import key_of_account, pays_by_debit
from loans.lifecycle.contracts.evidence import Sealing
from loans.lifecycle.contracts.typed_names import check_words, name_put, proof_of, ticks_in_words
from loans.lifecycle.contracts.typed_names import send_code as send_code
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import bank_gates
from loans.lifecycle.offering import questions
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conditions
from loans.lifecycle.step import Tally, deed, follow_on, step, steps
from loans.lifecycle.tell import tell_borrower, tell_party
from loans.models import Advance, Agreement, BankAccount, Loan, Party, Signature
from loans.offer_words import AGREES, DEBITS, WHY_NOT


@once_only(loan_of)
def sign(
    loan: Loan,
    *,
    by: User,
    language: str,
    typed_name: str,
    code: str = "",
    agreed: bool,
    debit: bool = False,
    passkey: Shown | None = None,
    shown: int | None = None,
    read: str | None = None,
    came_from: str = "",
    helper: str = "",
    helped_in: str = "",
    once: Once | None = None,
) -> Loan:
    """One party signs the agreement in `language`; with the last signature the loan is signed.

    `agreed` and, of whoever's account is debited, `debit` are the two ticks, read in the active language. The signer
    proves who they are by a fresh `code` from the mail, or by a `passkey` that they showed a little while ago.
    `shown` and `read` are the key of the plan and the fingerprint of the papers (paper_set) on the page that was signed
    from, None when the deed comes from no page. `came_from` is the address of the signer's machine: a keyed hash of it
    is kept, by which two can be compared and none be read. `helper` is the name of somebody who read with the signer or
    interpreted, `helped_in` the language, as they tell it.

    Raises Refused: not_agreed, no_debit, no_name, helper_unfinished (one of the two is missing), offer_over,
    signed_already, no_agreement, papers_made_anew, open_before_signing, nothing_chosen, other_terms_chosen,
    questions_first, no_bank_details, passkey_wanted; CodeError when the code proves nothing.
    """
    ticks = ticks_for(loan, by)
    check_words(agreed, typed_name, helper, helped_in, debit=debit or DEBITS not in ticks)
    if loan.open_until < clock.today():
        raise Refused("offer_over")
    _refuse_twice(loan, by)
    if not paper_set.is_ready(loan, by, language):
        raise Refused("no_agreement")
    _refuse_early(loan, by, shown)
    _agreement_read(loan, by, language, read)
    proof = proof_of(loan, by, code, passkey)
    with deed(loan.put_signature, by=by, once=once, detail={"language": language}) as loan:
        _refuse_twice(loan, by)
        _refuse_early(loan, by, shown)
        party = loan.application.parties.get(user=by)
        put(
            loan,
            party,
            agreement=_agreement_read(loan, by, language, read),
            account=account_of(party) if DEBITS in ticks else None,
            typed_name=typed_name,
            proof=proof,
            ticks=ticks_in_words(ticks),
            came_from=came_from,
            helper=helper,
            helped_in=helped_in,
        )
    return loan_of(loan.event)


def _agreement_read(loan: Loan, by: User, language: str, read: str | None) -> Agreement:
    """The agreement, while all papers beside it are those that were read: the debit agreement names the account."""
    made = paper_set.set_of(loan, loan.application.parties.filter(user=by).first(), language)
    if made.agreement is None or not made.is_whole:
        raise Refused("no_agreement")
    if read not in (None, made.fingerprint):  # made anew meanwhile, for other bank details
        raise Refused("papers_made_anew")
    return made.agreement


def ticks_for(loan: Loan, user: User) -> list[str]:
    """What this signer ticks, as codes of loans.offer_words.TICKS: the debit only who gives the account for it."""
    if rules.is_owner(loan, user):
        return [AGREES, DEBITS]
    party = loan.application.parties.filter(user=user).first()
    return [AGREES, DEBITS] if party and pays_by_debit(party, key_of_account(party)) else [AGREES]


def put(
    loan: Loan,
    party: Party,
    *,
    agreement: Agreement,
    account: BankAccount | None,
    typed_name: str,
    proof: dict[str, Any],
    ticks: Sequence[dict[str, str]] = (),
    came_from: str = "",
    helper: str = "",
    helped_in: str = "",
) -> Signature:
    """Write down that `party` signed `agreement`, within the deed that holds `loan`; after the last one it is signed.

    `account`: from which they let us draw with it; `proof`: what the signature rests on, as plain values; `ticks`: what
    was ticked besides, each {code, language, words}. Every road to a signature ends here.
    """
    signature: Signature = Signature.objects.create(
        agreement=agreement,
        party=party,
        loan=loan,
        account=account,
        **name_put(loan.event, typed_name, proof, ticks, came_from=came_from, helper=helper, helped_in=helped_in),
    )
    follow_on(_sign_when_all_have, loan)
    return signature


def _refuse_twice(loan: Loan, by: User) -> None:
    if loan.signatures.filter(party__user=by).exists():
        raise Refused("signed_already")


def _refuse_early(loan: Loan, by: User, shown: int | None) -> None:
    refuse_early(loan, by, shown)
    questions.refuse_unexplained(loan, by)


def refuse_early(loan: Loan, signer: User, shown: int | None = None) -> None:
    """What every road to a signature waits for; `shown` as for `sign`.

    Raises Refused: nothing_chosen, other_terms_chosen, open_before_signing, no_bank_details.
    """
    questions.refuse_other_terms(loan, shown)
    conditions.refuse_before_signing(loan)
    bank_gates.refuse_before_signing(loan, signer)


def waiting_for(loan: Loan) -> list[Party]:
    """The parties whose signature is still missing."""
    return list(loan.application.parties.exclude(signatures__loan=loan).select_related("user"))


def _sign_when_all_have(loan: Loan) -> None:
    if waiting_for(loan):
        return
    sealing = Sealing()
    with step(loan.sign, by=LEDGER, detail=sealing.detail) as loan:
        loan.signed_at = clock.now()
        sealing.keep(loan)
        Advance.objects.create(loan=loan, cents=loan.principal_cents, planned_on=loan.advance_on)
        _send_copies(loan)


def _send_copies(loan: Loan) -> None:
    """Each party gets their own copy: the very agreement under which they put their name, and the papers beside it."""
    copies = paper_set.copies_of(loan)
    for party in loan.application.parties.select_related("user__phone").order_by("pk"):
        occasion = f"signed:{loan.pk}"
        tell_party(
            loan.application, party, "signed", occasion=occasion, attachments=copies[party.pk], number=loan.number
        )


@once_only(loan_of)
def refuse(loan: Loan, *, by: User, reason: str = "", note: str = "", once: Once | None = None) -> Loan:
    """The borrower does not want this offer, and may say why; the case goes back to the desk, and the others are told.

    `reason` is a code of loans.offer_words.WHY_NOT, or nothing. Raises Refused("not_listed").
    """
    with step(loan.refuse, by=by, note=note, once=once, detail=_why(reason)) as loan:
        _tell_the_others(loan, by)
        follow_on(decision.reconsider, loan.application)
    return loan


@once_only(loan_of)
def decline_to_sign(loan: Loan, *, by: User, reason: str = "", note: str = "", once: Once | None = None) -> Loan:
    """Somebody who would sign with the borrower does not want to: then there is no loan on this offer.

    What they give as a reason is for the office alone. Raises Refused: not_listed, signed_already.
    """
    with step(loan.decline_to_sign, by=by, note=note, once=once, detail=_why(reason)) as loan:
        if loan.signatures.filter(party__user=by).exists():
            raise Refused("signed_already")
        _tell_the_others(loan, by)
        follow_on(decision.reconsider, loan.application)
    return loan


def _why(reason: str) -> dict[str, str]:
    if reason and reason not in WHY_NOT:
        raise Refused("not_listed", field="reason")
    return {"why_not": reason} if reason else {}


def _tell_the_others(loan: Loan, by: User) -> None:
    """Whoever would sign too hears that there is nothing to sign any more, and from whom; not why."""
    parties = list(loan.application.parties.all())
    who = next(str(party) for party in parties if party.user_id == by.pk)
    for party in parties:
        if party.user_id != by.pk:
            tell_party(loan.application, party, "offer_declined", occasion=f"declined:{loan.pk}", who=who)


@once_only(loan_of)
def cancel(loan: Loan, *, by: User, note: str, once: Once | None = None) -> Loan:
    """A manager calls off a signed loan of which nothing was sent. Raises Refused("empty_note")."""
    if not note.strip():
        raise Refused("empty_note")
    with step(loan.cancel, by=by, note=note.strip(), once=once) as loan:
        cancel_advances(loan)
        follow_on(decision.reconsider, loan.application)
    return loan


def cancel_advances(loan: Loan) -> None:
    """Nothing of a loan that is called off will be sent. Called inside a step of `loan`."""
    for advance in loan.advances.exclude(state=Advance.State.CANCELLED):
        with step(advance.cancel, by=LEDGER):
            pass


def lapse_offers(day: date) -> Tally:
    """The clock lets offers lapse that nobody signed in time, and tells the borrower."""

    def tell(loan: Any) -> None:
        tell_borrower(loan.application, "offer_lapsed", occasion=f"lapsed:{loan.pk}")

    late = Loan.objects.filter(state=Loan.State.OFFERED, open_until__lt=day)
    return steps(late, "lapse", by=CLOCK, body=tell)

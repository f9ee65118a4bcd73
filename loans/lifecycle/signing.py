"""The contract: one agreement a language, one signature a party, or no loan."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import override

from accounts import codes
from accounts.actors import CLOCK, LEDGER
from accounts.models import User
from config import clock
from letters.pdf import render_pdf
from loans.lifecycle import decision
from loans.lifecycle.contract import contract_facts, contract_title
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally, deed, follow_on, step, steps
from loans.lifecycle.tell import tell_borrower, tell_parties
from loans.models import Advance, Agreement, Event, Loan, Party, Signature
from vault.models import StoredFile

PURPOSE = "sign"  # of the fresh code


def agreement_for(loan: Loan, language: str) -> Agreement:
    """The agreement in `language`, made the first time somebody asks; its bytes never change afterwards.

    Once the offer is over no other is made: then it is the one that was signed, in whatever language.
    Raises Refused("no_agreement") when nobody ever asked for one.
    """
    with transaction.atomic():
        Loan.objects.select_for_update().get(pk=loan.pk)
        found: Agreement | None = loan.agreements.filter(language=language).first()
        if found:
            return found
        if loan.state != Loan.State.OFFERED:
            return _signed_one(loan)
        with override(language):
            title = contract_title(loan)
            data = render_pdf("loans/agreement.html", contract_facts(loan), language=language, title=title)
        file = StoredFile.objects.put(data, name=f"{loan.number}-{language}.pdf", content_type="application/pdf")
        made: Agreement = Agreement.objects.create(loan=loan, language=language, file=file, made_at=clock.now())
        return made


def _signed_one(loan: Loan) -> Agreement:
    signed = Agreement.objects.filter(signatures__loan=loan).first()
    made: Agreement | None = signed or loan.agreements.first()
    if made is None:
        raise Refused("no_agreement")
    return made


def send_code(loan: Loan, *, by: User) -> None:
    """Mail the signer a fresh code. Raises accounts.codes.CodeError("too_many")."""
    codes.send(by, purpose=PURPOSE, subject=loan.number)


def _loan_of(event: Event) -> Loan:
    loan: Loan = Loan.objects.get(pk=event.subject_id)
    return loan


@once_only(_loan_of)
def sign(
    loan: Loan, *, by: User, language: str, typed_name: str, code: str, agreed: bool, once: Once | None = None
) -> Loan:
    """One party signs the agreement in `language`; with the last signature the loan is signed.

    Raises Refused: not_agreed, no_name, offer_over, signed_already, no_agreement; CodeError when the code proves
    nothing.
    """
    if not agreed:
        raise Refused("not_agreed")
    if not typed_name.strip():
        raise Refused("no_name")
    if loan.open_until < clock.today():
        raise Refused("offer_over")
    if loan.signatures.filter(party__user=by).exists():
        raise Refused("signed_already")
    if not loan.agreements.filter(language=language).exists():
        raise Refused("no_agreement")
    codes.prove(by, purpose=PURPOSE, subject=loan.number, typed=code)
    with deed(loan.put_signature, by=by, once=once, detail={"language": language}) as loan:
        Signature.objects.create(
            agreement=loan.agreements.get(language=language),
            party=loan.application.parties.get(user=by),
            loan=loan,
            event=loan.event,
            typed_name=typed_name.strip()[:150],
            signed_at=clock.now(),
        )
        follow_on(_sign_when_all_have, loan)
    return _loan_of(loan.event)


def waiting_for(loan: Loan) -> list[Party]:
    """The parties whose signature is still missing."""
    return list(loan.application.parties.exclude(signatures__loan=loan).select_related("user"))


def _sign_when_all_have(loan: Loan) -> None:
    if waiting_for(loan):
        return
    with step(loan.sign, by=LEDGER) as loan:
        loan.signed_at = clock.now()
        Advance.objects.create(loan=loan, cents=loan.principal_cents, planned_on=loan.advance_on)
        agreements = {made.language: made.file for made in loan.agreements.select_related("file")}
        tell_parties(
            loan.application, "signed", occasion=f"signed:{loan.pk}", number=loan.number, attachments=agreements
        )


@once_only(_loan_of)
def refuse(loan: Loan, *, by: User, note: str = "", once: Once | None = None) -> Loan:
    """The borrower does not want this offer; the case goes back to the desk."""
    with step(loan.refuse, by=by, note=note, once=once) as loan:
        follow_on(decision.reconsider, loan.application)
    return loan


@once_only(_loan_of)
def cancel(loan: Loan, *, by: User, note: str, once: Once | None = None) -> Loan:
    """A manager calls off a signed loan of which nothing was sent. Raises Refused("empty_note")."""
    if not note.strip():
        raise Refused("empty_note")
    with step(loan.cancel, by=by, note=note.strip(), once=once) as loan:
        for advance in loan.advances.exclude(state=Advance.State.CANCELLED):
            with step(advance.cancel, by=LEDGER):
                pass
        follow_on(decision.reconsider, loan.application)
    return loan


def lapse_offers(day: date) -> Tally:
    """The clock lets offers lapse that nobody signed in time, and tells the borrower."""

    def tell(loan: Any) -> None:
        tell_borrower(loan.application, "offer_lapsed", occasion=f"lapsed:{loan.pk}")

    late = Loan.objects.filter(state=Loan.State.OFFERED, open_until__lt=day)
    return steps(late, "lapse", by=CLOCK, body=tell)

"""The loan agreement: made once a language, thrown away when what it says changed before anybody signed."""

from django.db import transaction
from django.utils.translation import override

from config import clock
from config.languages import BINDING
from loans.lifecycle.contracts.contract import agreement_facts, contract_title
from loans.lifecycle.contracts.printing import printed
from loans.lifecycle.refusal import Refused
from loans.models import Agreement, Loan, LoanPaper, VoidAgreement

TEMPLATE = "loans/agreement.html"


def agreement_for(loan: Loan, language: str) -> Agreement:
    """The agreement in `language`, made the first time somebody asks; its bytes never change afterwards.

    Where the house has a certificate they carry its signature from the start: what a party reads is what they sign.

    Once the offer is over no other is made: then it is the one that was signed, in whatever language.
    Raises Refused: no_agreement when nobody ever asked for one, nothing_chosen before the borrower chose among options;
    ValueError for a language that binds nobody.
    """
    if language not in BINDING:
        raise ValueError(f"an agreement is made in {' or '.join(BINDING)}, not in {language!r}")
    with transaction.atomic():
        loan = Loan.objects.select_for_update().get(pk=loan.pk)
        found: Agreement | None = loan.agreements.filter(language=language).first()
        if found:
            return found
        if loan.state != Loan.State.OFFERED:
            return signed_one(loan)
        if loan.waits_for_choice:
            raise Refused("nothing_chosen")
        return _made(loan, language)


def _made(loan: Loan, language: str) -> Agreement:
    with override(language):
        title, facts = contract_title(loan), agreement_facts(loan)
    code, file = printed(TEMPLATE, facts, language=language, title=title, name=f"{loan.number}-{language}.pdf")
    made: Agreement = Agreement.objects.create(loan=loan, language=language, file=file, code=code, made_at=clock.now())
    return made


def signed_one(loan: Loan) -> Agreement:
    """The agreement that was signed, or else the first that was made. Raises Refused: no_agreement."""
    signed = Agreement.objects.filter(signatures__loan=loan).first()
    made: Agreement | None = signed or loan.agreements.first()
    if made is None:
        raise Refused("no_agreement")
    return made


def throw_away_agreements(loan: Loan, why: VoidAgreement.Why) -> None:
    """Nobody signed them: their bytes go, their codes and hashes stay, for whoever kept a copy. The loan is locked."""
    for agreement in loan.agreements.select_related("file"):
        _throw_away(agreement, "", why)


def throw_away_papers(loan: Loan, why: VoidAgreement.Why) -> None:
    """The same for the papers beside them."""
    for paper in loan.papers.select_related("file"):
        _throw_away(paper, paper.kind, why)


def _throw_away(made: Agreement | LoanPaper, kind: str, why: VoidAgreement.Why) -> None:
    kept = {name: getattr(made, name) for name in ("loan", "language", "code", "made_at")}
    VoidAgreement.objects.create(**kept, kind=kind, why=why, sha256=made.file.sha256)
    made.delete()
    made.file.discard()

"""Whether an agreement that somebody holds, or a paper beside it, is genuine, by the code on it or by the file. It
tells no secret.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from letters.codes import ALPHABET, read_code
from loans.lifecycle.contracts import debit_signing
from loans.lifecycle.contracts.printing import MARK
from loans.models import Agreement, Loan, LoanPaper, VoidAgreement
from loans.models.agreement import CODE_LENGTH
from loans.models.loan import OVER
from money.book import FactKind

_SIGN = "|".join(f"{ord(sign):x}" for sign in ALPHABET)
_PLAIN = re.compile(rf"{MARK}([{ALPHABET}]{{{CODE_LENGTH}}})".encode())
_IN_HEX = re.compile(rf"{MARK.encode().hex()}((?:{_SIGN}){{{CODE_LENGTH}}})".encode(), re.IGNORECASE)
_LONGEST_MARK = 2 * (len(MARK) + CODE_LENGTH)
OF_THE_CONTRACT = (LoanPaper.Kind.DISCLOSURE, LoanPaper.Kind.DEBIT_AGREEMENT, LoanPaper.Kind.PRIVACY)


class Verdict(StrEnum):
    """What is told. Those after `ALTERED` say why an agreement that we made is not the one in force."""

    GENUINE = "genuine"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    NOT_SIGNED = "not_signed"
    OTHER_LANGUAGE = "other_language"
    MADE_ANEW = "made_anew"
    CHOSEN_OTHERWISE = "chosen_otherwise"
    OWN_TERMS = "own_terms"
    OTHER_ACCOUNT = "other_account"
    AMENDED = "amended"
    LATER_ONE = "later_one"
    NOT_USED = "not_used"
    CALLED_OFF = "called_off"


VOID: dict[str, Verdict] = {
    VoidAgreement.Why.OPTION: Verdict.CHOSEN_OTHERWISE,
    VoidAgreement.Why.OWN_TERMS: Verdict.OWN_TERMS,
    VoidAgreement.Why.ACCOUNT: Verdict.OTHER_ACCOUNT,
}


@dataclass(frozen=True)
class Told:
    """What anybody is told of a paper: the verdict, and of one that we know when, in which language it was made and by
    how many it was signed. `kind`: one of LoanPaper.Kind, or "" for the agreement.
    """

    verdict: Verdict
    made_at: datetime | None = None
    language: str = ""
    signers: int = 0
    kind: str = ""


NOTHING = Told(Verdict.UNKNOWN)


def told_by_code(typed: str) -> Told:
    """What may be told of the agreement with the code that was typed."""
    code = read_code(typed, CODE_LENGTH)
    return _told(Q(code=code), Q(code=code)) if code else NOTHING


def told_by_file(pieces: Iterable[bytes]) -> Told:
    """What may be told of a file, read piece by piece: of our very bytes as by their code; of others that still carry
    a code of ours that they were changed.
    """
    digest, end, code = hashlib.sha256(), b"", ""
    for piece in pieces:
        digest.update(piece)
        code = code or _code_in(end + piece)
        end = (end + piece)[-_LONGEST_MARK:]
    told = _told(Q(file__sha256=digest.hexdigest()), Q(sha256=digest.hexdigest()))
    if told != NOTHING or not code:
        return told
    known = told_by_code(code)
    return NOTHING if known == NOTHING else replace(known, verdict=Verdict.ALTERED)


def _code_in(data: bytes) -> str:
    """The code of the identifier that a PDF carries, written plainly or in hexadecimal digits; or an empty text."""
    if found := _PLAIN.search(data):
        return found.group(1).decode()
    found = _IN_HEX.search(data)
    return bytes.fromhex(found.group(1).decode()).decode() if found else ""


def _told(made: Q, void: Q) -> Told:
    agreement = Agreement.objects.filter(made).select_related("loan").first()
    if agreement is not None:
        signers = agreement.signatures.count()
        return Told(_verdict(agreement, signers), agreement.made_at, agreement.language, signers)
    paper = LoanPaper.objects.filter(made).select_related("loan").first()
    if paper is not None:
        return Told(_verdict_on(paper), paper.made_at, paper.language, _signers_of(paper), paper.kind)
    thrown_away = VoidAgreement.objects.filter(void).first()
    if thrown_away is not None:
        verdict = VOID.get(thrown_away.why, Verdict.MADE_ANEW)
        return Told(verdict, thrown_away.made_at, thrown_away.language, kind=thrown_away.kind)
    return NOTHING


def _verdict(agreement: Agreement, signers: int) -> Verdict:
    loan = agreement.loan
    if loan.state in OVER:
        return Verdict.CALLED_OFF
    if loan.state == Loan.State.OFFERED:
        return Verdict.NOT_SIGNED
    if not signers:
        return Verdict.OTHER_LANGUAGE
    return Verdict.AMENDED if _is_amended(loan) else Verdict.GENUINE


def _verdict_on(paper: LoanPaper) -> Verdict:
    """What the papers of a contract are worth goes with its signatures; what came later was only ever told."""
    if paper.kind not in OF_THE_CONTRACT:
        return Verdict.GENUINE
    loan = paper.loan
    if loan.state in OVER:
        return Verdict.CALLED_OFF
    if paper.kind == LoanPaper.Kind.DEBIT_AGREEMENT:
        return _verdict_on_debit(paper)
    if loan.state == Loan.State.OFFERED:
        return Verdict.NOT_SIGNED
    if not _signers_of(paper):
        return Verdict.OTHER_LANGUAGE
    amended = paper.kind == LoanPaper.Kind.DISCLOSURE and _is_amended(loan)
    return Verdict.AMENDED if amended else Verdict.GENUINE


def _verdict_on_debit(paper: LoanPaper) -> Verdict:
    """A debit agreement is in force from its payer’s yes until another account may be used, to which they agreed."""
    if debit_signing.is_refused(paper):
        return Verdict.NOT_USED
    agreed = debit_signing.agreed_to(paper)
    if debit_signing.is_replaced(paper, agreed):
        return Verdict.LATER_ONE
    if paper.loan.state == Loan.State.OFFERED:
        return Verdict.NOT_SIGNED
    if agreed:
        return Verdict.GENUINE
    twins = paper.loan.papers.filter(kind=paper.kind, party=paper.party_id, occasion=paper.occasion)
    is_signed_elsewhere = any(debit_signing.agreed_to(twin) for twin in twins.exclude(pk=paper.pk))
    return Verdict.OTHER_LANGUAGE if is_signed_elsewhere else Verdict.NOT_SIGNED


def _signers_of(paper: LoanPaper) -> int:
    """How many signed the contract in the language of this paper; of a debit agreement, whether its payer did."""
    if paper.kind == LoanPaper.Kind.DEBIT_AGREEMENT:
        return int(debit_signing.agreed_to(paper) is not None)
    signatures = paper.loan.signatures.filter(agreement__language=paper.language)
    return int(signatures.count()) if paper.kind in OF_THE_CONTRACT else 0


def _is_amended(loan: Loan) -> bool:
    """Whether a later change stands beside what was signed; a rate that moves with its index was agreed to."""
    kinds = [
        FactKind.PAUSE,
        FactKind.RESCHEDULE,
        FactKind.WAIVER,
        *([] if loan.follows_index else [FactKind.RATE_CHANGE]),
    ]
    return bool(loan.facts.filter(kind__in=kinds, reversed_by=None).exists())

"""The sealed file of a signing: what it takes to prove, years later, who signed what, when and how.

Canonical JSON, kept as a StoredFile. It names people and is erased when the years of the file are over; its SHA-256
stands in ink, in the event of the last signature and in a SigningRecord, which the nightly root takes up. The signed
documents lie beside it and are named by their hashes.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from config import clock
from loans.lifecycle.deciding.record import AT_ONCE, canonical
from loans.lifecycle.deciding.record_policy import code_hash
from loans.lifecycle.lending.planning import agreed_plan
from loans.lifecycle.offering import questions
from loans.models import (
    Agreement,
    Consent,
    DebitSignature,
    Event,
    Loan,
    LoanPaper,
    PaperSignature,
    Signature,
    SigningFile,
    SigningRecord,
)
from loans.models.history import new_salt
from vault.errors import VaultError
from vault.models import StoredFile

HASH_VERSION = 1
KEY = "evidence"  # in the detail of the event of the last signature: the hash
SEALED_BY = ("sign", "seal_debit")
FORMAT = 2  # 1 knew neither ticks nor questions


class Sealing:
    """One signing on its way: `detail` goes to the road (lifecycle.step), `keep` to the body of the step.

    Of the whole loan, or of one `debit` agreement for another account.
    """

    def __init__(self, debit: DebitSignature | None = None) -> None:
        self.debit, self.data, self.hash = debit, b"", ""

    def detail(self, loan: Loan) -> dict[str, Any]:
        """The codes of the signing's event: the hash of all that is proved, as it stands on the locked row."""
        parts = parts_of(loan) if self.debit is None else debit_parts_of(loan, self.debit)
        self.data = canonical(parts).encode()
        self.hash = hashlib.sha256(self.data).hexdigest()
        return {KEY: self.hash}

    def keep(self, loan: Loan) -> SigningRecord:
        """Lay the file down beside the event of the signing."""
        record: SigningRecord = SigningRecord.objects.create(
            loan=loan,
            paper=self.debit.paper if self.debit else None,
            event=loan.event,
            made_at=loan.event.at,
            hash=self.hash,
            hash_version=HASH_VERSION,
        )
        what = "debit" if self.debit else "signing"
        file = StoredFile.objects.put(self.data, name=f"{loan.number}-{what}.json", content_type="application/json")
        SigningFile.objects.create(record=record, file=file)
        return record


def parts_of(loan: Loan) -> dict[str, Any]:
    """All that a signing proves, as plain values; `salt` keeps a short file from being guessed by its hash."""
    signatures = loan.signatures.select_related("agreement__file", "party__user").order_by("pk")
    consents = Consent.objects.filter(application=loan.application_id).select_related("user").order_by("pk")
    agreements = loan.agreements.select_related("file").order_by("pk")
    papers = loan.papers.select_related("file").order_by("pk")
    return {
        "format": FORMAT,
        "salt": new_salt(),
        "loan": loan.number,
        "made_at": _moment(clock.now()),
        "documents": [*(_document(each) for each in agreements), *(_beside(each) for each in papers)],
        "signatures": [_signature(each, each.agreement.file) for each in signatures],
        "questions": [{**each, "at": _moment(each["at"])} for each in questions.explained_of(loan)],
        "consents": [_consent(each) for each in consents],
        "terms": _plain(asdict(loan.terms)),
        "option": loan.chosen,
        "plan": [_plain(row) for row in agreed_plan(loan).rows.order_by("number").values(*PLAN)],
        "engine": code_hash(),
    }


def debit_parts_of(loan: Loan, signature: DebitSignature) -> dict[str, Any]:
    """All that the signing of a debit agreement proves, in the same words; its figures stand in the paper itself."""
    return {
        "format": FORMAT,
        "salt": new_salt(),
        "loan": loan.number,
        "made_at": _moment(clock.now()),
        "documents": [_beside(signature.paper)],
        "signatures": [_signature(signature, signature.paper.file)],
    }


PLAN = ("number", "due_on", "payable_by", "principal_cents", "interest_cents", "fees_cents", "balance_cents")


AGREEMENT = "loan_agreement"  # the kind of a document; the others are those of LoanPaper


def _document(made: Agreement | LoanPaper, kind: str = AGREEMENT) -> dict[str, Any]:
    return {
        "key": made.pk,
        "kind": kind,
        "language": made.language,
        "code": made.code,
        "made_at": _moment(made.made_at),
        "bytes": made.file.size,
        "sha256": made.file.sha256,
    }


def _beside(paper: LoanPaper) -> dict[str, Any]:
    """`party`: the key of the person for whose eyes alone it is, None when it is for all."""
    return {**_document(paper, paper.kind), "party": paper.party_id, "occasion": paper.occasion}


def _signature(signature: Signature | DebitSignature, document: StoredFile) -> dict[str, Any]:
    party = signature.party
    return {
        "event": signature.event_id,
        "as": party.kind,
        "name": party.user.name,
        "email": party.user.email,
        "typed_name": signature.typed_name,
        "signed_at": _moment(signature.signed_at),
        "document": document.sha256,
        "proof": signature.proof,
        "ticks": signature.ticks,
        "came_from": signature.came_from,
        "helper": signature.helper and {"name": signature.helper, "language": signature.helped_in},
        "on_paper": _on_paper(signature),
    }


def _on_paper(signature: Signature | DebitSignature) -> dict[str, Any] | None:
    """Of a signature by hand: what was recorded of it and by whom, who confirmed it, and the scan by its hash."""
    papers = PaperSignature.objects.filter(confirmed=signature.event_id)
    paper = papers.select_related("event__by", "scan").first()
    if paper is None:
        return None
    return {
        "scan": paper.scan.sha256,
        "bytes": paper.scan.size,
        "signed_on": paper.signed_on.isoformat(),
        "explained_by": paper.explained_by,
        "statement": paper.statement,
        "statement_version": paper.statement_version,
        "recorded": _looked(paper.event),
        "confirmed": _looked(signature.event),
    }


def _looked(event: Event) -> dict[str, str]:
    """Which member of staff looked at a paper, and when."""
    return {
        "name": event.by.name if event.by else "",
        "email": event.by.email if event.by else "",
        "at": _moment(event.at),
    }


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "by": consent.user.email,
        "purpose": consent.purpose,
        "version": consent.text_version,
        "language": consent.language,
        "words": consent.as_read,
        "given_at": _moment(consent.given_at),
        "withdrawn_at": consent.withdrawn_at and _moment(consent.withdrawn_at),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _plain(value: Any) -> Any:
    """A value of the engine as JSON says it: days in ISO form, fractions as text."""
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case None | bool() | int() | str():
            return value
    raise TypeError(f"terms hold no {type(value).__name__}")


def wrong() -> Iterator[tuple[str, str]]:
    """What is wrong with the signings: (the loan's number, sentence); nothing when all prove theirs."""
    records = SigningRecord.objects.select_related("loan", "event", "body__file").order_by("pk")
    erased: set[int] | None = None  # looked up once one is gone
    agreements = Prefetch("loan__agreements", Agreement.objects.select_related("file"))
    papers = Prefetch("loan__papers", LoanPaper.objects.select_related("file"))
    for record in records.prefetch_related(agreements, papers).iterator(chunk_size=AT_ONCE):
        if record.event.detail.get(KEY) != record.hash:
            yield record.loan.number, "the story of the signing names another sealed file"
        if record.is_erased:
            erased = _erased() if erased is None else erased
            if record.pk not in erased:
                yield record.loan.number, "the sealed file of the signing is gone before its years are over"
            continue
        yield from ((record.loan.number, what) for what in _wrong_with(record))
    told = Event.objects.filter(subject_kind="loan", verb__in=SEALED_BY, detail__has_key=KEY, signing=None)
    for event in told.iterator(chunk_size=AT_ONCE):
        yield Loan.objects.get(pk=event.subject_id).number, "the sealed file of the signing is missing"


def _erased() -> set[int]:
    erasures = Event.objects.filter(subject_kind="application", verb="erase_record", detail__has_key="signing_key")
    return set(erasures.values_list("detail__signing_key", flat=True))


def _wrong_with(record: SigningRecord) -> Iterator[str]:
    data = _bytes_of(record.body.file)
    if hashlib.sha256(data).hexdigest() != record.hash:
        yield "the sealed file of the signing is not the one that was made"
        return
    parts = json.loads(data)
    for told in filter(None, (each.get("on_paper") for each in parts["signatures"])):
        scans = PaperSignature.objects.filter(loan=record.loan_id, scan__sha256=told["scan"]).select_related("scan")
        scan = scans.first()
        if scan is None or hashlib.sha256(_bytes_of(scan.scan)).hexdigest() != told["scan"]:
            yield "the scan of a signature on paper is not the one that was confirmed"
    held: dict[tuple[str, int], Agreement | LoanPaper]
    held = {(AGREEMENT, agreement.pk): agreement for agreement in record.loan.agreements.all()}
    held |= {(paper.kind, paper.pk): paper for paper in record.loan.papers.all()}
    for told in parts["documents"]:
        made = held.get((told["kind"], told["key"]))
        if made is None or hashlib.sha256(_bytes_of(made.file)).hexdigest() != told["sha256"]:
            what = "agreement" if told["kind"] == AGREEMENT else told["kind"]
            yield f"the {what} in {told['language']} is not the one that was signed"


def _bytes_of(file: StoredFile) -> bytes:
    """The bytes as they lie there, empty when they cannot be read."""
    try:
        data: bytes = file.read()
    except VaultError:
        return b""
    return data

"""Which papers a contract has for each of its parties, and which of them are there. Nothing is made here.

For each party, in a language: the agreement, the cost of borrowing statement, the privacy summary, and, for whoever
pays from their own account, the pre-authorised debit agreement. A guarantor gives no account and gets none of those.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from loans.lifecycle.contracts.contract import KEPT
from loans.lifecycle.contracts.debit import key_of_account, occasion_for, pays_by_debit
from loans.models import Agreement, BankAccount, Loan, LoanPaper, Party
from vault.models import StoredFile

Kind = LoanPaper.Kind
OFFER = "offer"  # the occasion of what is made with the offer
OF_ALL = (Kind.DISCLOSURE, Kind.PRIVACY)
PARTS = (
    "application__parties__user",
    "agreements",
    "papers",
    "signatures__agreement",
)  # of which a set is put together
NONE_KNOWN: Mapping[int | None, int | None] = {}
ORDER = (Kind.DISCLOSURE, Kind.DEBIT_AGREEMENT, Kind.PRIVACY)  # in which people read them


class Wanted(NamedTuple):
    """One paper that belongs to a contract; `party` where it is for one person alone."""

    kind: LoanPaper.Kind
    language: str
    occasion: str
    party: Party | None


@dataclass(frozen=True)
class PaperSet:
    """What one party has in one language: the agreement, the papers beside it as people read them, and what is missing.

    `missing` names nothing for a person who is no party.
    """

    agreement: Agreement | None
    beside: list[LoanPaper]
    missing: list[Wanted]

    @property
    def is_whole(self) -> bool:
        """Whether everything is there."""
        return self.agreement is not None and not self.missing

    @property
    def files(self) -> list[StoredFile]:
        """All that is there."""
        return [made.file for made in (self.agreement, *self.beside) if made is not None]

    @property
    def fingerprint(self) -> str:
        """64 hex digits that change with every paper that is made anew: which set somebody has read."""
        return hashlib.sha256("".join(file.sha256 for file in self.files).encode()).hexdigest()

    @property
    def made_at(self) -> datetime | None:
        """When the newest of them was made; None where there is none."""
        return max((made.made_at for made in (self.agreement, *self.beside) if made is not None), default=None)


def set_of(loan: Loan, party: Party | None, language: str, account: int | None = None) -> PaperSet:
    """What this party has in this language; its debit agreement is that of their newest bank details, or of those with
    the key `account`. Two queries, and a third while there is no debit agreement yet.
    """
    agreement = loan.agreements.select_related("file").filter(language=language).first()
    newest = BankAccount.objects.filter(party=OuterRef("party"), **KEPT).order_by("-pk").values("pk")[:1]
    papers = loan.papers.select_related("file").filter(language=language).annotate(account=Subquery(newest))
    accounts: dict[int | None, int | None] = {made.party_id: made.account for made in papers if made.party_id}
    if party and account:
        accounts[party.pk] = account
    return _put_together(party, language, agreement, papers, accounts)


def lacking(loans: "QuerySet[Loan]") -> list[Loan]:
    """Those of these loans of which a party lacks something in the language that binds them. Eight queries, however
    many loans they are.
    """
    accounts = _newest_accounts(loans)
    read = loans.select_related("application").prefetch_related(*PARTS)
    return [loan for loan in read if not _is_whole(loan, accounts)]


def _is_whole(loan: Loan, accounts: Mapping[int, int]) -> bool:
    """Whether each party has everything, of a loan that was read with all of it."""
    for party in loan.application.parties.all():
        language = _bound_in(loan, party)
        agreement = next((made for made in loan.agreements.all() if made.language == language), None)
        papers = [made for made in loan.papers.all() if made.language == language]
        if not _put_together(party, language, agreement, papers, {party.pk: accounts.get(party.pk)}).is_whole:
            return False
    return True


def _bound_in(loan: Loan, party: Party) -> str:
    """`language_of`, of a loan that was read with its signatures."""
    signed = (each.agreement.language for each in loan.signatures.all() if each.party_id == party.pk)
    return next(signed, None) or party.user.binds_in


def _newest_accounts(loans: "QuerySet[Loan]") -> dict[int, int]:
    """The key of the newest bank details of each party to these loans that told some, by the key of the party."""
    told = BankAccount.objects.filter(party__application__loans__in=loans.order_by().values("pk"), **KEPT)
    return dict(told.order_by("pk").values_list("party", "pk"))


def _put_together(
    party: Party | None,
    language: str,
    agreement: Agreement | None,
    papers: Iterable[LoanPaper],
    accounts: Mapping[int | None, int | None],
) -> PaperSet:
    there: dict[tuple[str, str, int | None], LoanPaper] = {_name_of(made): made for made in papers}
    asked = wanted(party, language, accounts) if party else []
    found = [there.get((each.kind, each.occasion, each.party.pk if each.party else None)) for each in asked]
    beside = [made for made in found if made is not None]
    beside.sort(key=lambda made: ORDER.index(Kind(made.kind)))
    missing = [each for each, made in zip(asked, found, strict=True) if made is None]
    return PaperSet(agreement, beside, missing)


def _name_of(made: LoanPaper) -> tuple[str, str, int | None]:
    return made.kind, made.occasion, made.party_id


def wanted(party: Party, language: str, accounts: Mapping[int | None, int | None] = NONE_KNOWN) -> list[Wanted]:
    """The papers beside the agreement that this party should have in this language.

    `accounts`: {key of a party: key of their newest bank details}, of those whose are known; else they are looked up.
    """
    of_all = [Wanted(kind, language, OFFER, None) for kind in OF_ALL]
    if party.kind == Party.Kind.GUARANTOR:
        return of_all
    account = accounts[party.pk] if party.pk in accounts else key_of_account(party)
    own = (
        [Wanted(Kind.DEBIT_AGREEMENT, language, occasion_for(account), party)] if pays_by_debit(party, account) else []
    )
    return [*of_all, *own]


def is_ready(loan: Loan, user: User, language: str) -> bool:
    """Whether everything is there that this person would sign; of a stranger to the loan only the agreement counts."""
    return set_of(loan, loan.application.parties.filter(user=user).first(), language).is_whole


def copies_of(loan: Loan) -> dict[int, list[StoredFile]]:
    """What each party is sent once all have signed, by the key of the party: the agreement as they signed it, and the
    papers beside it in its language, of the account that they signed for.
    """
    signatures = loan.signatures.select_related("agreement", "party")
    return {
        each.party_id: set_of(loan, each.party, each.agreement.language, each.account_id).files for each in signatures
    }


def language_of(loan: Loan, party: Party) -> str:
    """The language in which this person signed the loan, or else the one that binds them."""
    signed = loan.signatures.filter(party=party).values_list("agreement__language", flat=True).first()
    return signed or party.user.binds_in

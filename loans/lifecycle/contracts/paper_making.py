"""Who makes the papers of a contract: a worker, rung when the offer is there or changed, and a sweep for what was lost.

Each paper is made once, under the lock of its loan, in a transaction of its own: a worker that dies leaves it unmade,
and the next one begins it anew.
"""

import logging

from celery import shared_task
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import override
from kombu.exceptions import OperationalError

from config.languages import BINDING
from loans.lifecycle.contracts.agreements import agreement_for, throw_away_agreements
from loans.lifecycle.contracts.clauses import clauses_for
from loans.lifecycle.contracts.contract import contract_facts, paper_title
from loans.lifecycle.contracts.debit import debit_facts, key_of_account, occasion_for
from loans.lifecycle.contracts.disclosure import disclosure_facts
from loans.lifecycle.contracts.loan_papers import paper_for
from loans.lifecycle.contracts.paper_set import Kind, Wanted, lacking, language_of, set_of
from loans.models import Application, BankAccount, ContractClause, Loan, LoanPaper, Party, VoidAgreement
from loans.models.bank_account import MONEY_MOVES

log = logging.getLogger(__name__)

TEMPLATES = {
    Kind.DISCLOSURE: "loans/papers/disclosure.html",
    Kind.DEBIT_AGREEMENT: "loans/papers/debit_agreement.html",
    Kind.PRIVACY: "loans/papers/privacy.html",
}


def ring(loan: Loan, language: str = "") -> None:
    """Once this is committed, a worker makes what is missing: for each party in their language, or in `language`."""
    transaction.on_commit(lambda: make_papers.delay(loan.pk, language), robust=True)


@shared_task  # type: ignore[untyped-decorator]
def make_papers(loan_pk: int, language: str = "") -> None:
    """The doorbell of `make_all`; it may ring twice."""
    make_all(Loan.objects.get(pk=loan_pk), language)


def make_all(loan: Loan, language: str = "") -> None:
    """Make what is missing for each party, in `language`, or that in which they signed, or that which binds them.
    Nothing before an option is chosen.
    """
    for party in loan.application.parties.select_related("user"):
        make_set(loan, party, language or language_of(loan, party))


def make_set(loan: Loan, party: Party, language: str) -> None:
    """Make what this party lacks in this language; of a loan that was signed, only a debit agreement for other details.

    Raises ValueError for a language that binds nobody.
    """
    if language not in BINDING:
        raise ValueError(f"papers are made in {' or '.join(BINDING)}, not in {language!r}")
    if _is_open(loan):
        agreement_for(loan, language)
    for each in set_of(loan, party, language).missing:
        _make(loan, each)


def _is_open(loan: Loan) -> bool:
    return loan.state == Loan.State.OFFERED and not loan.waits_for_choice


def _make(loan: Loan, each: Wanted) -> LoanPaper | None:
    """One paper from the facts as they stand now, unless it is not wanted any more."""
    with transaction.atomic():
        loan = Loan.objects.select_for_update().get(pk=loan.pk)
        is_running = loan.state in MONEY_MOVES and each.kind == Kind.DEBIT_AGREEMENT and not loan.waits_for_choice
        if not (_is_open(loan) or is_running):
            return None
        if each.party is not None and each.occasion != occasion_for(key_of_account(each.party)):
            return None  # other bank details came before the lock did
        with override(each.language):
            title, facts = paper_title(loan, each.kind), _facts(loan, each)
        return paper_for(
            loan,
            each.kind,
            language=each.language,
            occasion=each.occasion,
            template=TEMPLATES[each.kind],
            title=title,
            facts=facts,
            party=each.party,
        )


def _facts(loan: Loan, each: Wanted) -> dict[str, object]:
    if each.party is not None:
        return debit_facts(loan, each.party)
    if each.kind == Kind.DISCLOSURE:
        return disclosure_facts(loan)
    return {**contract_facts(loan), "clauses": clauses_for(loan, ContractClause.Paper.PRIVACY)}


def ask(loan: Loan, language: str) -> None:
    """Ring now, for somebody who looks at the page; where nobody answers, the sweep comes by."""
    try:
        make_papers.delay(loan.pk, language)
    except OperationalError as error:
        log.warning("nobody answers the bell for the papers of loan %s: %s", loan.pk, type(error).__name__)


@shared_task  # type: ignore[untyped-decorator]
def make_waiting() -> int:
    """Every minute: what a lost broker or a dead worker left; says of how many loans. What fails is passed over."""
    made = 0
    for loan in [*_lacking_offers(), *_lacking_debits()]:
        try:
            make_all(loan)
            made += 1
        except Exception:
            log.exception("the papers of loan %s were not made", loan.pk)
    return made


def _lacking_offers() -> list[Loan]:
    offered = Loan.objects.filter(state=Loan.State.OFFERED).order_by("pk")
    return [loan for loan in lacking(offered) if not loan.waits_for_choice]


def _lacking_debits() -> "QuerySet[Loan]":
    """Signed loans with a debit agreement, but none for the newest bank details of the same person."""
    own = LoanPaper.objects.filter(kind=Kind.DEBIT_AGREEMENT, party=OuterRef("party"))
    occasion = Concat(Value("bank:"), Cast("pk", CharField()))
    kept = BankAccount.objects.filter(refused=None, erased_on=None).alias(occasion=occasion)
    kept = kept.filter(Exists(own), ~Exists(own.filter(occasion=OuterRef("occasion"))))
    later = BankAccount.objects.filter(party=OuterRef("party"), pk__gt=OuterRef("pk"), refused=None, erased_on=None)
    lacking = kept.exclude(Exists(later)).values("party__application")
    running = Loan.objects.filter(state__in=[Loan.State.SIGNED, Loan.State.ACTIVE], application__in=lacking)
    found: QuerySet[Loan] = running.order_by("pk")
    return found


def account_changed(case: Application, party: Party) -> None:
    """Other bank details of this person count from now on: a new debit agreement, and of an offer that nobody signed a
    new agreement, as it names the account. The case is locked.
    """
    for loan in case.loans.select_for_update().filter(state__in=MONEY_MOVES).order_by("pk"):
        names_it = party.kind == Party.Kind.BORROWER and loan.state == Loan.State.OFFERED
        if names_it and not loan.signatures.exists():
            throw_away_agreements(loan, VoidAgreement.Why.ACCOUNT)
        ring(loan)

"""What waits for bank details: the borrower's signature until they are entered, an advance until they are in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from config import clock
from loans import rules
from loans.lifecycle.refusal import Refused
from loans.models import Advance, BankAccount, Loan, Party


class Lack(StrEnum):
    """What is missing before money moves."""

    TO_ENTER = "to_enter"  # the borrower has given none, or they were not taken
    TO_VERIFY = "to_verify"  # a second person has yet to compare them with a paper
    TO_HOLD = "to_hold"  # they are verified, and their waiting days are not over


@dataclass(frozen=True)
class Waiting:
    """Why no money of a case moves: what lacks, and the day on which it will, where that is known."""

    lack: Lack
    until: date | None = None


def with_details(loans: Any) -> Any:
    """These loans (a query), each knowing whether its borrower has entered bank details, without a question more."""
    borrower = {"party__application": OuterRef("application"), "party__kind": Party.Kind.BORROWER}
    return loans.annotate(has_bank_details=Exists(BankAccount.objects.standing().filter(**borrower)))


def wanted_before_signing(loan: Loan, by: User) -> bool:
    """Whether `by` is the borrower and has yet to say where the money goes: of other signers nothing is asked."""
    if not rules.is_owner(loan, by):
        return False
    if hasattr(loan, "has_bank_details"):  # of `with_details`
        return not loan.has_bank_details
    return not _standing([loan.application_id]).exists()


def refuse_before_signing(loan: Loan, by: User) -> None:
    """Raise Refused("no_bank_details") while the borrower, who is about to sign, has entered none for the loan."""
    if wanted_before_signing(loan, by):
        raise Refused("no_bank_details")


def refuse_before_advance(advance: Advance, on: date | None = None) -> None:
    """Raise Refused("details_not_verified") where the borrower has no verified details by which money moves on `on`
    (today).
    """
    if waits_of([advance.loan.application_id], on):
        raise Refused("details_not_verified")


def waits_of(cases: Iterable[int], on: date | None = None) -> dict[int, Waiting]:
    """{key of a case: why its money does not move on `on` (today)}, of those of `cases` (keys) for which it does not.
    One query.

    While other details wait, or wait for their day, the ones before stay in force: then nothing is missing.
    """
    keys = list(cases)
    found: dict[int, list[tuple[bool, date]]] = {key: [] for key in keys}
    columns = ("party__application", "verified", "usable_from")
    for key, verified, usable_from in _standing(keys).values_list(*columns) if keys else ():
        found[key].append((verified is not None, usable_from))
    waits = {key: _waiting(entries, on or clock.today()) for key, entries in found.items()}
    return {key: waiting for key, waiting in waits.items() if waiting}


def _waiting(entries: list[tuple[bool, date]], on: date) -> Waiting | None:
    days = [usable_from for is_verified, usable_from in entries if is_verified]
    if days:
        return None if min(days) <= on else Waiting(Lack.TO_HOLD, min(days))
    return Waiting(Lack.TO_VERIFY if entries else Lack.TO_ENTER)


def _standing(cases: list[int]) -> "QuerySet[BankAccount]":
    whose = {"party__application__in": cases, "party__kind": Party.Kind.BORROWER}
    rows: QuerySet[BankAccount] = BankAccount.objects.standing().filter(**whose).order_by("pk")
    return rows

"""What waits for bank details: the borrower's signature until they are entered, an advance until they are in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from accounts.models import User
from config import clock
from loans import rules
from loans.lifecycle.refusal import Refused
from loans.models import Advance, BankAccount, Loan, Party


class Lack(StrEnum):
    """What is missing before money moves."""

    TO_ENTER = "to_enter"  # the borrower has given none, or they were not taken
    TO_VERIFY = "to_verify"  # a second person has yet to compare them with a paper
    TO_AGREE = "to_agree"  # they are verified, and their owner has yet to agree to their debit agreement
    TO_HOLD = "to_hold"  # nothing but their waiting days is left


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
    """Raise Refused where the borrower has no details by which money moves on `on` (today): debit_not_agreed where only
    the yes to their debit agreement is missing, else details_not_verified.
    """
    waiting = waits_of([advance.loan.application_id], on).get(advance.loan.application_id)
    if waiting is not None:
        raise Refused("debit_not_agreed" if waiting.lack == Lack.TO_AGREE else "details_not_verified")


def waits_of(cases: Iterable[int], on: date | None = None) -> dict[int, Waiting]:
    """{key of a case: why its money does not move on `on` (today)}, of those of `cases` (keys) for which it does not.
    One query.

    While other details wait, or wait for their day, the ones before stay in force: then nothing is missing.
    """
    keys = list(cases)
    found: dict[int, list[_Entry]] = {key: [] for key in keys}
    columns = ("verified", "is_allowed", "usable_from")
    rows = _standing(keys).knowing_authority().values_list("party__application", *columns) if keys else ()
    for key, verified, is_allowed, usable_from in rows:
        found[key].append(_Entry(verified is not None, is_allowed, usable_from))
    waits = {key: _waiting(entries, on or clock.today()) for key, entries in found.items()}
    return {key: waiting for key, waiting in waits.items() if waiting}


class _Entry(NamedTuple):
    is_verified: bool
    is_allowed: bool
    usable_from: date


def _waiting(entries: list[_Entry], on: date) -> Waiting | None:
    """Of one case, `entries` in the order in which they were made: only the newest may still be agreed to."""
    days = [each.usable_from for each in entries if each.is_verified and each.is_allowed]
    if days:
        return None if min(days) <= on else Waiting(Lack.TO_HOLD, min(days))
    if not entries:
        return Waiting(Lack.TO_ENTER)
    return Waiting(Lack.TO_AGREE if entries[-1].is_verified else Lack.TO_VERIFY)


def _standing(cases: list[int]) -> Any:
    whose = {"party__application__in": cases, "party__kind": Party.Kind.BORROWER}
    return BankAccount.objects.standing().filter(**whose).order_by("pk")

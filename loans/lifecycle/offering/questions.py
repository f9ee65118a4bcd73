"""Three short questions before somebody signs, with their own figures: the first payment, the total, and bad times.

Nobody fails: a wrong answer is explained and asked again. Kept is only that each was explained, and when; not what was
answered, nor how often.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from config import clock
from loans.lifecycle.lending import planning
from loans.lifecycle.once import Once, loan_of, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Explained, Loan, Party, PlanRow
from vault.lookup import keyed_hash

FIRST, TOTAL, BAD_TIMES, GUARANTEE = "first_payment", "total", "bad_times", "guarantee"
BORROWERS = (FIRST, TOTAL, BAD_TIMES)
GUARANTORS = (FIRST, TOTAL, GUARANTEE)  # a guarantor is asked what happens when the borrower does not pay
TALK, NOTHING, ALL_AT_ONCE = "talk", "nothing", "all_at_once"  # answers of the last question; the first is right


@dataclass(frozen=True)
class Answer:
    """One of three answers to choose among: its sum in cents and its day, or for the last question its code."""

    cents: int = 0
    on: date | None = None
    code: str = ""


@dataclass(frozen=True)
class Question:
    """A question with its answers, in the order in which they are shown; `right` is the place of the right one."""

    code: str
    answers: tuple[Answer, ...]
    right: int


def codes_for(party: Party) -> tuple[str, ...]:
    """The codes of the three questions that this party is asked, in order."""
    return GUARANTORS if party.kind == Party.Kind.GUARANTOR else BORROWERS


def question_of(loan: Loan, code: str) -> Question:
    """The question of this code, with the figures of the plan that was agreed. Right is `right`, at the same place
    each time the same loan is asked. Raises KeyError for a code that there is not.
    """
    right, *wrong = _ANSWERS[code](loan, planning.agreed_rows(loan)[1])
    place = int(keyed_hash(f"{loan.number}|{code}", purpose="loans.order of answers")[:8], 16) % 3
    answers = [answer for answer in dict.fromkeys(wrong) if answer != right][:2]
    answers.insert(place, right)
    return Question(code, tuple(answers), place)


def _first_payment(loan: Loan, rows: list[PlanRow]) -> list[Answer]:
    first, last = next(row for row in rows if row.total_cents), rows[-1]
    cents, on, total = first.total_cents, first.payable_by, sum(row.total_cents for row in rows)
    return [
        Answer(cents, on),
        Answer(total, last.payable_by),
        Answer(cents, last.payable_by),
        Answer(cents * 2, on),
        Answer(cents * 3, on),
    ]


def _total(loan: Loan, rows: list[PlanRow]) -> list[Answer]:
    total = sum(row.total_cents for row in rows)
    level = next(row for row in rows if row.total_cents).total_cents
    return [Answer(total), Answer(loan.principal_cents), Answer(level), Answer(total * 2), Answer(total * 3)]


def _codes(loan: Loan, rows: list[PlanRow]) -> list[Answer]:
    return [Answer(code=code) for code in (TALK, NOTHING, ALL_AT_ONCE)]


_ANSWERS = {FIRST: _first_payment, TOTAL: _total, BAD_TIMES: _codes, GUARANTEE: _codes}


def missing(loan: Loan, user: User) -> list[str]:
    """The codes of the questions that are still to be explained to this party, in order; empty for anybody else."""
    party: Party | None = next((each for each in loan.application.parties.all() if each.user_id == user.pk), None)
    if party is None:
        return []
    done = set(Explained.objects.filter(loan=loan, party=party).values_list("question", flat=True))
    return [code for code in codes_for(party) if code not in done]


def counting(loans: "QuerySet[Loan]", user: User) -> "QuerySet[Loan]":
    """These loans, each knowing how many of its questions are still to be explained to this party (`unexplained`)."""
    mine = Explained.objects.filter(loan=OuterRef("pk"), party__user=user).order_by().values("loan")
    done = Coalesce(Subquery(mine.annotate(total=Count("pk")).values("total")), 0)
    return loans.annotate(unexplained=len(BORROWERS) - done)


def refuse_unexplained(loan: Loan, by: User) -> None:
    """Raise Refused("questions_first") while one of the three was not explained to this party."""
    if missing(loan, by):
        raise Refused("questions_first")


@once_only(loan_of)
def explain(loan: Loan, *, by: User, question: str, shown: int | None = None, once: Once | None = None) -> Loan:
    """This party answered rightly, or has read how it is. A second time changes nothing.

    `shown` is the key of the plan with whose figures it was asked. Raises Refused: offer_over, not_listed,
    nothing_chosen, other_terms_chosen.
    """
    if Explained.objects.filter(loan=loan, party__user=by, question=question).exists():
        return loan
    with deed(loan.explain, by=by, once=once, detail={"question": question}) as loan:
        if loan.open_until < clock.today():
            raise Refused("offer_over")
        refuse_other_terms(loan, shown)
        party = loan.application.parties.get(user=by)
        if question not in codes_for(party):
            raise Refused("not_listed")
        Explained.objects.get_or_create(loan=loan, party=party, question=question, defaults={"at": clock.now()})
    return loan


def refuse_other_terms(loan: Loan, shown: int | None) -> None:
    """Raise Refused: nothing_chosen; other_terms_chosen when `shown`, the plan that was read, is not there any more."""
    if loan.waits_for_choice:
        raise Refused("nothing_chosen")
    if shown is not None and not loan.plans.filter(pk=shown).exists():
        raise Refused("other_terms_chosen")


def explained_of(loan: Loan) -> list[dict[str, Any]]:
    """Which question was explained to whom and when, for the sealed file of the signing."""
    rows = Explained.objects.filter(loan=loan).select_related("party__user").order_by("pk")
    return [{"to": each.party.user.email, "question": each.question, "at": each.at} for each in rows]

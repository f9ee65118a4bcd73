"""The decision: from the officer's recommendation to yes or no."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import override

from accounts.actors import CLOCK, LEDGER, Actor
from accounts.models import User
from config import clock
from loans.lifecycle import planning
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally, step, steps
from loans.lifecycle.submission import case_of
from loans.lifecycle.tell import tell_borrower, tell_parties
from loans.models import Application, Event, Loan, Recommendation
from loans.reasons import DECLINE, SUPPORT, Reason, reasons_for


@once_only(case_of)
def recommend(
    application: Application,
    *,
    by: User,
    principal_cents: int,
    study_months: int,
    repayment_months: int,
    reasons: Sequence[str],
    note: str,
    once: Once | None = None,
) -> Application:
    """The officer stands for a loan on these terms, with reasons by code and a note in words.

    Raises Refused: no_reason, unknown_reason, outside_product (amount or months), criminal_rate.
    """
    case: Application
    with step(application.recommend, by=by, note=note, once=once, detail={"reasons": list(reasons)}) as case:
        _check_reasons(reasons, reasons_for(case.product.purpose, SUPPORT))
        product = case.product
        _within("principal_cents", principal_cents, product.min_cents, product.max_cents)
        _within("study_months", study_months, 0, product.max_study_months)
        _within("repayment_months", repayment_months, product.min_repayment_months, product.max_repayment_months)
        recommendation = Recommendation.objects.create(
            application=case,
            event=case.event,
            principal_cents=principal_cents,
            study_months=study_months,
            repayment_months=repayment_months,
            reasons=list(reasons),
        )
        planning.refuse_criminal(planned_loan(case, recommendation).terms)
        case.recommended_by = by
    return case


@once_only(case_of)
def send_back(application: Application, *, by: User, note: str, once: Once | None = None) -> Application:
    """Back to the officer's desk with a question. Raises Refused("empty_note")."""
    if not note.strip():
        raise Refused("empty_note")
    case: Application
    with step(application.send_back, by=by, note=note.strip(), once=once) as case:
        pass
    return case


def _living_loan(event: Event) -> Loan:
    loan: Loan = Loan.objects.get(application_id=event.case_id, offered_at__gte=event.at)
    return loan


@once_only(_living_loan)
def approve(application: Application, *, by: User | Actor, note: str = "", once: Once | None = None) -> Loan:
    """Say yes to the recommended terms: the offer exists, the parties are told, and nothing is paid yet.

    Above the product's limit only LEDGER gets here, with the committee's last vote (lifecycle.committee).

    Raises Refused("criminal_rate") when the cost would break section 347 of the Criminal Code.
    """
    with step(application.approve, by=by, note=note, once=once) as case:
        case.decided_by = by if isinstance(by, User) else None
        loan = planned_loan(case, case.recommendation)
        planning.refuse_criminal(loan.terms)
        loan.number = Loan.next_number(clock.today().year)
        loan.save()
        plan = planning.new_version(loan, reason="offer")
        tell_parties(
            case,
            "offer",
            occasion=f"offer:{loan.pk}",
            cents=loan.principal_cents,
            payment_cents=plan.payment_cents,
            open_until=loan.open_until.isoformat(),
        )
    return loan


@once_only(case_of)
def decline(
    application: Application, *, by: User, reasons: Sequence[str], note: str = "", once: Once | None = None
) -> Application:
    """Say no, with at least one reason of the bank. Raises Refused: no_reason, unknown_reason."""
    case: Application
    with step(application.decline, by=by, note=note, once=once, detail={"reasons": list(reasons)}) as case:
        _check_reasons(reasons, reasons_for(case.product.purpose, DECLINE))
        case.decided_by = by
        case.appeal_until = clock.today() + timedelta(days=case.product.appeal_days)
        tell_borrower(
            case,
            "declined",
            occasion=f"decision:{case.event.pk}",
            reasons=_sentences(case, reasons),
            appeal_until=case.appeal_until.isoformat(),
        )
    return case


def reconsider(application: Application, *, by: Actor = LEDGER) -> Application:
    """Back to the desk: the offer did not become a loan, and other terms may be wanted."""
    case: Application
    with step(application.reconsider, by=by) as case:
        case.decided_by = None
    return case


def reconsider_lapsed(day: date) -> Tally:
    """The clock brings back to the desk what was approved and has no living offer any more."""
    living = Loan.objects.exclude(state__in=[Loan.State.LAPSED, Loan.State.REFUSED, Loan.State.CANCELLED])
    gone = Application.objects.filter(state=Application.State.APPROVED).exclude(pk__in=living.values("application_id"))
    return steps(gone, "reconsider", by=CLOCK, body=_forget_decision)


def _forget_decision(case: Application) -> None:
    case.decided_by = None


def planned_loan(case: Application, recommendation: Recommendation) -> Loan:
    """The loan that a yes to this recommendation would create today, not saved."""
    loan = planning.planned_loan(
        case.product,
        principal_cents=recommendation.principal_cents,
        study_months=recommendation.study_months,
        repayment_months=recommendation.repayment_months,
    )
    loan.application = case
    return loan


def _within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise Refused("outside_product", field=name, least=least, most=most)


def _check_reasons(given: Sequence[str], bank: Mapping[str, Reason]) -> None:
    if not given:
        raise Refused("no_reason")
    if not set(given) <= bank.keys():
        raise Refused("unknown_reason")


def _sentences(case: Application, codes: Sequence[str]) -> list[str]:
    """Each reason and what would change it, in the applicant's language."""
    with override(case.applicant.user.language):
        return [f"{DECLINE[code].sentence} {DECLINE[code].what_would_change_it}".strip() for code in codes]

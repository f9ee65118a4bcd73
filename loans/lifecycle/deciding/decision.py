"""The decision: from the officer's recommendation to yes or no."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from accounts.actors import CLOCK, LEDGER, Actor
from accounts.models import User
from config import clock
from loans import rules
from loans.lifecycle import promise
from loans.lifecycle.applying.submission import case_of
from loans.lifecycle.contracts import paper_making
from loans.lifecycle.deciding import declining
from loans.lifecycle.deciding.record import Freezing
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import choosing, limits, own_terms
from loans.lifecycle.offering.terms import planned_options
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import checklist, conditions, credit_reasons, flags
from loans.lifecycle.standing import refuse_stale
from loans.lifecycle.step import Tally, step, steps
from loans.lifecycle.tell import tell_borrower, tell_parties
from loans.models import Application, Event, Loan, OtherTerms, Product, Recommendation
from loans.reasons import DECLINE, SUPPORT, Bank, bank_of

TERMS = ("principal_cents", "study_months", "repayment_months")


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
    further: Sequence[Mapping[str, int]] = (),
    why_other: str = "",
    seen: int | None = None,
    once: Once | None = None,
) -> Application:
    """The officer stands for a loan on these terms, with reasons by code and a note in words.

    `further` holds the terms of a second and a third option among which the applicant then chooses; `why_other` is told
    to the applicant when the terms are not what was asked for.
    Raises Refused: stale_file, no_reason, unknown_reason, outside_product (amount or months), too_many_options,
    same_terms, criminal_rate, checklist_open.
    """
    case: Application
    bank = bank_of(SUPPORT, application.product.purpose)
    detail = {**_named(reasons, bank), **conditions.named(application)}
    with step(application.recommend, by=by, note=note, once=once, detail=detail) as case:
        refuse_stale(case, seen)
        conditions.refuse_other_conditions(case)
        _check_reasons(reasons, bank)
        first = dict(zip(TERMS, (principal_cents, study_months, repayment_months), strict=True))
        options = [first, *({name: each[name] for name in TERMS} for each in further)]
        _check_options(case.product, options)
        checklist.refuse_unanswered(case)
        recommendation = Recommendation.objects.create(
            application=case,
            event=case.event,
            reasons=list(reasons),
            further=options[1:],
            **first,
        )
        if why_other.strip():
            OtherTerms.objects.create(recommendation=recommendation, why=why_other.strip())
        for loan in planned_options(case, recommendation):
            limits.refuse_criminal_loan(loan, case.product)
        case.recommended_by = by
        flags.count(case)
    return case


@once_only(case_of)
def send_back(
    application: Application, *, by: User, note: str, seen: int | None = None, once: Once | None = None
) -> Application:
    """Back to the officer's desk with a question. Raises Refused: empty_note, stale_file."""
    if not note.strip():
        raise Refused("empty_note")
    case: Application
    with step(application.send_back, by=by, note=note.strip(), once=once) as case:
        refuse_stale(case, seen)
    return case


def loan_made_by(event: Event) -> Loan:
    """The loan that this yes offered: the first one of its case since then."""
    since = Loan.objects.filter(application_id=event.case_id, offered_at__gte=event.at)
    loan: Loan = since.earliest("pk")
    return loan


@once_only(loan_made_by)
def approve(
    application: Application,
    *,
    by: User | Actor,
    note: str = "",
    seen: int | None = None,
    once: Once | None = None,
) -> Loan:
    """Say yes to the recommended terms: the offer exists, the parties are told, and nothing is paid yet.

    Above the product's limit only LEDGER gets here, with the count of the committee's votes (lifecycle.committee).

    Raises Refused: stale_file; above_authority for one person above that limit; criminal_rate when the cost would
    break section 347 of the Criminal Code.
    """
    if rules.is_above_authority(application, by):
        raise Refused("above_authority", cents=application.product.one_decides_up_to_cents)
    frozen = Freezing("approved", by=by, note=note, **conditions.named(application))
    with step(application.approve, by=by, note=note, once=once, detail=frozen.detail) as case:
        refuse_stale(case, seen)
        conditions.refuse_other_conditions(case)
        frozen.keep(case)
        case.decided_by = by if isinstance(by, User) else None
        promise.end(case)
        loan: Loan = make_offer(case)
    return loan


def make_offer(case: Application) -> Loan:
    """The offer of what was recommended, on the days of today; the parties are told. Called inside a step of `case`.

    Raises Refused: no_rate, criminal_rate.
    """
    loan, *others = planned_options(case, case.recommendation)
    for each in (loan, *others):
        limits.refuse_criminal_loan(each, case.product)
    loan.options = choosing.frozen([loan, *others]) if others else []
    loan.bounds = own_terms.bounds_when_offered(case.product, [loan, *others])
    loan.number = Loan.next_number(clock.today().year)
    loan.save()
    OtherTerms.objects.filter(recommendation=case.recommendation).update(loan=loan)
    plan = planning.new_version(loan, reason="offer")
    paper_making.ring(loan)
    tell_parties(
        case,
        "offer",
        occasion=f"offer:{loan.pk}",
        cents=loan.principal_cents,
        payment_cents=plan.payment_cents,
        open_until=loan.open_until.isoformat(),
        **_more_about(case, loan),
    )
    return loan


@once_only(case_of)
def decline(
    application: Application,
    *,
    by: User,
    reasons: Sequence[str],
    note: str = "",
    seen: int | None = None,
    once: Once | None = None,
) -> Application:
    """Say no, with at least one reason of the bank. A no that rests on a credit report keeps which, and tells of it.

    Raises Refused: stale_file, no_reason, unknown_reason, no_report_for_reason.
    """
    case: Application
    bank = bank_of(DECLINE, application.product.purpose)
    words = [bank[code] for code in reasons if code in bank]
    helpers = declining.helpers_of(application, words)
    reports = credit_reasons.reports_behind(application, words)
    rests_on = {"reports": reports} if reports else {}
    helped_by = [partner.pk for partner in helpers]
    frozen = Freezing("declined", by=by, note=note, **_named(reasons, bank), helpers=helped_by, **rests_on)
    with step(application.decline, by=by, note=note, once=once, detail=frozen.detail) as case:
        refuse_stale(case, seen)
        _check_reasons(reasons, bank)
        if credit_reasons.reports_behind(case, words) != reports:
            raise Refused("stale_file")
        frozen.keep(case)
        case.decided_by = by
        if by.pk not in case.decliners:
            case.decliners = [*case.decliners, by.pk]
        promise.end(case)
        case.appeal_until = clock.today() + timedelta(days=case.product.appeal_days)
        tell_borrower(
            case,
            "declined",
            occasion=f"decision:{case.event.pk}",
            appeal_until=case.appeal_until.isoformat(),
            **declining.told(case, words, helpers),
            **({"bureaus": credit_reasons.bureaus_told(reports)} if reports else {}),
        )
    return case


def reconsider(application: Application, *, by: Actor = LEDGER) -> Application:
    """Back to the desk: the offer did not become a loan, and other terms may be wanted."""
    case: Application
    with step(application.reconsider, by=by) as case:
        _decide_afresh(case)
    return case


def reconsider_lapsed(day: date) -> Tally:
    """The clock brings back to the desk what was approved and has no living offer any more."""
    living = Loan.objects.exclude(state__in=[Loan.State.LAPSED, Loan.State.REFUSED, Loan.State.CANCELLED])
    gone = Application.objects.filter(state=Application.State.APPROVED).exclude(pk__in=living.values("application_id"))
    return steps(gone, "reconsider", by=CLOCK, body=_decide_afresh)


def _decide_afresh(case: Application) -> None:
    case.decided_by = None
    promise.begin(case)


def _more_about(case: Application, loan: Loan) -> dict[str, Any]:
    """How many conditions an offer stands on, and how many options of up to which sum it holds, where it does."""
    keys = case.event.detail.get("conditions", [])
    told = {"conditions": len(keys)} if keys else {}
    if loan.options:
        most = max(option["principal_cents"] for option in loan.options)
        told |= {"options": len(loan.options), "most_cents": most}
    return told


def _check_options(product: Product, options: Sequence[Mapping[str, int]]) -> None:
    if len(options) > choosing.MOST:
        raise Refused("too_many_options")
    for number, terms in enumerate(options, start=1):
        end = f"_{number}" if number > 1 else ""
        _within(f"principal_cents{end}", terms["principal_cents"], product.min_cents, product.max_cents)
        _within(f"study_months{end}", terms["study_months"], 0, product.max_study_months)
        months = (product.min_repayment_months, product.max_repayment_months)
        _within(f"repayment_months{end}", terms["repayment_months"], *months)
        if terms in options[: number - 1]:
            raise Refused("same_terms", field=f"principal_cents{end}")


def _within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise Refused("outside_product", field=name, least=least, most=most)


def _check_reasons(given: Sequence[str], bank: Bank) -> None:
    if not given:
        raise Refused("no_reason")
    if not set(given) <= bank.keys():
        raise Refused("unknown_reason")


def _named(given: Sequence[str], bank: Bank) -> dict[str, list[Any]]:
    """The reasons by code, and the wordings of today by key: a decision keeps its words."""
    return {"reasons": list(given), "words": [bank[code].pk for code in given if code in bank]}

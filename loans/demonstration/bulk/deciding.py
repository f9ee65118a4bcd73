"""From the officer's desk to the money on its way: recommended by one, decided by another or by the committee."""

from datetime import timedelta

from accounts.actors import LEDGER
from accounts.models import Role
from config import clock
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import own_terms
from loans.lifecycle.offering.terms import planned_loan
from loans.models import Advance, IdentityCheck, Plan, Recommendation, Vote, VoteCount
from money.schedule import plan as schedule_of
from money.version import Version

SUPPORT = {"training": ("affordable", "enrolled", "sound_plan"), "business": ("affordable", "sound_business")}
NOTES = (
    "The plan is sound, and the budget leaves room for it.",
    "Papers seen, the school or landlord confirms. I am for it.",
    "Knows the trade well. The payment fits, with a little to spare.",
    "Careful figures. A smaller payment would be easier, but this one can be carried.",
)
PAPERS = ("passport", "pr_card", "pr_card", "licence", "citizenship")


def review(case):
    """An officer takes the case and sees who these people are."""
    at = case.moments.on(case.road.taken)
    case.story.told("take", case.application, by=case.officer, at=at)
    case.application.reviewer_id = case.officer
    for party in case.parties:
        paper = case.chance.choice(PAPERS)
        told = {"party": party.pk, "paper": paper}
        at = case.moments.on(case.road.seen)
        event = case.story.told("check_identity", case.application, by=case.officer, at=at, detail=told)
        good_until = case.road.seen + timedelta(days=case.chance.randint(200, 2400))
        case.rows.add(IdentityCheck, party=party, event=event, paper=paper, how="in_person", expires_on=good_until)


def decide(case, loan_number):
    """Recommended, and said yes to: the offer exists, with the first version of its plan."""
    recommend(case)
    limit = case.wish.product.one_decides_up_to_cents
    if limit is not None and case.wish.cents > limit:
        decider, at = LEDGER, _vote(case)
    else:
        decider, at = case.manager, case.moments.on(case.road.decided)
        case.application.decided_by_id = case.manager
    case.story.told("approve", case.application, by=decider, at=at)
    case.application.promised_by = None
    with clock.at(at):
        case.loan = planned_loan(case.application, case.recommendation)
        case.loan.number = loan_number
        case.loan.bounds = own_terms.bounds_when_offered(case.wish.product, [case.loan])
        case.rows.put(case.loan)
        draw_up(case, 1, "offer")


def recommend(case):
    """The officer stands for what is asked for."""
    reasons = list(SUPPORT[case.wish.product.purpose][: case.chance.randint(1, 3)])
    told = {"by": case.officer, "detail": {"reasons": reasons}, "note": case.chance.choice(NOTES)}
    at = case.moments.on(case.road.recommended)
    event = case.story.told("recommend", case.application, at=at, **told)
    case.application.recommended_by_id = case.officer
    case.recommendation = case.rows.add(
        Recommendation,
        application=case.application,
        event=event,
        principal_cents=case.wish.cents,
        study_months=case.wish.study_months,
        repayment_months=case.wish.months,
        reasons=reasons,
    )


def _vote(case):
    """The committee votes; returns when the last vote came in."""
    for member in case.office.staff[Role.COMMITTEE][: case.wish.product.votes_needed]:
        at = case.moments.on(case.road.decided)
        event = case.story.told("cast_vote", case.application, by=member, at=at)
        case.rows.add(Vote, recommendation=case.recommendation, by_id=member, event=event, in_favour=True)
    needed = case.wish.product.votes_needed
    case.rows.add(
        VoteCount,
        recommendation=case.recommendation,
        counted_at=at,
        submission_number=1,
        seats=max(len(case.office.staff[Role.COMMITTEE]), needed),
        needed=needed,
        quorum=needed,
        in_favour=needed,
        against=0,
        is_carried=True,
    )
    return at


def draw_up(case, number, reason):
    """Version `number` of the plan, from the loan as it is now; it is the one in force."""
    loan, case.version = case.loan, Version(case.loan.terms)
    schedule = schedule_of(case.version.terms)
    plan = case.rows.add(
        Plan,
        loan_id=loan.pk,
        version=number,
        made_at=clock.now(),
        reason=reason,
        payment_cents=schedule.payment_cents,
    )
    case.plan_rows = planning.rows_of(schedule.instalments, closed=case.office.closed)
    for row in case.plan_rows:
        row.plan_id = plan.pk
        case.rows.put(row)
    # As if read: the rows are not written yet.
    loan.days_in_force = [(row.number, row.due_on, row.payable_by) for row in case.plan_rows]


def send(case):
    """Finance sends the money; the plan counts from the day it left. The event of the sending is kept."""
    day, loan = case.road.sent, case.loan
    advance = case.rows.add(Advance, loan=loan, cents=loan.principal_cents, planned_on=loan.advance_on, sent_on=day)
    case.story.told("release", advance, by=case.finance, at=case.moments.on(day))
    at = case.moments.on(day)
    case.sending = case.story.told("send", advance, by=case.finance, at=at)
    case.story.told("activate", loan, by=LEDGER, at=at)
    if day != loan.advance_on:
        loan.advance_on, loan.first_due = day, planning.still_due(loan.first_due, day)
        with clock.at(at):
            draw_up(case, 2, "advance_sent")

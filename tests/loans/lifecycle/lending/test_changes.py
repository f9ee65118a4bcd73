"""A pause, a lower rate, a new spread, an index: who may, what the books say, what the borrower is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import books
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import changes, disbursement, outlook, planning, repayment
from loans.lifecycle.refusal import Refused
from loans.models import IndexRate, Loan, Mishap
from loans.tasks import nightly
from money.calendar import add_months
from tests.cases import again, sign

pytestmark = pytest.mark.django_db
WHY = "The course began a month later."


def in_months(months):
    """The clock so many months on, a few days after the due day of that month."""
    return clock.at(clock.now() + (add_months(clock.today(), months) - clock.today()) + timedelta(days=3))


def told(kind="plan_changed"):
    return Letter.objects.filter(kind=kind).latest("pk").facts


def totals(loan):
    return [row.total_cents for row in planning.plan_in_force(again(loan)).rows.all()]


def pay_what_is_due(loan, by):
    """Everything that has fallen due is paid today."""
    today = clock.today()
    due = sum(row.lacking_cents for row in books.book_of(loan, until=today).standings if row.due_on <= today)
    return repayment.record_payment(loan, by=by, on=today, cents=due, method="transfer", payer="Amina")


@pytest.fixture
def mid_study(active, felix):
    """Amina's loan three months on, paid as planned."""
    with in_months(3):
        pay_what_is_due(active, felix)
        yield again(active)


@pytest.fixture
def moving(offered, amina, felix):
    """A loan that follows prime, signed and sent."""
    loan = offered.loans.get()
    loan.rate_index, loan.follows_index, loan.margin = "prime", True, Decimal("0.02")
    loan.save()
    advance = disbursement.release(sign(loan, amina).advances.get(), by=felix)
    disbursement.send(advance, by=felix, on=clock.today())
    return again(loan)


# --- A pause ---------------------------------------------------------------------------------------


def test_a_manager_pauses_and_the_next_payments_ask_for_nothing(mid_study, mariam):
    before, passed = totals(mid_study), planning.plan_in_force(mid_study).rows.filter(due_on__lte=clock.today()).count()
    changes.pause(mid_study, by=mariam, instalments=2, note=WHY)
    after = totals(mid_study)
    assert len(after) == len(before) + 2
    assert after[:passed] == before[:passed]
    assert after[passed : passed + 2] == [0, 0]
    assert after[passed + 2] == sum(before[passed : passed + 3])  # three months of interest fall due together
    assert planning.plan_in_force(again(mid_study)).reason == "pause"
    assert list(audit()) == []


def test_a_pause_says_that_interest_runs_on_and_what_it_costs(mid_study, mariam):
    changes.pause(mid_study, by=mariam, instalments=2, note=WHY)
    facts = told()
    assert (facts["change"], facts["instalments"]) == ("pause", 2)
    assert [due["cents"] for due in facts["dues"][:2]] == [0, 0]
    assert facts["interest_after_cents"] > facts["interest_before_cents"]
    risen = facts["total_after_cents"] - facts["total_before_cents"]
    assert risen == facts["interest_after_cents"] - facts["interest_before_cents"]
    assert WHY not in str(facts)


@pytest.mark.parametrize("instalments", [0, 7, -1])
def test_a_pause_has_bounds(mid_study, mariam, instalments):
    with pytest.raises(Refused) as refused:
        changes.pause(mid_study, by=mariam, instalments=instalments, note=WHY)
    assert (refused.value.code, refused.value.facts["field"]) == ("out_of_bounds", "instalments")


def test_after_the_last_due_day_there_is_nothing_to_pause(active, mariam):
    with in_months(40), pytest.raises(Refused) as refused:
        changes.pause(active, by=mariam, instalments=1, note=WHY)
    assert refused.value.code == "no_plan_left"
    assert again(active).facts.filter(kind="pause").count() == 0


@pytest.mark.parametrize("who", ["omar", "felix", "ada", "amina"])
def test_nobody_but_a_second_pair_of_eyes_changes_a_plan(mid_study, request, who):
    with pytest.raises(PermissionDenied):
        changes.pause(mid_study, by=request.getfixturevalue(who), instalments=1, note=WHY)


def test_only_a_running_loan_is_paused(signed, mariam):
    with pytest.raises(TransitionNotAllowed):
        changes.pause(signed, by=mariam, instalments=1, note=WHY)


def test_a_change_needs_a_reason(mid_study, mariam):
    first = clock.today() + timedelta(days=20)
    for change in (
        lambda: changes.pause(mid_study, by=mariam, instalments=1, note=" "),
        lambda: changes.lower_rate(mid_study, by=mariam, annual_rate=Decimal("0.01"), note=""),
        lambda: changes.reschedule(mid_study, by=mariam, months=12, first_due=first, note="\n"),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "empty_note"


def test_a_pause_is_granted_once_though_asked_twice(mid_study, mariam):
    for _ in range(2):
        changes.pause(mid_study, by=mariam, instalments=1, note=WHY, once_key="pause-1")
    assert mid_study.facts.filter(kind="pause").count() == 1


# --- A lower rate ----------------------------------------------------------------------------------


def test_a_lower_rate_makes_all_that_follows_cheaper(mid_study, mariam):
    was = planning.plan_in_force(mid_study).payment_cents
    changes.lower_rate(mid_study, by=mariam, annual_rate=Decimal("0.03"), note=WHY)
    plan = planning.plan_in_force(again(mid_study))
    assert plan.reason == "rate_change"
    assert plan.payment_cents < was
    facts = told()
    assert Decimal(facts["rate"]) == Decimal("0.03")
    assert facts["payment_cents"] == plan.payment_cents == totals(mid_study)[-2]
    assert facts["interest_after_cents"] < facts["interest_before_cents"]
    assert not facts["by_index"]
    assert list(audit()) == []


@pytest.mark.parametrize("rate", ["0.067", "0.1", "-0.01", "2"])
def test_a_rate_is_only_lowered(mid_study, mariam, rate):
    with pytest.raises(Refused) as refused:
        changes.lower_rate(mid_study, by=mariam, annual_rate=Decimal(rate), note=WHY)
    assert refused.value.code == "not_lower"
    assert refused.value.facts["rate"] == mid_study.annual_rate


# --- A new spread ----------------------------------------------------------------------------------


def test_a_late_loan_spread_anew_is_late_no_longer(active, mariam):
    with in_months(9):
        late = books.stands(active, clock.today())
        assert late.next_unpaid_on < clock.today()
        first = clock.today() + timedelta(days=30)
        changes.reschedule(active, by=mariam, months=36, first_due=first, note=WHY)
        book = books.stands(again(active), clock.today())
        assert book.next_unpaid_on == first
        assert book.principal_cents == late.principal_cents
        assert book.owed_cents == late.owed_cents
        plan = planning.plan_in_force(again(active))
        assert plan.reason == "reschedule"
        facts = told()
        assert (facts["change"], facts["instalments"], facts["late_cents"]) == ("reschedule", 36, 0)
        assert len([due for due in facts["dues"] if due["cents"]]) == 36
        assert list(audit()) == []


def test_what_came_in_on_the_day_of_a_reschedule_counts_for_the_new_plan(active, mariam, felix):
    with in_months(9):
        repayment.record_payment(active, by=felix, on=clock.today(), cents=10_000, method="cash", payer="Amina")
        owed = books.stands(active, clock.today()).owed_cents
        first = clock.today() + timedelta(days=30)
        changes.reschedule(again(active), by=mariam, months=24, first_due=first, note=WHY)
        book = books.book_of(again(active), until=clock.today())
        assert book.owed_cents == owed
        assert book.credit_cents == 10_000
        plan = planning.plan_in_force(again(active))
        asked = sum(row.due_cents for row in book.standings if row.due_on > clock.today())
        assert asked == sum(row.total_cents for row in plan.rows.all() if row.due_on > clock.today())
        assert list(audit()) == []


@pytest.mark.parametrize(("months", "days", "code"), [(0, 20, "out_of_bounds"), (121, 20, "out_of_bounds")])
def test_a_new_spread_has_bounds(mid_study, mariam, months, days, code):
    with pytest.raises(Refused) as refused:
        changes.reschedule(
            mid_study, by=mariam, months=months, first_due=clock.today() + timedelta(days=days), note=WHY
        )
    assert refused.value.code == code


@pytest.mark.parametrize("days", [0, -5, 70])
def test_a_new_plan_begins_within_two_months(mid_study, mariam, days):
    with pytest.raises(Refused) as refused:
        changes.reschedule(mid_study, by=mariam, months=12, first_due=clock.today() + timedelta(days=days), note=WHY)
    assert refused.value.code == "first_due_too_far"


# --- What it would cost, before --------------------------------------------------------------------


def test_what_is_foreseen_is_what_the_change_then_does(mid_study, mariam):
    foreseen = outlook.foreseen(mid_study, changes.a_pause(3))
    assert not mid_study.facts.filter(kind="pause").exists()
    changes.pause(mid_study, by=mariam, instalments=3, note=WHY)
    after = outlook.seen_from(books.book_of(again(mid_study), until=clock.today()))
    assert foreseen.after == after
    assert foreseen.dearer_cents == told()["interest_after_cents"] - told()["interest_before_cents"]


def test_the_lines_of_a_comparison_hold_every_payment_of_both_plans_side_by_side(mid_study):
    foreseen = outlook.foreseen(mid_study, changes.a_pause(1))
    before, after = zip(*foreseen.lines, strict=True)
    assert after[0].cents == 0
    assert before[-1] is None
    assert tuple(due for due in before if due) == foreseen.before.dues
    assert after == foreseen.after.dues


# --- An index --------------------------------------------------------------------------------------


def test_the_clock_gives_a_loan_the_new_value_of_its_index(moving):
    starts = add_months(clock.today(), 1)
    IndexRate.objects.create(index="prime", starts=starts, annual_rate=Decimal("0.05"), source="test")
    with in_months(2):
        nightly()
        nightly()
        assert moving.facts.filter(kind="rate_change").count() == 1
        assert books.stands(again(moving), clock.today()).version.rate_on(clock.today()) == Decimal("0.07")
        assert told()["by_index"]
        assert Decimal(told()["rate"]) == Decimal("0.07")
        assert list(audit()) == []
    assert not Mishap.objects.exists()


def test_a_rate_that_follows_an_index_is_not_changed_by_hand(moving, mariam):
    with pytest.raises(Refused) as refused:
        changes.lower_rate(moving, by=mariam, annual_rate=Decimal("0.01"), note=WHY)
    assert refused.value.code == "follows_index"


def test_a_loan_of_a_fixed_rate_does_not_hear_the_index(active):
    starts = add_months(clock.today(), 1)
    IndexRate.objects.create(index="prime", starts=starts, annual_rate=Decimal("0.09"), source="test")
    with in_months(2):
        nightly()
    assert not Loan.objects.get(pk=active.pk).facts.filter(kind="rate_change").exists()

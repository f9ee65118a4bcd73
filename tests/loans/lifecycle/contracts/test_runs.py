"""The payments of a plan told shortly: each phase by its smallest and its largest, the last one where it differs."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.template.loader import render_to_string

from loans.lifecycle.contracts.runs import MOST_RUNS, Phases, Span, phases_of, runs_of
from loans.models import PlanRow

FIRST = date(2027, 1, 4)


def rows(*sums, study=0):
    """A payment a month of these sums, of which the first `study` pay interest alone."""
    return [
        PlanRow(
            number=number,
            payable_by=FIRST + timedelta(days=30 * number),
            principal_cents=0 if number < study else cents,
            interest_cents=cents if number < study else 0,
            fees_cents=0,
        )
        for number, cents in enumerate(sums)
    ]


def told(*sums, study=0):
    page = render_to_string("loans/papers/how_often.html", {"phases": phases_of(rows(*sums, study=study), study)})
    return " ".join(unescape(page).split())


def test_a_study_phase_and_the_months_after_it_are_two_sums_and_the_last_one_is_told():
    assert phases_of(rows(10, 10, 500, 500, 498, study=2), 2) == Phases(Span(2, 10, 10), Span(3, 500, 500), 498)
    assert told(1_000, 1_000, 50_000, 50_000, 49_800, study=2) == (
        "Once a month. While you study, $10.00 (interest only), 2 times. Then $500.00 a month, 3 times. "
        "The last time it is $498.00."
    )


def test_with_several_advances_no_sum_is_told_for_all():
    assert told(500, 700, 900, 20_000, 25_000, 25_000, 24_900, study=3) == (
        "Once a month. While you study, from $5.00 to $9.00 (interest only), 3 times. "
        "Then from $200.00 to $250.00 a month, 4 times. The last time it is $249.00."
    )


def test_without_studies_a_level_plan_has_one_sum_and_another_plan_two():
    assert told(5_000, 5_000, 5_000) == "Once a month: $50.00, 3 times."
    assert told(5_000, 7_000, 6_000) == "Once a month: from $50.00 to $70.00, 3 times. The last time it is $60.00."


def test_without_interest_nothing_is_paid_during_the_studies():
    assert told(0, 0, 5_000, 5_000, study=2) == "Nothing for the first 2 months. Then $50.00 a month, 2 times."


@pytest.mark.parametrize(("sums", "last"), [((500,), None), ((500, 500), None), ((500, 499), 499)])
def test_one_payment_is_no_last_one_apart(sums, last):
    assert phases_of(rows(*sums), 0).last_cents == last


def test_runs_are_told_one_by_one_unless_they_are_too_many():
    found = runs_of(rows(10, 10, 500, 500, 498, study=2))
    assert [(run.count, run.cents, run.is_interest_only) for run in found] == [
        (2, 10, True),
        (2, 500, False),
        (1, 498, False),
    ]
    assert runs_of(rows(*range(1, MOST_RUNS + 2))) == []

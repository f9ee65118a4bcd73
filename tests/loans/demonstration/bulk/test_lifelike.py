"""A portfolio made in bulk looks like that of an office: seasons, tempers, shares."""

from dataclasses import astuple
from datetime import date, timedelta

import pytest

from config import clock
from loans.demonstration.bulk.people import somebody
from loans.demonstration.bulk.seasons import Beginnings, road_from
from loans.demonstration.bulk.tempers import PUNCTUAL, STRUGGLING, habits_of
from loans.demonstration.bulk.wishes import wish_of
from loans.models import Baseline, Fact, Loan, Party, Plan, Position
from tests.loans.demonstration.bulk.large_office import COUNT, chances

pytestmark = pytest.mark.django_db


def test_an_office_grows_and_lends_with_the_seasons(furnished):
    first, last = date(2023, 1, 1), date(2025, 12, 31)
    beginnings = Beginnings(6000, first, last, furnished.products)
    began = [beginnings.day_of(number) for number in range(6000)]
    assert began == sorted(began)
    assert first <= began[0]
    assert began[-1] <= last
    by_year = [sum(day.year == year for day in began) for year in (2023, 2024, 2025)]
    assert by_year == sorted(by_year)
    assert by_year[2] > 1.5 * by_year[0]
    sent = {"training": [], "business": []}
    for day, chance in zip(began, chances(6000), strict=True):
        purpose = wish_of(furnished.products, day, chance).product.purpose
        sent[purpose].append(road_from(day, chance, furnished.working_day).sent.month)
    training, business = ([months.count(month) for month in range(1, 13)] for months in sent.values())
    assert training[7] == max(training)  # August, before September
    assert training[11] > 1.3 * training[9]  # December, before January, and October
    assert max(business[2:5]) == max(business)  # from March to May


def test_roads_keep_business_days_and_their_order(furnished):
    for number, chance in enumerate(chances(300)):
        road = road_from(date(2024, 1, 1) + timedelta(days=2 * number), chance, furnished.working_day)
        assert list(astuple(road)) == sorted(astuple(road))
        assert all(day.weekday() < 5 for day in (road.taken, road.recommended, road.decided, road.sent))


def test_lateness_clusters_by_borrower_and_by_season():
    habits = [habits_of(24, chance) for chance in chances(4000)]
    by_temper = {
        temper: [each.days_to_payment(10, chance) for each, chance in zip(habits, chances(4000, 2), strict=True)
                 if each.temper is temper]
        for temper in (PUNCTUAL, STRUGGLING)
    }  # fmt: skip
    assert sum(days > 0 for days in by_temper[PUNCTUAL]) < 0.05 * len(by_temper[PUNCTUAL])
    assert sum(days > 0 for days in by_temper[STRUGGLING]) > 0.9 * len(by_temper[STRUGGLING])
    slips = {
        month: sum(
            each.days_to_payment(month, chance) >= 10 for each, chance in zip(habits, chances(4000, 3), strict=True)
        )
        for month in (1, 10)
    }
    assert slips[1] > 1.3 * slips[10]


def test_how_somebody_pays_does_not_follow_from_who_they_are(furnished):
    """The draws are of chances of their own: the language says nothing about the temper."""
    late = {"en": [], "fr": []}
    for number in range(3000):
        language = somebody(furnished.chance(number, "case")).language
        late[language].append(habits_of(24, furnished.chance(number, "life")).temper in (PUNCTUAL,))
    shares = {language: sum(found) / len(found) for language, found in late.items()}
    assert abs(shares["en"] - shares["fr"]) < 0.06
    assert 0.1 < len(late["fr"]) / 3000 < 0.35


def test_states_kinds_and_groups_stand_in_believable_shares(portfolio):
    shares = {state: Loan.objects.filter(state=state).count() / COUNT for state in ("active", "repaid", "written_off")}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["active"] > shares["repaid"] > 0.2
    assert 0 < shares["written_off"] < 0.06
    late = Position.objects.filter(loan__state="active", next_unpaid_on__lt=clock.today()).count()
    assert 0.03 < late / COUNT / shares["active"] < 0.3
    kinds = {"advance", "fee", "payment", "reversal", "write_off", "recovery", "refund"}
    assert set(Fact.objects.values_list("kind", flat=True)) == kinds
    assert set(Loan.objects.values_list("application__product__purpose", flat=True)) == {"training", "business"}
    assert len(set(Baseline.objects.values_list("target_group", flat=True))) >= 4
    assert set(Party.objects.values_list("kind", flat=True)) == {"borrower", "co_borrower", "guarantor"}
    assert set(Plan.objects.values_list("reason", flat=True)) == {"offer", "advance_sent"}

"""A large demo is made in bulk: the same ink as the verbs write, lifelike, and the same for the same seed."""

import random
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from config import clock
from loans import demonstration
from loans.demonstration.bulk import chunks
from loans.demonstration.bulk.contracts import specimen
from loans.demonstration.bulk.lives import Life
from loans.demonstration.bulk.office import office_of_today
from loans.demonstration.bulk.people import somebody
from loans.demonstration.bulk.seasons import Beginnings, road_from
from loans.demonstration.bulk.tempers import PUNCTUAL, STRUGGLING, Habits, habits_of
from loans.demonstration.bulk.wishes import wish_of
from loans.furnishing import furnish
from loans.lifecycle import audit, planning, repayment
from loans.models import Application, Baseline, Event, Fact, Loan, Party, Plan, Position, Receipt
from money.facts import FactKind
from money.version import Version
from tests.loans.books_folder import verify

pytestmark = pytest.mark.django_db
COUNT, SEED = 60, 5  # of this seed sixty loans know all that can happen
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    """The same day whenever the tests run: what is made depends on it."""
    with clock.at(NOON):
        yield


def office(count=COUNT, seed=SEED):
    furnish()
    return demonstration.build(count, seed, walked=0)


@pytest.fixture
def portfolio(db):
    office()


def chances(count, seed=1):
    return [random.Random(f"{seed}/{number}") for number in range(count)]


# --- The books -----------------------------------------------------------------------------------


def test_the_books_of_a_portfolio_in_bulk_are_whole(tmp_path):
    assert office() == COUNT == Loan.objects.count()
    assert list(audit.audit()) == []
    call_command("export-books", str(tmp_path / "books"), stdout=StringIO())
    code, said = verify(tmp_path / "books", "--replay")
    assert code == 0, said


def test_everything_lies_in_the_past_and_in_the_order_of_the_chain(portfolio):
    today, now = clock.today(), clock.now()
    assert not Event.objects.filter(at__gte=now).exists()
    assert not Fact.objects.filter(on__gte=today).exists()
    for loan in Loan.objects.prefetch_related("facts"):
        told = [(fact.pk, fact.recorded_at) for fact in loan.facts.all()]
        assert told == sorted(told)
        for fact in loan.facts.all():
            received = date.fromisoformat(fact.detail.get("received_on", fact.on.isoformat()))
            assert fact.kind == "reversal" or clock.day_of(fact.recorded_at) == received


def test_money_that_came_in_has_its_receipt_and_counts_from_the_day_the_verbs_would_say(portfolio):
    money_in = Fact.objects.filter(kind__in=repayment.MONEY_IN).select_related("loan")
    assert money_in.count() == Receipt.objects.count() > COUNT
    moved = [fact for fact in money_in if "received_on" in fact.detail]
    assert moved
    for fact in money_in:
        received = date.fromisoformat(fact.detail.get("received_on", fact.on.isoformat()))
        counts_from = planning.value_date(fact.loan, received) if fact.kind == FactKind.PAYMENT else received
        assert counts_from == fact.on


def test_the_people_of_a_case_are_told_apart_as_the_rules_ask(portfolio):
    for case in Application.objects.prefetch_related("events", "loans", "recommendations__votes"):
        by = {event.verb: event.by_id for event in case.events.all()}
        assert by["recommend"] == case.recommended_by_id != by["approve"]
        assert by["approve"] == case.decided_by_id
        assert by["send"] not in (case.recommended_by_id, case.decided_by_id)
        if case.is_for_the_committee:
            assert case.decided_by_id is None
            assert case.recommendation.is_carried
        (loan,) = case.loans.all()
        assert loan.write_off_proposed_by_id is None or loan.write_off_proposed_by_id != loan.written_off_by_id


def test_a_verb_goes_on_where_the_bulk_ended(portfolio):
    loan = Loan.objects.filter(state="active").first()
    felix = User.objects.get(email="finance@tremplin.example")
    fact = repayment.record_payment(loan, by=felix, on=clock.today(), cents=100, method="transfer", payer="Amina")
    assert fact.number == loan.facts.count()
    assert list(audit.audit()) == []


# --- The same for the same seed ------------------------------------------------------------------


def told():
    """What the portfolio consists of, without keys and what is drawn afresh (salts and seals)."""
    return [
        *Application.objects.order_by("reference").values_list("reference", "applicant__full_name", "started_at"),
        *Loan.objects.order_by("number").values_list("number", "state", "principal_cents", "signed_at"),
        *Fact.objects.order_by("loan__number", "number").values_list("loan__number", "kind", "on", "cents"),
        *Event.objects.order_by("case__reference", "at", "pk").values_list("verb", "at", "by__name"),
    ]


def test_the_seed_decides_the_portfolio():
    found = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            office(12, seed)
            found.append(told())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_large_demo_walks_sixty_and_makes_the_rest_in_bulk(monkeypatch):
    asked = []
    monkeypatch.setattr(demonstration, "_walk", lambda count, seed: asked.append(("walked", count)))
    monkeypatch.setattr(chunks, "build", None)
    monkeypatch.setattr(demonstration.bulk, "build", lambda *cases: asked.append(cases))
    assert demonstration.build(100_000, 7) == 99_940
    assert demonstration.build(1_000, 7) == 0
    assert asked == [("walked", 60), (60, 100_000, 7), ("walked", 1_000)]


# --- Lifelike ------------------------------------------------------------------------------------


@pytest.fixture
def furnished(db):
    furnish()
    demonstration.build(0)
    return office_of_today(1)


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


# --- One life ------------------------------------------------------------------------------------


@pytest.fixture
def life(furnished):
    """Builds the life of a loan of twelve instalments lent long ago, of somebody with these habits."""
    demonstration.bulk.build(0, 1, 5)
    loan = Loan.objects.get()
    loan.advance_on, loan.first_due = date(2023, 3, 10), date(2023, 4, 10)
    loan.study_months, loan.repayment_months = 0, 12

    def live(**habits):
        usual = dict.fromkeys(("gives_up_from", "pays_off_at", "pays_ahead_at", "bounces_at"))
        mine = Habits(**{"temper": PUNCTUAL, "method": "debit", "hard_times": range(0), **usual, **habits})
        version = Version(loan.terms)
        rows = planning.rows_of(version.instalments)
        loan.days_in_force = [(row.number, row.due_on, row.payable_by) for row in rows]
        found = Life(loan, version, rows, mine, office=furnished, chance=random.Random(4))
        found.account.take(FactKind.ADVANCE, loan.advance_on, loan.principal_cents)
        found.live()
        return found

    return live


def verbs(life):
    return [deed.verb for deed in life.deeds]


def test_a_payment_that_bounces_is_made_again(life):
    found = life(bounces_at=3)
    assert verbs(found).count("reverse_payment") == 1
    assert verbs(found)[3:5] == ["reverse_payment", "record_payment"]
    assert verbs(found)[-1] == "finish"
    assert found.account.close()[1].owes_nothing


def test_who_pays_two_at_once_leaves_the_next_month_out(life):
    found = life(pays_ahead_at=4)
    assert verbs(found).count("record_payment") < 12
    assert found.account.close()[1].owes_nothing


def test_who_pays_all_at_once_ends_early(life):
    found = life(pays_off_at=5)
    assert verbs(found)[-1] == "finish"
    assert found.deeds[-1].day < date(2023, 10, 1)


def test_who_gives_up_is_written_off_months_later(life):
    found = life(gives_up_from=4)
    assert verbs(found)[3:5] == ["propose_write_off", "write_off"]
    proposed, agreed = found.deeds[3:5]
    assert (proposed.day - date(2023, 7, 10)).days >= 180
    assert proposed.day < agreed.day


def test_hard_times_are_worked_off(life):
    found = life(hard_times=range(3, 6))
    assert verbs(found)[-1] == "finish"
    assert found.account.close()[1].owes_nothing


# --- The pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["active", "repaid", "written_off"])
def test_every_page_of_such_a_loan_opens(client, portfolio, state):
    loan = Loan.objects.filter(state=state).select_related("application").first()
    reference, number = loan.application.reference, loan.number
    client.force_login(User.objects.get(email="manager@tremplin.example"))
    found = loan.agreements.get()
    pages = [("case", reference), ("loan", number), ("loan_agreement", number, found.language)]
    for name, *args in [*pages, ("loans",), ("report", "portfolio"), ("report", "loans"), ("report_csv", "loans")]:
        assert client.get(reverse(name, args=args)).status_code == 200, name
    borrower = loan.application.applicant.user
    client.force_login(borrower)
    client.cookies["language"] = found.language
    for name in ("my_case", "my_loan", "agreement"):
        assert client.get(reverse(name, args=[reference])).status_code == 200, name


def test_a_specimen_is_a_pdf_that_says_so():
    data = specimen("SPECIMEN  L-2027-0001")
    assert data.startswith(b"%PDF-1.4")
    assert b"(SPECIMEN  L-2027-0001) Tj" in data
    start = int(data.split(b"startxref\n")[1].split()[0])
    assert data[start:].startswith(b"xref")

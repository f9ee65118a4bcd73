"""The books as of a day and as known at a moment: the entries say what the replay of the facts known then says."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import clock
from loans.lifecycle.ledger import audit, books, closing
from loans.lifecycle.refusal import Refused
from loans.models import Entry, Event, Fact, Fund
from money.accounts import balances
from money.book import Account, BookError, FactKind
from tests.cases import again

pytestmark = pytest.mark.django_db
IN_ONE_OFFICE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
MOVES = st.tuples(
    st.integers(1, 50),  # days that pass
    st.sampled_from(["pay", "pay", "pay backdated", "pay backdated", "reverse", "lower", "pause", "close"]),
    st.integers(0, 400),  # days back
    st.integers(1, 60_000),  # cents
)


def net(lines):
    """Cents by day and pair of accounts; what is taken back is gone."""
    sums = Counter()
    for on, debit, credit, cents in lines:
        first, second = sorted((str(debit), str(credit)))
        sums[on, first, second] += cents if str(debit) == first else -cents
    return {line: cents for line, cents in sums.items() if cents}


def written(entries):
    return net(entries.values_list("on", "debit", "credit", "cents"))


def replayed(book, until):
    return net((line.on, line.debit, line.credit, line.cents) for line in book.entries if line.on <= until)


def moved(sums):
    return {account: cents for account, cents in sums.items() if cents}


def write(loan, kind, *, on, cents=0, **more):
    """A fact in the books, or nothing where no plan would be left."""
    event = Event.objects.filter(case=loan.case).first()
    try:
        with transaction.atomic():
            books.write(loan, kind, on=on, cents=cents, event=event, **more)
    except BookError as error:
        if error.code != "no_plan":
            raise


def do(loan, move, back, cents, finance):
    today = clock.today()
    backdated = max(loan.advance_on, today - timedelta(days=back))
    if move == "close":
        try:
            closing.close_through(today.replace(day=1) - timedelta(days=1), by=finance)
        except Refused as refused:
            if refused.code != "closed_already":
                raise
    elif move == "reverse":
        if paid := loan.facts.filter(kind=FactKind.PAYMENT, reversed_by=None).order_by("cents").first():
            write(loan, FactKind.REVERSAL, on=paid.on, cents=paid.cents, reverses=paid)
    elif move == "lower":
        write(loan, FactKind.RATE_CHANGE, on=today, detail={"annual_rate": "0.025"})
    elif move == "pause":
        write(loan, FactKind.PAUSE, on=today, detail={"instalments": 1})
    else:
        write(loan, FactKind.PAYMENT, on=backdated if "backdated" in move else today, cents=cents)


def lived(loan, moves, finance):
    """Lead this life, and yield after each move the moment and the trial balance of what was closed by then."""
    moment = clock.now()
    for days, move, back, cents in moves:
        moment += timedelta(days=days)
        with clock.at(moment):
            do(loan, move, back, cents, finance)
            closed = closing.closed_through()
        yield moment, closed, Entry.objects.booked_through(closed).turnover() if closed else {}


@IN_ONE_OFFICE
@given(moves=st.lists(MOVES, min_size=1, max_size=10), data=st.data())
def test_entries_as_of_a_day_and_as_known_at_a_moment_are_the_replay_of_what_was_known(active, felix, moves, data):
    with transaction.atomic():
        moments = [clock.now(), *(moment for moment, _, _ in lived(again(active), moves, felix))]
        loan = again(active)
        for known_at in moments:
            book = books.book_of(loan, known_at=known_at)
            known = Entry.objects.filter(loan=loan).as_known(known_at)
            latest = max(Fact.objects.filter(loan=loan).as_known(known_at).values_list("on", flat=True))
            assert book.until == latest
            assert written(known) == replayed(book, latest)
            assert moved(known.balances()) == moved(book.balances)
            day = loan.advance_on + timedelta(days=data.draw(st.integers(0, (latest - loan.advance_on).days)))
            assert written(known.as_of(day)) == replayed(book, day)
            on_the_day = books.book_of(loan, until=day, known_at=known_at)
            assert (
                moved(known.as_of(day).balances())
                == moved(on_the_day.balances)
                == moved(balances(line for line in book.entries if line.on <= day))
            )
        assert list(audit.audit()) == []
        transaction.set_rollback(True)


@IN_ONE_OFFICE
@given(moves=st.lists(MOVES, min_size=2, max_size=10))
def test_what_is_closed_is_never_booked_into_again(active, felix, moves):
    with transaction.atomic():
        told = [(closed, sums) for _, closed, sums in lived(again(active), moves, felix) if closed]
        for closed, sums in told:
            assert Entry.objects.booked_through(closed).turnover() == sums
        transaction.set_rollback(True)


@pytest.fixture
def backdated(active, felix):
    """(before, day, after): a payment of a day in the past was recorded between two moments."""
    before = clock.now()
    with clock.at(before + timedelta(days=70)) as after:
        write(active, FactKind.PAYMENT, on=clock.today(), cents=10_000)
    with clock.at(before + timedelta(days=90)):
        write(active, FactKind.PAYMENT, on=active.advance_on + timedelta(days=35), cents=5_000)
    return before + timedelta(days=1), active.advance_on + timedelta(days=40), after + timedelta(days=1)


def test_a_backdated_payment_is_of_its_day_and_known_from_its_recording(active, backdated):
    _, day, before_it_was_recorded = backdated
    assert Entry.objects.as_of(day).balances()[Account.BANK] == -active.principal_cents + 5_000
    known = Entry.objects.as_of(day).as_known(before_it_was_recorded)
    assert known.balances()[Account.BANK] == -active.principal_cents


def test_facts_are_known_from_their_recording(active, backdated):
    before, _, after = backdated
    assert [Fact.objects.as_known(moment).count() for moment in (before, after)] == [1, 2]
    assert Fact.objects.count() == 3


def test_nothing_was_known_before_the_first_advance(active):
    moment = active.offered_at - timedelta(days=1)
    assert Entry.objects.as_known(moment).balances() == {}
    assert books.book_of(active, known_at=moment).entries == ()


def test_balances_of_all_funds_add_up_to_the_balances(active, backdated):
    by_fund = Entry.objects.balances_by_fund()
    assert set(by_fund) == set(Fund.objects.filter(loan=active).values_list("pk", flat=True))
    assert sum(sum(each.values()) for each in by_fund.values()) == 0
    assert {
        account: sum(each[account] for each in by_fund.values())
        for account in Account
        if account in by_fund[active.fund_id]
    } == Entry.objects.balances()


def test_debits_equal_credits(active, backdated):
    debits, credits = (sum(side) for side in zip(*Entry.objects.turnover().values(), strict=True))
    assert debits == credits > active.principal_cents


@pytest.mark.parametrize("ask", ["turnover", "balances", "balances_by_fund", "principal_by_loan"])
def test_each_question_is_one_query(active, backdated, ask, django_assert_num_queries):
    _, day, after = backdated
    with django_assert_num_queries(1):
        getattr(Entry.objects.as_of(day).as_known(after), ask)()

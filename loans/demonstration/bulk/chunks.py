"""The bulk, chunk by chunk: each a transaction of its own, on PostgreSQL by several processes side by side."""

import gc
import multiprocessing
import os
from datetime import date
from typing import NamedTuple

from django.db import connection, connections, transaction

from loans.demonstration.bulk import applying, contracts, deciding, paying, without_loans
from loans.demonstration.bulk.cases import Case
from loans.demonstration.bulk.keys import Keys
from loans.demonstration.bulk.office import office_of_today
from loans.demonstration.bulk.rows import Rows
from loans.demonstration.bulk.seasons import Beginnings, road_from
from loans.demonstration.bulk.writing import take_stock, write
from loans.models.series import Series

CASES_A_CHUNK = 100


class Coming(NamedTuple):
    """A case that is to be made: which, from which day on, how it and its loan are called; or its fate without one."""

    number: int
    began: date
    reference: str
    loan_number: str = ""
    fate: str = ""


def build(first, last, seed, processes=None):
    """Make the cases `first` to `last` - 1, each with a loan whose money was sent; the office has its staff already.

    `processes`: how many work at once; without it, one a processor on PostgreSQL and one elsewhere, or when the
    caller holds a transaction open. The same numbers, seed and day give the same cases.
    """
    _make(_in_order(first, last, seed), seed, processes)


def build_without_loans(first, last, seed, processes=None):
    """Make the cases `first` to `last` - 1 that are no loan: still open, or over (without_loans). Else like `build`."""
    _make(_in_order_without_loans(first, last, seed), seed, processes)


def _make(cases, seed, processes):
    chunks = [cases[start : start + CASES_A_CHUNK] for start in range(0, len(cases), CASES_A_CHUNK)]
    alone = connection.vendor != "postgresql" or connection.in_atomic_block
    processes = min(processes or (1 if alone else os.cpu_count() or 1), len(chunks))
    if processes <= 1:
        maker = Maker(seed)
        for chunk in chunks:
            maker.make(chunk)
    else:
        _side_by_side(chunks, seed, processes)
    take_stock()


def _side_by_side(chunks, seed, processes):
    connections.close_all()  # no process may share a connection with another
    with multiprocessing.get_context("fork").Pool(processes, _hire, [seed]) as workers:
        for _ in workers.imap_unordered(_let_make, chunks):
            pass


class Maker:
    """Makes chunks of cases, one process's share of them."""

    def __init__(self, seed):
        self._office, self._keys = office_of_today(seed), Keys()

    def make(self, chunk):
        """Make these cases and write them down, all or none."""
        rows = Rows(self._keys)
        for coming in chunk:
            case = Case(self._office, rows, coming.number, coming.began)
            applying.apply(case, coming.reference)
            if coming.fate:
                without_loans.FATES[coming.fate].live(case)
            else:
                _lend(case, coming.loan_number)
        with transaction.atomic():
            write(rows.by_table)


def _lend(case, loan_number):
    deciding.review(case)
    deciding.decide(case, loan_number)
    contracts.sign(case)
    deciding.send(case)
    paying.pay_back(case)


_hired = []  # in a process of the pool: its one maker
_not_ours = []  # and the connections it was born with


def _hire(seed):
    _let_go_of_inherited_connections()
    # A chunk makes rows by the ten thousand: looking for garbage once, at its end, saves a tenth of the time.
    gc.disable()
    _hired.append(Maker(seed))
    gc.freeze()


def _let_go_of_inherited_connections():
    """Whatever was open in the parent stays the parent's: under a running event loop `close_all` does not see all."""
    for each in connections.all(initialized_only=True):
        _not_ours.append(each.connection)
        each.connection = None


def _let_make(chunk):
    _hired[0].make(chunk)
    gc.collect()


def _in_order(first, last, seed):
    """All cases by the day they begin; references count on where the office stands, loans by the day of the yes."""
    office = office_of_today(seed)
    beginnings = Beginnings(last - first, office.first_day, office.last_day, office.products)
    began = {number: beginnings.day_of(number - first) for number in range(first, last)}
    roads = {number: road_from(day, office.chance(number, "road"), office.working_day) for number, day in began.items()}
    decided = {number: road.decided for number, road in roads.items()}
    references = _numbered("T", began)
    loan_numbers = _numbered("L", decided)
    return [Coming(number, began[number], references[number], loan_numbers[number]) for number in began]


def _in_order_without_loans(first, last, seed):
    office = office_of_today(seed)
    fates = {number: without_loans.fate_of(office, number) for number in range(first, last)}
    most_days = (office.until - office.first_day).days
    began = {number: without_loans.began(office, number, fate, most_days) for number, fate in fates.items()}
    references = _numbered("T", began)
    return [Coming(number, began[number], references[number], fate=fate) for number, fate in fates.items()]


def _numbered(letter, days):
    """{case: the next number of the series in the year of its day}; the series is moved on."""
    last = {row.year: row.last for row in Series.objects.filter(letter=letter)}
    found = {}
    for number in sorted(days, key=lambda number: (days[number], number)):
        year = days[number].year
        last[year] = last.get(year, 0) + 1
        found[number] = f"{letter}-{year}-{last[year]:04d}"
    for year, count in last.items():
        Series.objects.update_or_create(letter=letter, year=year, defaults={"last": count})
    return found

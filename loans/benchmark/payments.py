"""Money in, through the verb that the desk uses."""

from functools import partial

from django.db import connection

from accounts.models import User
from config import clock
from loans.benchmark.clients import Client, together
from loans.benchmark.figure import Scene, Work, a_second
from loans.benchmark.office import LITTLE_CENTS, Office
from loans.lifecycle.lending.bulk_payments import Incoming, record_payments
from loans.models import Loan


def by_one(scene: Scene) -> Work:
    """Payments a second by one client, one on each loan."""
    office, loans = scene.office, scene.office.loans(scene.sizes.loans)
    return lambda: a_second(partial(_pay_each, office, loans), len(loans))


def by_two(scene: Scene) -> Work:
    """Payments a second by two clients at once, each on loans of its own."""
    office, loans = scene.office, scene.office.loans(scene.sizes.loans)
    clients = [
        Client(warm_up=partial(_pay_each, office, half[:1]), act=partial(_pay_each, office, half))
        for half in (loans[::2], loans[1::2])
    ]
    return lambda: len(loans) / together(clients)


def in_bulk(scene: Scene) -> Work:
    """Payments a second in one bank's file, one on each loan."""
    office, loans = scene.office, scene.office.loans(scene.sizes.in_file)
    rows = [Incoming(loan.pk, clock.today(), LITTLE_CENTS, "debit", "Amina El-Sayed") for loan in loans]
    return lambda: a_second(partial(record_payments, rows, by=office.finance), len(rows))


def one_more(facts: int, scene: Scene) -> Work:
    """Payments a second on a loan that has so many facts. Each run adds one."""
    office, loan = scene.office, scene.office.loan_with(facts)
    return lambda: a_second(partial(office.pay, loan, LITTLE_CENTS), 1)


def queries(scene: Scene) -> Work:
    """What one payment asks of the database, by somebody whose roles are not read yet.

    Savepoints count, BEGIN and COMMIT do not.
    """
    office, loan = scene.office, scene.office.loans(1)[0]

    def count() -> float:
        asked: list[str] = []
        clerk = User.objects.get(pk=office.finance.pk)
        with connection.execute_wrapper(partial(_note, asked)):
            office.pay(loan, LITTLE_CENTS, by=clerk)
        return len(asked)

    return count


def _pay_each(office: Office, loans: list[Loan]) -> None:
    for loan in loans:
        office.pay(loan, LITTLE_CENTS)


def _note(asked, execute, sql, params, many, context):
    if not sql.startswith("BEGIN"):  # which only SQLite is sent as a statement
        asked.append(sql)
    return execute(sql, params, many, context)

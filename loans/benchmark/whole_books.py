"""Work over many loans: lives from the application to the money, the proof of the books, the night's seal."""

from datetime import timedelta

from config import clock
from loans.benchmark.figure import Scene, Work, a_second
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.ledger.roots import make_root
from loans.models import Loan, Root


class NotWhole(AssertionError):
    """The books of the benchmark do not hold."""


def lives(scene: Scene) -> Work:
    """Loans a second from application to disbursement: form, papers, decision, agreement, signature, advance."""
    office, count = scene.office, scene.sizes.lives
    return lambda: a_second(lambda: [office.live(clock.now()) for _ in range(count)], count)


def audited(scene: Scene) -> Work:
    """Loans a second that the audit proves. Raises NotWhole when it finds anything."""
    scene.office.loans(scene.sizes.loans)

    def prove() -> None:
        if findings := list(audit()):
            raise NotWhole(str(findings[0]))

    return lambda: a_second(prove, Loan.objects.count())


def sealed(scene: Scene) -> Work:
    """Loans a second that a root takes in. Each run seals the next day."""
    scene.office.loans(scene.sizes.loans)

    def seal() -> None:
        last = Root.objects.last()
        make_root(last.on + timedelta(days=1) if last else clock.today())

    return lambda: a_second(seal, Loan.objects.count())

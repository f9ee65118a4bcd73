"""What happens to the money once it left, in ink: facts in their chain, the lines that follow, who paid, the end."""

from accounts.actors import LEDGER
from loans.demonstration.bulk.lives import Life
from loans.demonstration.bulk.tempers import habits_of
from loans.lifecycle.ledger import chain, positions
from loans.models import Entry, Fact, Position, Receipt
from loans.models.history import new_salt, words_hash
from money.facts import FactKind

WHY_BACK = ("Returned by the bank: not enough money in the account.", "The bank could not read the cheque.")
WHY_GIVEN_UP = ("Letters come back, the telephone is cut off.", "Left the country; no answer for months.")
MONEY_IN = ("record_payment", "record_recovery")


def pay_back(case):
    """The life of the loan of a case whose money was sent, until the office's last day."""
    chance = case.office.chance(case.number, "life")
    habits = habits_of(len(case.plan_rows), chance)
    life = Life(case.loan, case.version, case.plan_rows, habits, office=case.office, chance=chance)
    ink = _Ink(case)
    sent = case.loan.advance_on
    ink.write(life.account.take(FactKind.ADVANCE, sent, case.loan.principal_cents), case.sending)
    if case.loan.fee_cents:
        paid = {"paid": case.loan.fee_paid}
        ink.write(life.account.take(FactKind.FEE, sent, case.loan.fee_cents, paid), case.sending)
    life.live()
    for deed in life.deeds:
        _do(case, ink, deed)
    ink.post(life.account.lines)
    fold, book = life.account.close()
    case.rows.add(Position, loan_id=case.loan.pk, **positions.position_values(case.loan, book, fold, ink.facts[-1]))


def _do(case, ink, deed):
    """One deed: its line in the story, and its fact."""
    loan, told = case.loan, {"by": case.finance, "at": case.moments.on(deed.day), "detail": deed.detail}
    match deed.verb:
        case "finish":
            told |= {"by": LEDGER}
        case "reverse_payment":
            told |= {"note": case.chance.choice(WHY_BACK)}
        case "propose_write_off":
            told |= {"by": case.officer, "note": case.chance.choice(WHY_GIVEN_UP)}
            loan.write_off_proposed_by_id = case.officer
        case "write_off":
            told |= {"by": case.manager}
            loan.written_off_by_id = case.manager
    event = case.story.told(deed.verb, loan, **told)
    if deed.fact is not None:
        ink.write(deed.fact, event, received_on=deed.day if deed.verb in MONEY_IN else None)


class _Ink:
    """The loan's chain as it grows."""

    def __init__(self, case):
        self.case, self.facts = case, []

    def write(self, told, event, received_on=None):
        """Add a fact of the engine to the chain; for money that came in, with its receipt."""
        fact = Fact(
            loan_id=self.case.loan.pk,
            number=told.number,
            kind=told.kind.value,
            on=told.on,
            recorded_at=event.at,
            cents=told.cents,
            detail=dict(told.detail),
            event_id=event.pk,
            previous_hash=self.facts[-1].hash if self.facts else chain.START,
            hash_version=chain.HASH_VERSION,
        )
        if told.reverses:
            fact.reverses = self.facts[told.reverses - 1]
        self.facts.append(self.case.rows.put(fact))
        if received_on is not None:
            self._receive(fact, event, received_on)
        fact.hash = chain.chained_hash(fact)

    def _receive(self, fact, event, on):
        """How the money came, on which day, and from whom: the name stands in a row of its own."""
        salt, payer = new_salt(), self.case.someone.name
        fact.detail = {"method": event.detail["method"], "payer": words_hash(salt, payer)}
        if on != fact.on:
            fact.detail["received_on"] = on.isoformat()
        self.case.rows.add(Receipt, fact_id=fact.pk, salt=salt, payer=payer)

    def post(self, lines):
        """The lines that each fact wrote."""
        for fact in self.facts:
            for on, debit, credit, cents in lines.get(fact.number, ()):
                self.case.rows.add_plain(
                    Entry,
                    loan_id=fact.loan_id,
                    fact_id=fact.pk,
                    on=on,
                    booked_on=on,
                    recorded_at=fact.recorded_at,
                    debit=debit,
                    credit=credit,
                    cents=cents,
                    fund_id=self.case.loan.fund_id,
                )

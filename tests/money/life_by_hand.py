"""A second calculation of lives, to hold the book against: day after day, from the rules of docs/money.md.

Nothing of `money` is used. Terms are told as to `by_hand`; a fact is a dictionary: number, kind, on, cents, reverses
and its detail. Slow and plain: every day of the calendar is lived through, interest is a fraction all the way.
"""

from datetime import date, timedelta
from fractions import Fraction

from tests.money.by_hand import asks_of, cent, growth, later, rows_of

KINDS = ("advance", "fee", "waiver", "rate_change", "pause", "payment", "write_off", "recovery")
DETAILS = {
    "fee": ("paid", "separately"),
    "waiver": ("part", "fees"),
    "payment": ("ahead", "credit"),
    "rate_change": ("annual_rate", None),
    "pause": ("instalments", None),
}
PARTS = ("fees", "interest", "principal")


def life_by_hand(terms, facts, until, order=PARTS):
    """How a loan stands at the end of a day: sums in cents, interest exact, what each due day was paid by part.

    Raises RefusedByHand for a change after which there is no plan.
    """
    happened = in_turn([fact for fact in facts if fact["on"] <= until])
    starts = min(each["on"] for each in terms["advances"])
    sent = [fact["on"] for fact in happened if fact["kind"] == "advance"]
    life = Life(terms, min([starts, *sent[:1]]), order)
    day = min([life.start, *(date.fromisoformat(fact["on"]) for fact in happened)])
    while day.isoformat() <= until:
        life.begin(day)
        for fact in happened:
            if fact["on"] == day.isoformat():
                life.take(fact)
        day += timedelta(days=1)
    return life.told()


def in_turn(facts):
    """What was not taken back, by day, kind, amount and detail; a reversal that was reversed takes nothing back."""

    def is_void(fact):
        return any(each.get("reverses") == fact["number"] and not is_void(each) for each in facts)

    def place(fact):
        name, usual = DETAILS.get(fact["kind"], ("", ""))
        return fact["on"], KINDS.index(fact["kind"]), fact["cents"], str(fact.get(name, usual)), fact["number"]

    return sorted((each for each in facts if each["kind"] != "reversal" and not is_void(each)), key=place)


class Life:
    """A loan's money on one day."""

    def __init__(self, terms, start, order):
        self.terms, self.start, self.order = terms, date.fromisoformat(start), order
        self.today = self.start
        self.periods = 1  # the number of the open one
        self.exact, self.booked = Fraction(0), 0
        self.principal = self.credit = self.lent = self.paid = self.written_off = self.put = 0
        self.turns = [
            {"due": due, "planned": cents, "asked": {**dict.fromkeys(PARTS, 0), "principal": cents}, "paid": {}}
            for due, cents in self.planned()
        ]
        for turn in self.turns:
            turn["paid"] = dict.fromkeys(PARTS, 0)

    def planned(self):
        """The due day and the principal of each instalment that asks for anything."""
        asks, rows = asks_of(self.terms), rows_of(self.terms)[0]
        asking = [row for row, is_asking in zip(rows, asks, strict=True) if is_asking][self.terms.get("grace", 0) :]
        return [(date.fromisoformat(row["due_on"]), row["principal_cents"]) for row in asking]

    def begin(self, day):
        """One day more of interest; when a period ends, its rounding, and credit for what falls due."""
        self.today = day
        if day <= self.start:
            return
        begins, ends = self.period()
        self.exact += self.principal * growth(self.terms, begins, ends, day - timedelta(days=1), day)
        if day != ends:
            return
        self.book()
        if self.terms.get("grace_interest") == "added" and day == self.end_of_grace():
            joining = self.turns[0]
            cents = lacking(joining, "interest")
            joining["asked"]["interest"] -= cents
            self.put_on_balance(cents)
        self.periods += 1
        self.exact, self.booked = Fraction(0), 0
        self.use_credit()

    def end_of_grace(self):
        """The day on which the grace phase ends; None without one."""
        asking = [number for number, asks in enumerate(asks_of(self.terms), start=1) if asks]
        grace = self.terms.get("grace", 0)
        return self.due(asking[grace - 1]) if grace else None

    def due(self, number):
        """The due day of a period, those after the last instalment too, counted from the first."""
        return later(date.fromisoformat(self.terms["first_due"]), self.terms.get("frequency", "monthly"), number - 1)

    def period(self):
        """The first and the last day of the open period."""
        return (self.start if self.periods == 1 else self.due(self.periods - 1)), self.due(self.periods)

    def book(self):
        """The open period's interest so far, rounded, less what of it is booked."""
        cents = cent(self.exact, self.terms) - self.booked
        ends = self.period()[1]
        asking = next((turn for turn in self.turns if turn["due"] >= ends), self.turns[-1])
        asking["asked"]["interest"] += cents
        self.booked += cents

    def take(self, fact):
        """One fact, on its day."""
        getattr(self, fact["kind"])(fact)

    def advance(self, fact):
        self.lent += fact["cents"]
        self.put_on_balance(fact["cents"])

    def put_on_balance(self, cents):
        """More principal; what is beyond the plan is asked with the last instalment."""
        before = max(self.put, sum(turn["planned"] for turn in self.turns))
        self.put += cents
        self.principal += cents
        self.turns[-1]["asked"]["principal"] += max(0, self.put - before)

    def fee(self, fact):
        how = fact.get("paid", "separately")
        if how == "added":
            self.put_on_balance(fact["cents"])
        if how == "separately":
            asking = next((turn for turn in self.turns if turn["due"] >= self.today), self.turns[-1])
            asking["asked"]["fees"] += fact["cents"]
            self.use_credit()

    def waiver(self, fact):
        part = fact.get("part", "fees")
        if part == "interest":
            self.book()
        self.give_up(part, fact["cents"])
        self.use_credit()

    def give_up(self, part, cents):
        """Ask so much less of a part, the oldest first; return what there was to give up."""
        left = cents
        for turn in self.turns:
            less = min(left, lacking(turn, part))
            if part == "principal":
                less = min(less, self.principal)
                self.principal -= less
            turn["asked"][part] -= less
            left -= less
        return cents - left

    def rate_change(self, fact):
        change = {"from": fact["on"], "annual_rate": fact["annual_rate"]}
        self.follow({**self.terms, "rates": [*self.terms.get("rates", []), change]})

    def pause(self, fact):
        pause = {"after": fact["on"], "instalments": fact["instalments"]}
        self.follow({**self.terms, "pauses": [*self.terms.get("pauses", []), pause]})

    def follow(self, terms):
        """Other terms from today: what is still to fall due asks by as much more or less as they say."""
        self.terms = terms
        coming = []
        for turn, (due, cents) in zip(self.turns, self.planned(), strict=True):
            if turn["due"] > self.today:
                turn["asked"]["principal"] += cents - turn["planned"]
                turn["due"], turn["planned"] = due, cents
                coming.append(turn)
        over = 0
        for turn in coming:
            more = max(0, -lacking(turn, "principal"))
            turn["asked"]["principal"] += more
            over += more
        for turn in reversed(coming):
            less = min(over, lacking(turn, "principal"))
            turn["asked"]["principal"] -= less
            over -= less
        self.use_credit()

    def payment(self, fact):
        """Dues, then the end of the loan if the money suffices, then what was written off, then ahead."""
        self.paid += fact["cents"]
        if self.today > self.turns[-1]["due"]:
            self.book()
        rest = self.settle(fact["cents"])
        if rest + self.credit >= self.closing():
            self.book()
            self.credit = self.settle(self.credit, ahead=True)
            rest = self.settle(rest, ahead=True)
        good = min(rest, self.written_off)
        self.written_off -= good
        rest -= good
        if fact.get("ahead") == "principal" and rest:
            self.book()
            for turn in self.turns:
                rest = self.pay(turn, "interest", rest)
            for turn in reversed(self.turns):
                rest = self.pay(turn, "principal", rest)
        self.credit += rest

    def recovery(self, fact):
        self.payment({**fact, "ahead": "credit"})

    def write_off(self, fact):
        self.book()
        self.credit = self.settle(self.credit, ahead=True)
        self.written_off += sum(self.give_up(part, self.closing()) for part in PARTS)

    def use_credit(self):
        """Credit settles what has fallen due, or all if it suffices."""
        self.credit = self.settle(self.credit)
        if self.credit >= self.closing():
            self.book()
            self.credit = self.settle(self.credit, ahead=True)

    def settle(self, money, ahead=False):
        """Pay instalment after instalment, part after part: what has fallen due, or all of it; return the rest."""
        for turn in self.turns:
            if ahead or turn["due"] <= self.today:
                for part in self.order:
                    money = self.pay(turn, part, money)
        return money

    def pay(self, turn, part, money):
        taken = min(money, lacking(turn, part))
        if part == "principal":
            taken = min(taken, self.principal)
            self.principal -= taken
        turn["paid"][part] += taken
        return money - taken

    def owing(self, part):
        return sum(lacking(turn, part) for turn in self.turns)

    def closing(self):
        """What closes the loan today, credit not counted."""
        return self.principal + self.owing("interest") + self.owing("fees") + cent(self.exact, self.terms) - self.booked

    def told(self):
        """Interest is exact while principal bears it, else whole cents."""
        accrued = self.exact if self.principal else cent(self.exact, self.terms)
        return {
            "principal": self.principal,
            "interest": self.owing("interest") + accrued - self.booked,
            "fees": self.owing("fees"),
            "credit": self.credit,
            "lent": self.lent,
            "paid": self.paid,
            "written_off": self.written_off,
            "closes": max(0, self.closing() - self.credit),
            "instalments": {turn["due"]: tuple(turn["paid"][part] for part in PARTS) for turn in self.turns},
            "late": self.late(),
        }

    def late(self):
        """Of each instalment whose day has come, what it lacks by part; what was never lent is not asked back."""
        coming = sum(each["cents"] for each in self.terms["advances"] if each["on"] > self.today.isoformat())
        never = self.owing("principal") - self.principal - coming
        found = {}
        for turn in reversed(self.turns):
            less = min(max(0, never), lacking(turn, "principal"))
            never -= less
            if turn["due"] <= self.today:
                since = cent(self.exact, self.terms) - self.booked if turn["due"] == self.turns[-1]["due"] else 0
                fees, interest, principal = (lacking(turn, part) for part in PARTS)
                found[turn["due"]] = fees, interest + since, principal - less
        return found


def lacking(turn, part):
    """What is asked and not paid."""
    return turn["asked"][part] - turn["paid"][part]

"""A second calculation of plans and rates, to hold the engine against: nothing of `money` is used here.

It is written from the rules (DOMAIN 1.2 and the conventions named in docs/money.md) in the plainest way, slow and
without cleverness: the level payment is found by trying cent after cent, the rate by halving.
"""

from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

A_YEAR = {"monthly": 12, "biweekly": 26, "weekly": 52, "quarterly": 4}
MONTHS = {"monthly": 1, "quarterly": 3}
DAYS = {"weekly": 7, "biweekly": 14}
REGULAR = {
    "monthly": Fraction(1, 12),
    "quarterly": Fraction(1, 4),
    "weekly": Fraction(7, 360),
    "biweekly": Fraction(14, 360),
}


class RefusedByHand(ValueError):
    """The field of terms of which no plan can be made."""


def quote_by_hand(terms):
    """The plan and the cost of terms told as `manage.py quote` takes them: days, amounts, rate; no check of bounds.

    Raises RefusedByHand for a payment below its interest (instalments, or rates where the payment is kept) and for a
    pause after the last instalment (pauses).
    """
    rows, levels, added = rows_of(terms)
    last = max(advance["on"] for advance in terms["advances"])
    return {
        "instalments": rows,
        "payment_cents": next(cents for due_on, cents in levels if due_on > last),
        "total_interest_cents": added + sum(row["interest_cents"] for row in rows),
        "total_paid_cents": sum(row["total_cents"] for row in rows),
        **_cost(terms, rows),
    }


def rows_of(terms):
    """The instalments; what each repayment asks when interest that waited is left out; the interest added."""
    asks = asks_of(terms)
    edges, grace = edges_of(terms, len(asks)), terms.get("grace", 0)
    balance = sum(fee["cents"] for fee in terms.get("fees", []) if fee["paid"] == "added")
    waiting, level, turn, added, rows, levels = 0, None, 0, 0, [], []
    for number, is_asking in enumerate(asks, start=1):
        start, end = edges[number - 1 : number + 1]
        lots = _lots(terms, balance, start, end)
        level = None if len(lots) > 1 or _is_found_anew(terms, start, end) else level
        interest, balance = cent(_borne(terms, lots, start, end), terms), sum(cents for cents, _ in lots)
        turn += is_asking
        waiting += interest
        asked, principal = 0, 0
        if is_asking and turn > grace:
            if level is None and _phase(terms, turn) == "repayment":
                level = _level_of(terms, edges[number - 1 :], lots, terms["instalments"] - turn)
            principal = _principal(terms, turn, balance, interest, level)
            asked, waiting = waiting, 0
            if _phase(terms, turn) != "interest only":
                levels.append((end.isoformat(), principal + interest))
        if is_asking and turn == grace and terms.get("grace_interest") == "added":
            balance, added, waiting = balance + waiting, waiting, 0
        balance -= principal
        rows.append(_row(number, start, end, principal, asked, balance))
    return rows, levels, added


def _row(number, start, end, principal, interest, balance):
    return {
        "number": number,
        "due_on": end.isoformat(),
        "days": (end - start).days,
        "principal_cents": principal,
        "interest_cents": interest,
        "fees_cents": 0,
        "total_cents": principal + interest,
        "balance_cents": balance,
    }


def asks_of(terms):
    """Of each due day, whether an instalment falls on it: each pause in turn puts empty days before those after it."""
    asks = [True] * terms["instalments"]
    for pause in sorted(terms.get("pauses", []), key=lambda each: each["after"]):
        dues = edges_of(terms, len(asks))[1:]
        later = [place for place, due in enumerate(dues) if asks[place] and due.isoformat() > pause["after"]]
        if not later:
            raise RefusedByHand("pauses")
        asks[later[0] : later[0]] = [False] * pause["instalments"]
    return asks


def _phase(terms, turn):
    if turn == terms["instalments"]:
        return "end"
    return "repayment" if turn > terms.get("grace", 0) + terms.get("interest_only", 0) else "interest only"


def _principal(terms, turn, balance, interest, level):
    """What the asking instalment of this turn repays: as its phase says, and enough for the least payment."""
    least = max(0, terms.get("minimum_cents", 0) - interest)
    phase = _phase(terms, turn)
    if phase == "end":
        return balance
    if phase == "interest only":
        return min(balance, least)
    if terms.get("amortisation") == "level_principal":
        return min(balance, max(level, least))
    if max(level, terms.get("minimum_cents", 0)) < interest:
        raise RefusedByHand("rates" if terms.get("on_rate_change") == "keep" and terms.get("rates") else "instalments")
    return min(balance, max(level - interest, least))


def _lots(terms, balance, start, end):
    """What bears interest in a period, and since when: the balance, and each advance of the period."""
    joining = [(each["cents"], date.fromisoformat(each["on"])) for each in terms["advances"]]
    return [(balance, start), *((cents, on) for cents, on in joining if start <= on < end)]


def _borne(terms, lots, start, end):
    return sum(cents * growth(terms, start, end, since, end) for cents, since in lots)


def _is_found_anew(terms, start, end):
    if terms.get("on_rate_change") == "keep":
        return False
    return any(start <= date.fromisoformat(change["from"]) < end for change in terms.get("rates", []))


def _level_of(terms, edges, lots, coming):
    """What is level from the period between the first two edges on, before `coming` others, by the rates then known."""
    balance = sum(cents for cents, _ in lots)
    if terms.get("amortisation") == "level_principal":
        return cent(Fraction(balance, coming + 1), {})
    start = min(each["on"] for each in terms["advances"])
    keeps, end = terms.get("on_rate_change") == "keep", edges[1].isoformat()
    rates = [each for each in terms.get("rates", []) if (each["from"] <= start if keeps else each["from"] < end)]
    known = {**terms, "rates": rates}
    shares = [growth(known, a, b, a, b) for a, b in pairwise(edges[1 : coming + 2])]
    return _level(terms, shares, balance + cent(_borne(known, lots, *edges[:2]), terms))


def _level(terms, shares, first):
    """Try each whole cent near the annuity: the one with the closest last instalment, of two the larger."""

    def distance(payment):
        owed = first - payment
        for share in shares[:-1]:
            owed += cent(owed * share, terms) - payment
        return abs(owed + cent(owed * shares[-1], terms) - payment)

    worth = factor = 1.0
    for share in shares:
        factor /= 1 + float(share)
        worth += factor
    near = int(first / worth)
    return min(range(max(0, near - 60), near + 61), key=lambda payment: (distance(payment), -payment))


def edges_of(terms, count):
    """The first day, and the due days of so many instalments."""
    start = min(date.fromisoformat(advance["on"]) for advance in terms["advances"])
    first, frequency = date.fromisoformat(terms["first_due"]), terms.get("frequency", "monthly")
    return [start, *(later(first, frequency, number) for number in range(count))]


def later(day, frequency, number):
    if frequency in DAYS:
        return day + timedelta(days=DAYS[frequency] * number)
    months = day.month - 1 + MONTHS[frequency] * number
    year, month = day.year + months // 12, months % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def growth(terms, start, end, since, until):
    """Interest on one cent from `since` to `until`, inside the period from `start` to `end`, day by day of its rate."""
    cuts = sorted({since, until, *(date.fromisoformat(change["from"]) for change in terms.get("rates", []))})
    cuts = [day for day in cuts if since <= day <= until]
    pieces = pairwise(cuts)
    return sum((_rate(terms, a) * _years(terms, start, end, a, b) for a, b in pieces), Fraction(0))


def _rate(terms, day):
    rate = Fraction(str(terms["annual_rate"]))
    for change in sorted(terms.get("rates", []), key=lambda each: each["from"]):
        rate = Fraction(str(change["annual_rate"])) if date.fromisoformat(change["from"]) <= day else rate
    return rate


def _years(terms, start, end, since, until):
    convention, days = terms.get("day_count", "30/360"), (until - since).days
    if convention == "30/360":
        return _thirty(terms, start, end) * Fraction(days, (end - start).days)
    if convention == "actual/actual":
        each = (since + timedelta(days=number) for number in range(days))
        return sum((Fraction(1, 366 if _is_leap(day.year) else 365) for day in each), Fraction(0))
    return Fraction(days, 360 if convention == "actual/360" else 365)


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _is_one_period(start, end, frequency):
    return later(start, frequency, 1) == end or later(end, frequency, -1) == start


def _thirty(terms, start, end):
    frequency = terms.get("frequency", "monthly")
    if _is_one_period(start, end, frequency):
        return REGULAR[frequency]
    months = 12 * (end.year - start.year) + end.month - start.month
    return Fraction(30 * months + min(30, end.day) - min(30, start.day), 360)


def cent(exact, terms):
    """The nearest cent of a sum that is not below zero; a half goes up, or to the even neighbour when asked."""
    whole, rest = divmod(Fraction(exact), 1)
    if rest == Fraction(1, 2):
        up = whole % 2 == 1 if terms.get("rounding") == "half-even" else True
        return int(whole) + up
    return int(whole) + (rest > Fraction(1, 2))


def _cost(terms, rows):
    a_year = A_YEAR[terms.get("frequency", "monthly")]
    (start, first_due), in_hand = edges_of(terms, 1), 0
    with localcontext() as context:
        context.prec = 40
        a_day = Decimal(a_year) / 365
        for fee in terms.get("fees", []):
            counts = fee.get("cost_of_borrowing", True)
            if fee["paid"] == "added":
                in_hand += 0 if counts else fee["cents"]
            else:
                in_hand -= fee["cents"] if counts else 0
        flows = [(a_day * (date.fromisoformat(each["on"]) - start).days, each["cents"]) for each in terms["advances"]]
        regular = _is_one_period(start, first_due, terms.get("frequency", "monthly"))
        first = Decimal(1) if regular else a_day * (first_due - start).days
        flows += [(first + number, -row["total_cents"]) for number, row in enumerate(rows)]
        rate = _halved(in_hand, flows)
        received = in_hand + sum(advance["cents"] for advance in terms["advances"])
        return {
            "cost_of_borrowing_cents": sum(row["total_cents"] for row in rows) - received,
            "apr": rate * a_year,
            "effective_rate": (1 + rate) ** a_year - 1,
        }


def _halved(in_hand, flows):
    low, high = Decimal(0), Decimal(4)
    for _ in range(60):
        middle = (low + high) / 2
        worth = in_hand + sum(cents / (1 + middle) ** when for when, cents in flows)
        low, high = (middle, high) if worth < 0 else (low, middle)
    return (low + high) / 2

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


def quote_by_hand(terms):
    """The plan and the cost of terms told as `manage.py quote` takes them: days, amounts, rate; no check of bounds."""
    rows, levels = _rows(terms)
    last = max(advance["on"] for advance in terms["advances"])
    return {
        "instalments": rows,
        "payment_cents": next(cents for due_on, cents in levels if due_on > last),
        "total_interest_cents": sum(row["interest_cents"] for row in rows),
        "total_paid_cents": sum(row["total_cents"] for row in rows),
        **_cost(terms, rows),
    }


def _rows(terms):
    """The instalments, and what each repayment asks when interest of a grace phase is left out, with its day."""
    edges = _edges(terms)
    grace, still = terms.get("grace", 0), terms.get("grace", 0) + terms.get("interest_only", 0)
    balance = sum(fee["cents"] for fee in terms.get("fees", []) if fee["paid"] == "added")
    carried, level, rows, levels = 0, None, [], []
    for number in range(1, len(edges)):
        start, end = edges[number - 1], edges[number]
        exact = balance * _growth(terms, start, end, start, end)
        for advance in sorted(terms["advances"], key=lambda each: each["on"]):
            on = date.fromisoformat(advance["on"])
            if start <= on < end:
                exact += advance["cents"] * _growth(terms, start, end, on, end)
                balance += advance["cents"]
                level = None
        if any(start <= date.fromisoformat(change["from"]) < end for change in terms.get("rates", [])):
            level = None
        interest, principal = _cent(exact, terms), 0
        if number == len(edges) - 1:
            principal = balance
        elif number > still and terms.get("amortisation") == "level_principal":
            level = level if level is not None else _cent(Fraction(balance, len(edges) - number), {})
            principal = min(balance, level)
        elif number > still:
            level = level if level is not None else _level(terms, edges, number, balance, interest)
            principal = min(balance, level - interest)
        balance -= principal
        carried += interest
        asked, carried = (0, carried) if number <= grace else (carried, 0)
        if number > still:
            levels.append((end.isoformat(), principal + interest))
        rows.append(
            {
                "number": number,
                "due_on": end.isoformat(),
                "days": (end - start).days,
                "principal_cents": principal,
                "interest_cents": asked,
                "fees_cents": 0,
                "total_cents": principal + asked,
                "balance_cents": balance,
            }
        )
    return rows, levels


def _level(terms, edges, number, balance, interest):
    """Try each whole cent near the annuity: the one with the closest last instalment, of two the larger."""
    known = {**terms, "rates": [c for c in terms.get("rates", []) if date.fromisoformat(c["from"]) < edges[number]]}
    shares = [_growth(known, a, b, a, b) for a, b in pairwise(edges[number:])]

    def distance(payment):
        owed = balance + interest - payment
        for share in shares[:-1]:
            owed += _cent(owed * share, terms) - payment
        return abs(owed + _cent(owed * shares[-1], terms) - payment)

    worth = factor = 1.0
    for share in shares:
        factor /= 1 + float(share)
        worth += factor
    near = int((balance + interest) / worth)
    return min(range(max(0, near - 60), near + 61), key=lambda payment: (distance(payment), -payment))


def _edges(terms):
    start = min(date.fromisoformat(advance["on"]) for advance in terms["advances"])
    first, frequency = date.fromisoformat(terms["first_due"]), terms.get("frequency", "monthly")
    return [start, *(_later(first, frequency, number) for number in range(terms["instalments"]))]


def _later(day, frequency, number):
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


def _growth(terms, start, end, since, until):
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
    return _later(start, frequency, 1) == end or _later(end, frequency, -1) == start


def _thirty(terms, start, end):
    frequency = terms.get("frequency", "monthly")
    if _is_one_period(start, end, frequency):
        return REGULAR[frequency]
    months = 12 * (end.year - start.year) + end.month - start.month
    return Fraction(30 * months + min(30, end.day) - min(30, start.day), 360)


def _cent(exact, terms):
    """The nearest cent of a sum that is not below zero; a half goes up, or to the even neighbour when asked."""
    whole, rest = divmod(Fraction(exact), 1)
    if rest == Fraction(1, 2):
        up = whole % 2 == 1 if terms.get("rounding") == "half-even" else True
        return int(whole) + up
    return int(whole) + (rest > Fraction(1, 2))


def _cost(terms, rows):
    a_year = A_YEAR[terms.get("frequency", "monthly")]
    edges = _edges(terms)
    start, in_hand = edges[0], 0
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
        regular = _is_one_period(start, edges[1], terms.get("frequency", "monthly"))
        first = Decimal(1) if regular else a_day * (edges[1] - start).days
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

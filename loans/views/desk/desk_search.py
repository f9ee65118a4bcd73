"""Looking for a case: by a part of a name in any script, its reference, a telephone number, an e-mail address."""

import re
import unicodedata

from applicants.search_words import applicants_named, applicants_with_phone
from applicants.spelled import digits_of
from config import clock
from loans.views.desk.desk_lists import MOST, first_of

LONGEST = 100
FIRST_YEAR, MOST_DIGITS = 2000, 6
REFERENCE = re.compile(r"^t?(?P<year>20[0-9]{2})(?P<number>[0-9]{0,6})$")
WHOLE_NUMBER = re.compile(r"^[0-9]{1,6}$")
ONLY_SIGNS_OF_NUMBERS = re.compile(r"[\s\-\u2010-\u2015\u2212.()/+#\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def searched(cases, typed, order=(), most=MOST):
    """Those of `cases` that the words typed may mean. Each way to find them has an index of its own.

    Where there are two ways, what is found is `first_of` them.
    """
    typed = unicodedata.normalize("NFKC", typed).strip()[:LONGEST]
    if not typed:
        return cases
    if "@" in typed:
        return cases.filter(applicant__user__email__startswith=typed.lower())
    ways = [*_by_reference(cases, typed), *_by_phone(cases, typed)]
    if not ways:
        return _by_name(cases, typed)
    return first_of(ways, order, most) if len(ways) > 1 else ways[0]


def _by_name(cases, typed):
    people = applicants_named(typed)
    for keys in people:
        cases = cases.filter(applicant__in=keys)
    return cases if people else cases.none()


def _by_reference(cases, typed):
    """T-2027-0042 however it is typed; of a number alone, the case of this number in each year."""
    bare = ONLY_SIGNS_OF_NUMBERS.sub("", typed).lower()
    bare = "".join(digits_of(sign) if sign.isdecimal() else sign for sign in bare)
    if found := REFERENCE.match(bare):
        year, number = found["year"], found["number"]
        yield cases.filter(reference=f"T-{year}-{int(number):04d}") if number else _of_year(cases, year)
    if WHOLE_NUMBER.match(bare):
        years = range(FIRST_YEAR, clock.today().year + 1)
        yield cases.filter(reference__in=[f"T-{year}-{int(bare):04d}" for year in years])


def _of_year(cases, year):
    return cases.filter(reference__startswith=f"T-{year}-")


def _by_phone(cases, typed):
    if not ONLY_SIGNS_OF_NUMBERS.sub("", typed).isdecimal():
        return
    people = applicants_with_phone(typed)
    if people is not None:
        yield cases.filter(applicant__in=people)

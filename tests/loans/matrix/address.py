"""What the matrix knows of an address: in which world it is visited, and for whom it is there."""

from typing import NamedTuple

APPLICANTS = "bilal amina clara"
OFFICE = "omar olga mariam felix ada carl"
ALL = f"{APPLICANTS} {OFFICE}"
PARTIES = "amina clara"  # of the case: who asked, and who signs with her
CASE = "omar olga mariam ada"  # who reads cases
ANSWERING = "omar olga mariam"  # who reads and answers the applicant's messages
DECIDING = f"{CASE} carl"  # once it is recommended, the committee too
LOAN = "omar olga mariam felix ada"  # who works with the portfolio
REPORTS = "mariam felix ada"
CALLERS = "omar olga mariam"  # who calls those who asked for it
PEOPLE = "mariam carl ada"  # who sees roles
HELPERS = "omar olga mariam"  # who help with a lost address
SECOND = "mariam felix carl"  # who confirms a day of the calendar, or takes back what she entered


class Address(NamedTuple):
    """`world` is the fixture that makes the case or loan, `args` what stands in the address."""

    name: str
    world: str = ""
    args: tuple = ()
    exists_for: str = ALL  # others are told 403 or 404, also when they post
    shown_to: str = ""  # a GET is a page; for the rest of `exists_for` it leads elsewhere
    acted_on_by: str = ""  # an empty POST is taken, or told what is missing; for others it is refused
    is_public: bool = False  # there without signing in


def deed(name, world, acted_on_by, exists_for=CASE, args=("case",)):
    """A deed of the office: a GET leads to its case or loan."""
    return Address(name, world, args, exists_for, "", acted_on_by)

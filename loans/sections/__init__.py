"""The pages of the form that every purpose shares, one group of questions a page."""

from loans.sections.budget import BUDGET, COSTS, INCOME, month_of
from loans.sections.person import ABOUT_ME, STATUS
from loans.sections.section import MOST_CENTS, MOST_LINE_NUMBERS, Section
from loans.sections.signing import CONSENT_TITLES, CONSENTS, CONSENTS_SECTION, PAPERS_SECTION, SIGNERS, STATEMENTS
from loans.sections.work import WORK

__all__ = [
    "ABOUT_ME",
    "BUDGET",
    "CONSENTS",
    "CONSENTS_SECTION",
    "CONSENT_TITLES",
    "COSTS",
    "INCOME",
    "MOST_CENTS",
    "MOST_LINE_NUMBERS",
    "PAPERS_SECTION",
    "SIGNERS",
    "STATEMENTS",
    "STATUS",
    "WORK",
    "Section",
    "month_of",
]

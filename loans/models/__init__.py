from loans.models.advance import Advance
from loans.models.agreement import Agreement, Signature
from loans.models.answer import Answer
from loans.models.application import Application
from loans.models.calendar import CalendarDay
from loans.models.closing import Closing
from loans.models.consent import Consent
from loans.models.document import Document
from loans.models.frozen import Baseline, Submission
from loans.models.history import Event, Mishap, Note
from loans.models.identity import IdentityCheck
from loans.models.ink import Entry, Fact, Receipt, Root
from loans.models.loan import Loan
from loans.models.party import Party
from loans.models.plan import Plan, PlanRow, Position
from loans.models.product import EligibilityRule, Fund, IndexRate, Product
from loans.models.question import Question
from loans.models.recommendation import Recommendation, Vote
from loans.models.series import Series

__all__ = [
    "Advance",
    "Agreement",
    "Answer",
    "Application",
    "Baseline",
    "CalendarDay",
    "Closing",
    "Consent",
    "Document",
    "EligibilityRule",
    "Entry",
    "Event",
    "Fact",
    "Fund",
    "IdentityCheck",
    "IndexRate",
    "Loan",
    "Mishap",
    "Note",
    "Party",
    "Plan",
    "PlanRow",
    "Position",
    "Product",
    "Question",
    "Receipt",
    "Recommendation",
    "Root",
    "Series",
    "Signature",
    "Submission",
    "Vote",
]

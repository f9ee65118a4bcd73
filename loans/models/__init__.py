from loans.models.advance import Advance
from loans.models.agreement import (
    Agreement,
    DebitSignature,
    Explained,
    Signature,
    SigningFile,
    SigningRecord,
    VoidAgreement,
)
from loans.models.answer import Answer
from loans.models.application import Application
from loans.models.assistance import Assistance, SignedPage, Way
from loans.models.bank_account import BankAccount, Institution
from loans.models.calendar import CalendarDay
from loans.models.checklist import ChecklistAnswer, ChecklistItem
from loans.models.clause import ContractClause
from loans.models.closing import Closing
from loans.models.complaint import Complaint
from loans.models.condition import Condition, ConditionWords, Reopening, Waiver
from loans.models.conflict import Conflict
from loans.models.consent import Consent, ConsentText
from loans.models.credit import CreditBureau, CreditReport, LenderKind, ScoreBand
from loans.models.debit_change import DebitChange
from loans.models.diary import ReferenceContact, Task
from loans.models.document import Document, Page
from loans.models.finding import Finding
from loans.models.flag import FlagAnswer, FlagCount
from loans.models.frozen import Baseline, Submission
from loans.models.history import Event, Mishap, Note
from loans.models.identity import IdentityCheck
from loans.models.ink import Entry, Fact, Receipt, Root
from loans.models.loan import Loan
from loans.models.loan_paper import LoanPaper
from loans.models.message import Message
from loans.models.paper_signature import PaperSignature
from loans.models.party import Party
from loans.models.plan import Plan, PlanRow, Position
from loans.models.product import EligibilityRule, Fund, IndexRate, Product
from loans.models.question import Question
from loans.models.reason import ReasonWords
from loans.models.recommendation import Minutes, OtherTerms, Recommendation, Vote, VoteCount
from loans.models.record import DecisionRecord, RecordBody
from loans.models.referral import Referral
from loans.models.sanction import SanctionEntry, SanctionList, SanctionWord
from loans.models.series import Series
from loans.models.setting import SettingChange
from loans.models.template import MessageTemplate
from loans.models.upload import Piece, Upload

__all__ = [
    "Advance",
    "Agreement",
    "Answer",
    "Application",
    "Assistance",
    "BankAccount",
    "Baseline",
    "CalendarDay",
    "ChecklistAnswer",
    "ChecklistItem",
    "Closing",
    "Complaint",
    "Condition",
    "ConditionWords",
    "Conflict",
    "Consent",
    "ConsentText",
    "ContractClause",
    "CreditBureau",
    "CreditReport",
    "DebitChange",
    "DebitSignature",
    "DecisionRecord",
    "Document",
    "EligibilityRule",
    "Entry",
    "Event",
    "Explained",
    "Fact",
    "Finding",
    "FlagAnswer",
    "FlagCount",
    "Fund",
    "IdentityCheck",
    "IndexRate",
    "Institution",
    "LenderKind",
    "Loan",
    "LoanPaper",
    "Message",
    "MessageTemplate",
    "Minutes",
    "Mishap",
    "Note",
    "OtherTerms",
    "Page",
    "PaperSignature",
    "Party",
    "Piece",
    "Plan",
    "PlanRow",
    "Position",
    "Product",
    "Question",
    "ReasonWords",
    "Receipt",
    "Recommendation",
    "RecordBody",
    "ReferenceContact",
    "Referral",
    "Reopening",
    "Root",
    "SanctionEntry",
    "SanctionList",
    "SanctionWord",
    "ScoreBand",
    "Series",
    "SettingChange",
    "Signature",
    "SignedPage",
    "SigningFile",
    "SigningRecord",
    "Submission",
    "Task",
    "Upload",
    "VoidAgreement",
    "Vote",
    "VoteCount",
    "Waiver",
    "Way",
]

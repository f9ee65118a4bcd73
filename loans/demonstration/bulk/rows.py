"""The rows of a chunk of cases, by table, each with its key before it is written."""

from allauth.account.models import EmailAddress

from accounts.models import User
from applicants.models import Applicant
from applicants.search_words import SearchWord
from loans.models import (
    Advance,
    Agreement,
    Application,
    Baseline,
    Consent,
    Entry,
    Event,
    Fact,
    IdentityCheck,
    Loan,
    Message,
    Note,
    Party,
    Plan,
    PlanRow,
    Position,
    Question,
    Receipt,
    Recommendation,
    Signature,
    Submission,
    Vote,
    VoteCount,
)
from vault.models import StoredFile

# Each after those it points to.
TABLES = (
    StoredFile, User, EmailAddress, Applicant, SearchWord, Application, Party, Submission, Baseline, Consent, Event,
    Note, Question, Message, IdentityCheck, Recommendation, Vote, VoteCount, Loan, Agreement, Signature, Advance, Plan,
    PlanRow, Fact, Receipt, Entry, Position,
)  # fmt: skip


class Rows:
    """`by_table` holds what was added, table by table, in the order of their keys."""

    def __init__(self, keys):
        self._keys = keys
        self.by_table = {model: [] for model in TABLES}

    def add(self, model, **columns):
        """A new row of `model`."""
        return self.put(model(**columns))

    def add_plain(self, model, **columns):
        """The same without an instance, for tables with many rows that need none; every column is given."""
        self.by_table[model].append({"id": self._keys.next(model), **columns})

    def put(self, row):
        """Give a row that was made elsewhere its key, and keep it."""
        row.pk = self._keys.next(type(row))
        self.by_table[type(row)].append(row)
        return row

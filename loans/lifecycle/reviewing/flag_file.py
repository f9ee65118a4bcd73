"""What the kinds of flag read of a case, looked up once, and what each of them finds."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from accounts.models import User
from loans.lifecycle.reviewing.household import Load, load_of, months_of, requested_terms
from loans.models import Application, Recommendation, Submission
from loans.models.ladder import Ladder, ladder_of


@dataclass(frozen=True)
class Found:
    """One thing to be looked at: its kind, its name among those of the case, and its facts.

    `facts` are codes, keys, sums in cents, days and numbers, as JSON: an answer holds for these. `beside` is what else
    is shown, and may change without asking anybody to look again.
    """

    kind: str
    key: str
    facts: dict[str, Any]
    beside: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """Somebody of the case: who they are in it (applicant, a Party.Kind, reference, business), name, e-mail, user."""

    role: str
    name: str
    email: str = ""
    user: int | None = None


@dataclass
class File:
    """A case with what several kinds of flag read, looked up once. `reader` is who wants to know; None: the house."""

    case: Application
    reader: User | None
    references: list[str]  # names of those who were asked about the person
    terms: Recommendation | None  # the newest that were recommended

    @cached_property
    def submission(self) -> Submission:
        """The newest form."""
        found: Submission = list(self.case.submissions.all())[-1]
        return found

    @cached_property
    def ladder(self) -> Ladder:
        """The figures, each with what counts."""
        return ladder_of(self.case)

    @cached_property
    def load(self) -> Load | None:
        """What the loan asks of the household, by the terms recommended or else asked for; None: there is no plan."""
        terms = self.terms or requested_terms(self.case, self.submission)
        return load_of(self.case, terms, months_of(self.ladder))

    @cached_property
    def people(self) -> list[Named]:
        """Everybody of the case whose name is known, the applicant first."""
        person = self.case.applicant
        others = [party for party in self.case.parties.all() if party.user_id != person.user_id]
        found = [Named("applicant", person.full_name, person.user.email, person.user_id)]
        found += [Named(party.kind, party.name, party.user.email, party.user_id) for party in others]
        found += [Named("reference", name) for name in self.references]
        return [each for each in found if each.name]

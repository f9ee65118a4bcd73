"""The people of the benchmark, and loans walked to the money by the real verbs."""

import random
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from accounts.models import Role, User
from accounts.people import give_role
from config import clock
from loans.demonstration import SECRET, build_without_loans
from loans.demonstration.forms import fill_in
from loans.demonstration.people import PEOPLE, STAFF
from loans.demonstration.roads import Road
from loans.lifecycle.applying import filling
from loans.lifecycle.lending import repayment
from loans.lifecycle.lending.bulk_payments import Incoming, record_payments
from loans.models import Application, Fact, Loan, Product

CENTS, MONTHS = 600_000, 36
TERMS = {"principal_cents": CENTS, "study_months": 0, "repayment_months": MONTHS}
A_YEAR, ALL_MONTHS = timedelta(days=380), timedelta(days=1090)
LITTLE_CENTS = 500  # of a payment of which a thousand do not repay the loan


class Office:
    """Staff who lend, and the loans that stand in the books, made when a figure first needs them."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(f"{seed}/office")
        self._staff: dict[Role, list[User]] = {role: [] for role in Role}
        self._borrowers = 0
        self._lent: list[Loan] = []
        self._seed, self._cases = seed, 0
        for email, name, role, language in STAFF:
            user = User.objects.known_as(email, name=name, language=language)
            give_role(user, role, by=None)
            self._staff[role].append(user)

    @property
    def finance(self) -> User:
        """Who sends and takes money."""
        return self._staff[Role.FINANCE][0]

    @property
    def officer(self) -> User:
        """Who works with cases, with a second factor: without it nobody at the office gets to a page."""
        officer = self._staff[Role.OFFICER][0]
        if not Authenticator.objects.filter(user=officer).exists():
            TOTP.activate(officer, SECRET)
        return officer

    def cases(self, count: int) -> int:
        """See that there are so many cases without a loan, in all states; returns the year of the oldest."""
        if count > self._cases:
            build_without_loans(self._cases, count - self._cases, self._seed)
            self._cases = count
        oldest: datetime = Application.objects.filter(submitted_at__isnull=False).earliest("started_at").started_at
        return oldest.year

    def live(self, began: datetime) -> Loan:
        """One life: application, review, decision, agreement, signature, advance; then each payment due by now."""
        number, self._borrowers = self._borrowers, self._borrowers + 1
        someone = PEOPLE[number % len(PEOPLE)]
        person = User.objects.known_as(f"b{number}@people.example", name=someone.name, language=someone.language)
        with clock.at(began):
            case = filling.start(person, Product.objects.on_offer().get(code="credential"))
            fill_in(case, person, someone, chance=self._chance, cents=CENTS, months=MONTHS)
        Road(case, person, "active", began=began, staff=self._staff, chance=self._chance, terms=TERMS).walk()
        return case.loans.get()

    def loans(self, count: int) -> list[Loan]:
        """Loans of 36 months that were lent a year ago and have been paid every month."""
        while len(self._lent) < count:
            self._lent.append(self.live(clock.now() - A_YEAR))
        return self._lent[:count]

    def loan_with(self, facts: int) -> Loan:
        """A loan lent three years ago, with its advance and little payments all along."""
        began = clock.now() - ALL_MONTHS
        with clock.at(began):
            loan = self.live(began)
        days = (clock.today() - loan.advance_on).days
        on = [loan.advance_on + timedelta(days=days * number // facts) for number in range(1, facts)]
        rows = [Incoming(loan.pk, day, LITTLE_CENTS, "transfer", "Amina El-Sayed") for day in on]
        record_payments(rows, by=self.finance)
        return loan

    def pay(self, loan: Loan, cents: int, *, on: date | None = None, by: User | None = None) -> Fact:
        """A payment through the verb: of today, and taken by our clerk, unless told otherwise."""
        words = {"method": "transfer", "payer": "Amina El-Sayed"}
        return repayment.record_payment(loan, by=by or self.finance, on=on or clock.today(), cents=cents, **words)

"""The roads the people of the demo walk: how far each gets, and how each pays."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import Role
from config import clock
from letters.models import Letter
from loans.demonstration import bank, conditions
from loans.demonstration.checklists import change_one, go_through
from loans.demonstration.credit import enter_report
from loans.lifecycle.applying import submission
from loans.lifecycle.contracts import paper_making, signing
from loans.lifecycle.deciding import appeal, committee, decision
from loans.lifecycle.ledger import books
from loans.lifecycle.lending import changes, disbursement, planning, repayment, write_off
from loans.lifecycle.offering import questions
from loans.lifecycle.reviewing import diary, identity, ladder, review
from loans.lifecycle.writing import messages
from loans.models import Application, Loan
from loans.models.ladder import ladder_of

UNSENT = ("draft", "expired")
OPEN = ("in_review", "waiting", "closed_unanswered")
LENT = ("active", "late", "very_late", "repaid", "written_off", "paused", "rescheduled")
SIGNED = ("signed", *LENT)
SUPPORT = {"training": ["affordable", "enrolled"], "business": ["sound_business", "experience"]}


class Road:
    """One case on its way to `goal`, begun at `began`; `staff` is {role: [people]}."""

    def __init__(self, case, person, goal, *, began, staff, chance, terms):
        self.case, self.person, self.goal, self.began = case, person, goal, began
        self.staff, self.chance, self.terms = staff, chance, terms
        self.officer = chance.choice(staff[Role.OFFICER])
        self.manager, self.finance = staff[Role.MANAGER][0], staff[Role.FINANCE][0]

    def on_day(self, days):
        """The clock `days` after the beginning; never later than now."""
        return clock.at(min(self.began + timedelta(days=days), clock.now()))

    def walk(self):
        """Go as far as the goal says."""
        if self.goal in UNSENT:
            return self._forget_draft()
        with self.on_day(2):
            self.case = submission.submit(self.case, by=self.person)
        if self.goal == "submitted":
            return None
        if self.goal == "withdrawn":
            with self.on_day(6):
                return submission.withdraw(self.case, by=self.person, note="I found a scholarship.")
        self._review()
        if self.goal in OPEN:
            return None
        return self._decide()

    def _forget_draft(self):
        if self.goal == "expired":
            with self.on_day(submission.DRAFT_DAYS + 1):
                submission.expire_drafts(clock.today())

    def _review(self):
        with self.on_day(4):
            self.case = review.take(self.case, by=self.officer)
            if self.goal in ("in_review", "waiting", "active"):
                self._talk()
            if self.goal == "in_review":
                self._plan()
                self._find()
                enter_report(self.case, self.officer)
            if self.goal == "declined":
                enter_report(self.case, self.officer, is_late=True)
                go_through(self.case, self.officer, wholly=False)
                change_one(self.case, self.officer)
            if self.goal in ("waiting", "closed_unanswered"):
                page = "business" if self.case.product.purpose == "business" else "study-plan"
                asked = [(page, "Please tell us when it begins, and send us the letter if you have one.")]
                self.case = review.ask_for_more(self.case, by=self.officer, asked=asked)
        if self.goal == "closed_unanswered":
            with self.on_day(5 + self.case.product.answer_days):
                review.close_unanswered(clock.today())
        elif self.goal != "waiting" and self.chance.random() < 0.8:
            with self.on_day(6):
                self._see_papers()

    def _talk(self):
        """A question and its answer; of a case that is being read, a second question that nobody has read yet."""
        messages.write_to_office(self.case, by=self.person, text="Is a letter of the school enough for the fees?")
        messages.mark_read(self.case, by=self.officer)
        messages.write_to_applicant(self.case, by=self.officer, text="Yes, if it names the sum and the day it is due.")
        if self.goal == "in_review":
            messages.mark_read(self.case, by=self.person)
            messages.write_to_office(self.case, by=self.person, text="Thank you. You will have it on Monday.")

    def _plan(self):
        """What is to be done for a case that is being read, and what its school said."""
        day = clock.today()
        what = "Ask the school by when the fees are due."
        diary.add_task(self.case, by=self.officer, what=what, for_whom=self.officer, due_on=day + timedelta(days=5))
        meeting = {"at": time(14, 30), "way": "video", "with_whom": self.case.applicant.full_name}
        what, soon = "Go through the budget together.", day + timedelta(days=30)
        diary.add_task(self.case, by=self.officer, what=what, for_whom=self.officer, due_on=soon, **meeting)
        said = {"name": "Joan Clarke", "relation": "Her teacher of English", "how": "telephone", "on": day}
        diary.contact_reference(
            self.case, by=self.officer, said="Comes to every lesson, and helps others.", verdict="supports", **said
        )

    def _find(self):
        """What a paper shows of the pay that was said, and a cost that the officer counts otherwise."""
        lines = ladder_of(self.case).lines()
        stub, pay = self.case.documents.filter(kind="income").first(), lines["budget.pay.0"].said_cents
        if stub and pay:
            shown = {"cents": pay - pay // 20, "document": stub.pk, "note": "Net pay, at the bottom of the stub."}
            ladder.note_paper(self.case, by=self.officer, line="budget.pay.0", **shown)
        why = "Two children at home: less than this is not enough."
        ladder.adjust(self.case, by=self.officer, line="budget.food.0", cents=70_000, note=why)

    def _see_papers(self):
        paper = self.chance.choice(("passport", "pr_card", "licence"))
        for party in self.case.parties.all():
            good_until = clock.today() + timedelta(days=self.chance.randint(200, 2000))
            identity.check_identity(
                self.case, by=self.officer, party=party, paper=paper, how="in_person", expires_on=good_until
            )

    def _decide(self):
        if self.goal in ("declined", "appealed", "decision_stands"):
            return self._decline()
        with self.on_day(9):
            go_through(self.case, self.officer, wholly=True)
            reasons, note = SUPPORT[self.case.product.purpose], "The plan is sound, and the budget leaves room for it."
            words = {"reasons": reasons, "note": note, **self.terms}
            if self.goal in ("recommended", "choice", "signed"):
                conditions.ask(self.case, officer=self.officer)
            if self.goal in ("recommended", "choice"):
                words["further"] = conditions.further_terms(self.terms, self.case.product)
            self.case = decision.recommend(self.case, by=self.officer, **words)
            if self.case.is_for_the_committee:
                self._vote()
            elif self.goal != "recommended":
                decision.approve(self.case, by=self.manager)
        if self.goal == "offered":
            with self.on_day(10):
                bank.give(self.case, self.person)
        return None if self.goal in ("recommended", "offered", "choice") else self._contract()

    def _vote(self):
        members = self.staff[Role.COMMITTEE]
        for member in members[:1] if self.goal == "recommended" else members:
            committee.cast_vote(self.case, by=member, in_favour=True, note="A careful plan.")

    def _decline(self):
        with self.on_day(11):
            reasons = [self.chance.choice(("not_affordable", "debts_too_high", "papers_missing"))]
            if self.goal == "declined":
                reasons.append("credit_history")
            self.case = decision.decline(self.case, by=self.manager, reasons=reasons)
        if self.goal == "declined":
            return
        with self.on_day(20):
            self.case = appeal.appeal(self.case, by=self.person, note="One of my debts is paid; I can show the letter.")
        if self.goal == "decision_stands":
            with self.on_day(27):
                member = self.staff[Role.COMMITTEE][0]
                appeal.uphold(self.case, by=member, note="The other payments still leave no room for this one.")

    def _contract(self):
        loan = self.case.loans.get()
        if self.goal == "lapsed":
            with self.on_day(11 + self.case.product.offer_days):
                signing.lapse_offers(clock.today())
                decision.reconsider_lapsed(clock.today())
            return
        if self.goal == "refused":
            with self.on_day(14):
                signing.refuse(loan, by=self.person, reason="found_another", note="My brother can lend me the money.")
            return
        with self.on_day(12):
            conditions.meet_what_comes_first(self.case, officer=self.officer)
            account = bank.give(self.case, self.person)
            for party in self.case.parties.select_related("user"):
                sign(loan, party.user)
            if self.goal in LENT:
                bank.verify(account, self.case, officer=self.officer)
        if self.goal in LENT:
            self._lend(Loan.objects.get(pk=loan.pk))

    def _lend(self, loan):
        with self.on_day(14):
            advance = disbursement.release(loan.advances.get(), by=self.finance)
            disbursement.send(advance, by=self.finance, on=clock.today())
        loan = Loan.objects.get(pk=loan.pk)
        due = list(planning.plan_in_force(loan).rows.filter(payable_by__lt=clock.today()))
        for row in due[: self._paid_of(len(due))]:
            on = min(row.payable_by + timedelta(days=self._delay()), clock.today())
            self._pay(loan, on, self._asked(loan, row, on))
        if self.goal == "repaid" and Loan.objects.get(pk=loan.pk).state == Loan.State.ACTIVE:
            self._pay(loan, clock.today(), books.book_of(loan, until=clock.today()).owed_cents)
        if self.goal == "written_off":
            self._give_up(loan)
        if self.goal in ("paused", "rescheduled"):
            self._change(Loan.objects.get(pk=loan.pk))

    def _paid_of(self, due):
        """How many of the payments due so far were made."""
        missing = {"late": 1, "very_late": 4, "rescheduled": 3, "written_off": max(due - 4, 0)}
        return max(due - missing.get(self.goal, 0), 0)

    def _delay(self):
        """Most pay on the day; some a little later."""
        return self.chance.choice((0, 0, 0, 0, 2, 6)) if self.goal != "repaid" else 0

    @staticmethod
    def _asked(loan, row, on):
        """What an instalment lacks on a day: the interest of days that are late is asked too."""
        standings = books.book_of(loan, until=on).standings if on > row.payable_by else ()
        return next((each.lacking_cents for each in standings if each.number == row.number), row.total_cents)

    def _pay(self, loan, on, cents):
        if not cents:  # the months of study of a loan that bears no interest
            return
        noon = timezone.make_aware(datetime.combine(on, time(12)))
        with clock.at(min(noon, clock.now())):
            payer, how = loan.application.applicant.full_name, self.chance.choice(("transfer", "transfer", "cheque"))
            repayment.record_payment(loan, by=self.finance, on=on, cents=cents, method=how, payer=payer)

    def _change(self, loan):
        """The manager grants a pause, or puts all that is owed on a new plan, a few days ago."""
        with clock.at(clock.now() - timedelta(days=3)):
            if self.goal == "paused":
                changes.pause(loan, by=self.manager, instalments=2, note="The licensing exam was moved by two months.")
                return
            first = clock.today() + timedelta(days=30)
            note = "She was ill and works again; smaller payments fit her pay."
            changes.reschedule(loan, by=self.manager, months=loan.repayment_months, first_due=first, note=note)

    def _give_up(self, loan):
        with self.on_day(400):
            write_off.propose(loan, by=self.officer, note="Letters come back, the telephone is cut off.")
            write_off.write_off(loan, by=self.manager)
        with self.on_day(480):
            payer = loan.application.applicant.full_name
            facts = {"on": clock.today(), "cents": 15_000, "method": "transfer", "payer": payer}
            write_off.record_recovery(loan, by=self.finance, **facts)


def sign(loan, person):
    """`person` reads, answers the three questions, asks for a code and signs."""
    paper_making.make_all(loan)
    for code in questions.missing(loan, person):
        questions.explain(loan, by=person, question=code)
    signing.send_code(loan, by=person)
    digits = Letter.objects.filter(to=person, kind="signing_code").latest("pk").facts["code"]
    signing.sign(
        loan, by=person, language=person.binds_in, typed_name=person.name, code=digits, agreed=True, debit=True
    )


def is_empty():
    """Whether the office holds no case yet."""
    return not Application.objects.exists()

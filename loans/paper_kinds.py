"""The papers a loan may ask for: each with why we ask, what else will do, and how long we keep it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from loans.fields import Text
from loans.rules import VOID_CHEQUE

LOAN_YEARS = 7  # books are kept six years after the tax year in which the loan ended
REPORT_YEARS = 1  # what a credit bureau said; counted from the day of the decision, whatever becomes of a loan
PERSON_YEARS = 2  # who a person is, and what they live on, is needed no longer than a complaint can take


@dataclass(frozen=True)
class PaperKind:
    """One line of the list; `kept_years` are counted from the day the file of the case is closed
    (loans.lifecycle.erasing.retention)."""

    name: Text
    why: Text
    instead: Text
    kept_years: int


PAPER_KINDS: dict[str, PaperKind] = {
    "identity": PaperKind(
        _("A paper that shows who you are, such as a passport or permanent resident card"),
        _("We must know that the loan goes to you and to nobody else."),
        _(
            "No passport? A confirmation of permanent residence, a refugee claimant document, a driver’s licence or an "
            "Ontario photo card will do. If your name is written in another way on it, tell us; that is fine."
        ),
        PERSON_YEARS,
    ),
    "enrolment": PaperKind(
        _("A letter or page from the school with dates and costs"),
        _("It tells us what the training costs and when the money is needed."),
        _(
            "Not accepted yet? A page of the school’s website with the price, or the e-mail of the licensing body, "
            "will do for now."
        ),
        LOAN_YEARS,
    ),
    "registration": PaperKind(
        _("The registration of your business, or its licence"),
        _("It shows that the business is yours and under which name it works."),
        _("Do you work under your own name? Then a page with your business number, or a recent invoice, will do."),
        LOAN_YEARS,
    ),
    "plan": PaperKind(
        _("Your business plan with your figures, as a spreadsheet (.xlsx), photo or PDF"),
        _("You told us that your figures stand in a plan of your own."),
        _("No plan on paper? Write the figures of one usual month on our page instead: that is enough."),
        LOAN_YEARS,
    ),
    "bank_statements": PaperKind(
        _("Bank statements of the last three months"),
        _("They show what comes in and goes out, so that the payments fit you."),
        _(
            "A photo of your bank’s app, page by page, will do. Is your account younger than three months? Send what "
            "there is. You may cover what has nothing to do with income and costs."
        ),
        PERSON_YEARS,
    ),
    "income": PaperKind(
        _("A paper that shows your income, such as a pay stub or a benefit letter"),
        _("We look at what you can pay each month without trouble."),
        _(
            "New in Canada and no notice of assessment yet? We do not need one, and no credit file either. A job "
            "offer, a letter from your employer, a benefit letter or the pay into your account will do."
        ),
        PERSON_YEARS,
    ),
    VOID_CHEQUE: PaperKind(
        _("A void cheque, or a page of your bank that shows your account"),
        _("Somebody compares the numbers with it, so that the money goes to you and to nobody else."),
        _(
            "You have no cheques? A photo of the page of your bank’s app with your name and the three numbers will do, "
            "or a letter from the bank."
        ),
        LOAN_YEARS,
    ),
    "signed_summary": PaperKind(
        _("Your answers on paper, with your signature"),
        _("You signed that what was typed for you is right."),
        _("No paper? A code sent to your telephone or e-mail address will do."),
        LOAN_YEARS,
    ),
    "other": PaperKind(
        _("Another paper that your loan officer asks for"),
        _("Your loan officer told you why it is needed."),
        _("You do not have it? Write to your loan officer: there is often another way."),
        PERSON_YEARS,
    ),
}

# Come by their own way, never by the form: lifecycle.applying.signed_pages, lifecycle.lending.bank_accounts.
NEVER_ASKED = frozenset(("signed_summary", VOID_CHEQUE))
UNASKED = NEVER_ASKED | {"other"}  # of no product

# What the office itself puts into a file: nobody is asked for it, and nobody sends it.
CREDIT_REPORT = "credit_report"
OFFICE_PAPER_KINDS: dict[str, PaperKind] = {
    CREDIT_REPORT: PaperKind(
        _("Credit report"),
        _("You agreed that we may ask a credit bureau about you."),
        _("You are new in Canada and no bureau knows you yet? That is usual, and it does not count against you."),
        REPORT_YEARS,
    ),
}

KINDS = PAPER_KINDS | OFFICE_PAPER_KINDS

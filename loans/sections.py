"""The pages of the form that every purpose shares, one group of questions a page."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from applicants.target_group import Education, WorkStatus
from loans.fields import Field, Text, Values


@dataclass(frozen=True)
class Section:
    """One page of the form. A repeated one holds several lines of the same fields."""

    slug: str
    title: Text
    intro: Text = ""
    fields: tuple[Field, ...] = ()
    repeated: bool = False
    may_be_empty: bool = False  # a repeated page that no line is needed on
    max_lines: int = 20

    def field(self, name: str) -> Field:
        """The field of this name; raises KeyError when the page has none."""
        return {field.name: field for field in self.fields}[name]


def is_working(values: Values) -> bool:
    """Asked only of people who have work."""
    return values.get("work_status") in (WorkStatus.EMPLOYED, WorkStatus.SELF_EMPLOYED)


def signs_with_somebody(values: Values) -> bool:
    return values.get("has_co_signer") is True


MOST_CENTS = 100_000_000  # a million dollars: beyond it an answer is a slip of the finger

ABOUT_ME = Section(
    "about-me",
    _("About me"),
    _("Who you are and how we can reach you."),
    (
        Field(
            "full_name",
            "text",
            _("Full name, as on your papers"),
            _("One name is fine. Any alphabet is fine."),
            max_length=150,
            autocomplete="name",
        ),
        Field("called", "text", _("What shall we call you?"), required=False, max_length=80, autocomplete="nickname"),
        Field("born_on", "date", _("Date of birth"), _("For example 27 3 1985"), least=18, autocomplete="bday"),
        Field("phone", "tel", _("Phone number"), max_length=40, autocomplete="tel"),
        Field("address", "longtext", _("Home address"), max_length=300, autocomplete="street-address"),
        Field("postal_code", "text", _("Postal code"), max_length=12, autocomplete="postal-code"),
    ),
)

STATUS = Section(
    "status",
    _("My status in Canada"),
    _("This tells us which loans fit you. It is not shared with immigration authorities."),
    (
        Field(
            "status",
            "choice",
            _("What is your status in Canada?"),
            choices=(
                ("permanent_resident", _("Permanent resident")),
                ("protected_person", _("Protected person or accepted refugee")),
                ("citizen", _("Canadian citizen")),
                ("temporary", _("Work or study permit")),
                ("other", _("Something else")),
            ),
        ),
        Field(
            "arrived_on",
            "date",
            _("When did you come to live in Canada?"),
            _("If you do not know the day, write 1."),
            least=0,
        ),
    ),
)

WORK = Section(
    "work",
    _("My work and training"),
    _("What you do now, and what you were trained to do."),
    (
        Field(
            "work_status",
            "choice",
            _("Do you have work now?"),
            choices=(
                (WorkStatus.EMPLOYED.value, _("Yes, I work for somebody")),
                (WorkStatus.SELF_EMPLOYED.value, _("Yes, I work for myself")),
                (WorkStatus.LOOKING.value, _("No, and I am looking for work")),
                (WorkStatus.NOT_LOOKING.value, _("No, and I am not looking now")),
            ),
        ),
        Field("occupation", "text", _("What is your work now?"), max_length=150, applies=is_working),
        Field(
            "teer",
            "choice",
            _("What does that work normally ask for?"),
            _("Not what you have, but what an employer asks for."),
            choices=(
                ("0", _("Experience in leading others: management")),
                ("1", _("A university degree")),
                ("2", _("A college diploma or an apprenticeship of two years or more")),
                ("3", _("A college certificate or an apprenticeship under two years")),
                ("4", _("High school")),
                ("5", _("No schooling: you learn it on the job in days")),
            ),
            applies=is_working,
        ),
        Field(
            "hours_per_week",
            "integer",
            _("How many hours a week do you work?"),
            least=1,
            most=120,
            applies=is_working,
            suffix=_("hours"),
        ),
        Field(
            "wants_more_hours",
            "yes_no",
            _("Would you work more hours if you could find them?"),
            applies=is_working,
        ),
        Field(
            "in_trained_field",
            "yes_no",
            _("Is your work in the field you were trained for?"),
            applies=is_working,
        ),
        Field(
            "annual_income",
            "money",
            _("How much did you earn in the last 12 months, before tax?"),
            _("If you earned nothing, write 0."),
            most=MOST_CENTS,
        ),
        Field(
            "education",
            "choice",
            _("What is the highest level you completed, in any country?"),
            choices=(
                (Education.LESS_THAN_HIGH_SCHOOL.value, _("Less than high school")),
                (Education.HIGH_SCHOOL.value, _("High school")),
                (Education.COLLEGE.value, _("College or trade")),
                (Education.BACHELOR.value, _("Bachelor's degree")),
                (Education.GRADUATE.value, _("Master's degree, doctorate or professional degree")),
            ),
        ),
        Field("trained_occupation", "text", _("What were you trained to be?"), max_length=150, required=False),
        Field(
            "confidence",
            "choice",
            _("How sure are you that you will work in your field in two years?"),
            choices=(
                ("1", _("Not sure at all")),
                ("2", _("A little sure")),
                ("3", _("Half sure")),
                ("4", _("Quite sure")),
                ("5", _("Very sure")),
            ),
        ),
    ),
)


def _monthly(name: str, label: Text, *, required: bool = False) -> Field:
    return Field(name, "money", label, required=required, most=MOST_CENTS)


INCOME = ("pay", "household_pay", "benefits", "other_income")
COSTS = ("rent", "food", "transport", "child_care", "phone", "debts", "family_abroad", "other_costs")

BUDGET = Section(
    "budget",
    _("My household budget"),
    _("In a usual month, for everybody who lives from the same purse. Leave empty what you do not have."),
    (
        _monthly("pay", _("My pay, after tax"), required=True),
        _monthly("household_pay", _("Pay of others in my household, after tax")),
        _monthly("benefits", _("Benefits, such as child benefit or employment insurance")),
        _monthly("other_income", _("Other income")),
        _monthly("rent", _("Rent or mortgage, with heat and power"), required=True),
        _monthly("food", _("Food and household"), required=True),
        _monthly("transport", _("Bus, car, fuel")),
        _monthly("child_care", _("Child care")),
        _monthly("phone", _("Phone and internet")),
        _monthly("debts", _("Payments on other debts")),
        _monthly("family_abroad", _("Money I send to family")),
        _monthly("other_costs", _("Everything else")),
    ),
)

SIGNERS = Section(
    "signers",
    _("Who signs with me"),
    _("You may ask with somebody who shares the loan with you. That person gets an invitation and signs too."),
    (
        Field("has_co_signer", "yes_no", _("Does somebody sign with you?")),
        Field("co_signer_name", "text", _("Full name of that person"), max_length=150, applies=signs_with_somebody),
        Field("co_signer_email", "email", _("E-mail of that person"), applies=signs_with_somebody),
        Field(
            "co_signer_kind",
            "choice",
            _("What does that person sign for?"),
            choices=(
                ("co_borrower", _("We borrow together")),
                ("guarantor", _("That person pays if I cannot")),
            ),
            required=False,
            applies=signs_with_somebody,
        ),
    ),
)

PAPERS_SECTION = Section(
    "papers",
    _("My papers"),
    _("A photo is fine if every word can be read. PDF, JPEG or PNG, up to 10 MB each."),
)

PAPERS: dict[str, Text] = {
    "identity": _("A paper that shows who you are, such as a passport or permanent resident card"),
    "enrolment": _("A letter or page from the school with dates and costs"),
    "registration": _("The registration of your business, or its licence"),
    "plan": _("Your business plan with your figures, as a spreadsheet (.xlsx), photo or PDF"),
    "bank_statements": _("Bank statements of the last three months"),
    "income": _("A paper that shows your income, such as a pay stub or a benefit letter"),
    "other": _("Another paper that your loan officer asks for"),
}

CONSENTS = {"truth": "1", "credit_check": "1", "messages": "1"}  # purpose → version of the text below

CONSENTS_SECTION = Section(
    "consents",
    _("What I agree to"),
    _("Each of these is yours to decide. The ones marked optional change nothing in our answer."),
    (
        Field("truth", "checkbox", _("What I wrote is true as far as I know.")),
        Field("credit_check", "checkbox", _("The loan office may ask a credit bureau about me for this application.")),
        Field(
            "messages",
            "checkbox",
            _("The loan office may write to me by e-mail about other help for newcomers."),
            required=False,
        ),
    ),
)


def month_of(budget):
    """(income, costs) of a usual month in cents, from the understood values of the page of the budget."""
    return sum(budget.get(name) or 0 for name in INCOME), sum(budget.get(name) or 0 for name in COSTS)

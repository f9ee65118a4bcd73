"""Products: every term that the engine and the models know. A change is a new version with its own first day."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.models import Fund, Product
from loans.models.loan import INDEXES
from loans.paper_kinds import PAPER_KINDS, UNASKED
from loans.purposes import PURPOSES
from loans.settings.eligibility import GROUP as FOR_WHOM
from loans.settings.eligibility import check_rules, read_rules, write_rules
from loans.settings.kind import CODE, Answers, Group, Kind, in_further_languages
from money.interest import DayCount
from money.schedule import FeePaid, OnRateChange

FIXED = "fixed"  # how the form says that a rate is made of no index
MOST_CENTS = 100_000_000
WORDS = frozenset({"name", "summary", "source"})
MONTHS, DAYS = _("months"), _("days")
DAY_COUNTS = {
    DayCount.THIRTY_360: _("30/360"),
    DayCount.ACTUAL_365: _("actual/365"),
    DayCount.ACTUAL_ACTUAL: _("actual/actual"),
    DayCount.ACTUAL_360: _("actual/360"),
}


def funds(only: str = "") -> tuple[tuple[str, str], ...]:
    """The funds a product may lend from, by their codes."""
    return tuple((fund.code, fund.name_en) for fund in Fund.objects.order_by("pk"))


def _needs_two(changed: frozenset[str]) -> bool:
    """Names, summaries and the source are words; everything else is a term, a limit or a promise."""
    return any(name.rsplit("_", 1)[0] not in WORDS for name in changed)


def _days(name, label, help=""):
    return Field(name, "integer", label, help, least=1, most=365, suffix=DAYS)


def _days_or_none(name, label, help):
    return Field(name, "integer", label, help, least=0, most=365, suffix=DAYS)


def _months(name, label, help="", least=1, most=120):
    return Field(name, "integer", label, help, least=least, most=most, suffix=MONTHS)


NAMES = Group(
    _("What people read"),
    (
        Field("name_en", "text", _("Name in English"), max_length=120),
        Field("name_fr", "text", _("Name in French"), max_length=120),
        *in_further_languages("name", "text", _("Name"), 120),
        Field("summary_en", "longtext", _("For what it is, in English"), max_length=400),
        Field("summary_fr", "longtext", _("For what it is, in French"), max_length=400),
        *in_further_languages("summary", "longtext", _("For what it is")),
        Field("source", "text", _("Where these terms come from"), required=False, max_length=300),
    ),
)
AMOUNT = Group(
    _("Amount and time"),
    (
        Field("min_cents", "money", _("The smallest loan"), least=100, most=MOST_CENTS),
        Field("max_cents", "money", _("The largest loan"), least=100, most=MOST_CENTS),
        _months("max_study_months", _("Months of study at most, interest only"), _("0: none"), least=0, most=60),
        _months("min_repayment_months", _("Months of repayment at least")),
        _months("max_repayment_months", _("Months of repayment at most")),
        Field("fund", "select", _("Fund"), choices=funds),
    ),
)
INTEREST = Group(
    _("Interest"),
    (
        Field(
            "rate_index",
            "select",
            _("The rate is made of"),
            choices=((FIXED, _("Nothing: the product says it")), *INDEXES.items()),
        ),
        Field(
            "annual_rate",
            "percent",
            _("Rate a year, or what is added to the index"),
            suffix="%",
        ),
        Field(
            "follows_index",
            "yes_no",
            _("Does a running loan follow the index?"),
            _("No: its rate is fixed on the day of the offer."),
        ),
        Field(
            "on_rate_change",
            "select",
            _("When its rate changes, the payment"),
            choices=((OnRateChange.RELEVEL.value, _("is found anew")), (OnRateChange.KEEP.value, _("stays the same"))),
        ),
        Field(
            "day_count",
            "select",
            _("Days are counted"),
            choices=tuple((each.value, DAY_COUNTS[each]) for each in DayCount),
        ),
    ),
)
FEE = Group(
    _("Fee"),
    (
        Field("fee_rate", "percent", _("Part of the loan"), _("0: no fee"), suffix="%"),
        Field("fee_cap_cents", "money", _("At most"), required=False, least=0, most=MOST_CENTS),
        Field(
            "fee_paid",
            "select",
            _("The fee is"),
            choices=(
                (FeePaid.DEDUCTED.value, _("kept back from the money we send")),
                (FeePaid.ADDED.value, _("added to what is owed")),
                (FeePaid.SEPARATELY.value, _("paid beside the loan")),
            ),
        ),
    ),
)
PROMISES = Group(
    _("Promises and days"),
    (
        _days("reply_days", _("We answer within")),
        _days("answer_days", _("The person answers our questions within")),
        _days("offer_days", _("An offer stays open for")),
        _days_or_none("first_reminder_days", _("First reminder, before an offer ends"), _("0: none")),
        _days_or_none("second_reminder_days", _("Second reminder, before an offer ends"), _("0: none")),
        _days(
            "approval_days",
            _("After a yes, the same may be offered again for"),
            _("When an offer lapsed or was refused. After that, somebody decides anew."),
        ),
        Field(
            "cooling_days",
            "integer",
            _("After the last signature, one may change one’s mind for"),
            _("0: not at all. No money leaves before these days are over."),
            least=0,
            most=30,
            suffix=DAYS,
        ),
        _days("appeal_days", _("After a no, one may appeal for")),
        Field(
            "appeal_reply_days",
            "integer",
            _("We answer an appeal within"),
            _("Leave it empty, and it is as many days as for a new form."),
            required=False,
            least=1,
            most=365,
            suffix=DAYS,
        ),
    ),
)
AUTHORITY = Group(
    _("Who decides"),
    (
        Field(
            "one_decides_up_to_cents",
            "money",
            _("One person decides up to"),
            _("Above it the committee votes. Leave it empty, and one person decides on every amount."),
            required=False,
            least=0,
            most=MOST_CENTS,
        ),
        Field("votes_needed", "integer", _("Votes in favour that are needed above it"), least=1, most=15),
        Field(
            "committee_size",
            "integer",
            _("Members of the committee who are asked"),
            _("Leave it empty, and all who may vote are asked."),
            required=False,
            least=1,
            most=50,
        ),
        Field(
            "quorum",
            "integer",
            _("Votes that must be in before any are counted"),
            _("Leave it empty, and as many as must be in favour are enough."),
            required=False,
            least=1,
            most=50,
        ),
    ),
)
PAPERS = Group(
    _("Papers and checks"),
    (
        Field(
            "papers",
            "choices",
            _("Papers that are asked for"),
            choices=tuple((code, kind.name) for code, kind in PAPER_KINDS.items() if code not in UNASKED),
            required=False,
        ),
        Field("needs_credit_check", "yes_no", _("Must people agree to a credit check?")),
    ),
)
LIMITS = Group(
    _("Limits that raise a flag"),
    (
        Field(
            "bankruptcy_months",
            "integer",
            _("Months that must lie between a discharge from bankruptcy and the loan"),
            _("Leave it empty, and only a bankruptcy that is not discharged raises a flag."),
            required=False,
            least=1,
            most=240,
            suffix=MONTHS,
        ),
        Field(
            "debt_share",
            "percent",
            _("Part of the household’s income that debts may take, with this loan"),
            _("Leave it empty, and no flag is raised."),
            required=False,
            suffix="%",
        ),
    ),
    _("What lies beyond is shown to whoever decides. Nothing is refused by itself."),
)


def _check(answers: Answers) -> None:
    """What no question can see by itself. Raises Refused: less_than_least, committee_too_small,
    follows_nothing, no_share, reminders_out_of_order, those of the rules.
    """
    for least, most in (("min_cents", "max_cents"), ("min_repayment_months", "max_repayment_months")):
        if answers[most] < answers[least]:
            raise Refused("less_than_least", field=most)
    wanted = max(answers["votes_needed"], answers["quorum"] or 0)
    if answers["committee_size"] is not None and answers["committee_size"] < wanted:
        raise Refused("committee_too_small", field="committee_size")
    if answers["follows_index"] and answers["rate_index"] == FIXED:
        raise Refused("follows_nothing", field="follows_index")
    if 0 < answers.get("first_reminder_days", 0) <= answers.get("second_reminder_days", 0):
        raise Refused("reminders_out_of_order", field="second_reminder_days")
    share = answers.get("debt_share")  # not there in what was proposed before the question was
    if share is not None and not Decimal(share):
        raise Refused("no_share", field="debt_share")
    check_rules(answers)


def _read(row):
    return {"rate_index": row.rate_index or FIXED, "fund": row.fund.code, **read_rules(row)}


def _complete(row, answers):
    if row.rate_index == FIXED:
        row.rate_index = ""
    row.fund = Fund.objects.get(code=answers["fund"])


PRODUCTS = Kind(
    slug="products",
    title=_("Products"),
    about=_("What we lend, to whom and on which terms. Offers and applications that are under way keep their terms."),
    one=_("Product"),
    model=Product,
    starts="effective_from",
    ends="effective_to",
    further=("name", "summary"),
    can_add=True,
    can_end=True,
    needs_two=_needs_two,
    name=lambda row: row.name,
    first_fields=(
        CODE,
        Field("purpose", "select", _("For what"), choices=tuple((each.slug, each.title) for each in PURPOSES.values())),
    ),
    groups=(NAMES, AMOUNT, INTEREST, FEE, PROMISES, AUTHORITY, PAPERS, LIMITS, FOR_WHOM),
    check=_check,
    read_more=_read,
    complete=_complete,
    write_more=write_rules,
)

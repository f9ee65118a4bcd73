"""Two pages of the form about what stands around a person: what is in the way, and who sent them to us."""

from django.utils.translation import gettext_lazy as _

from applicants.models import Partner
from loans.fields import NOTHING, Field, Options, Values
from loans.sections import Section

NOBODY, SOMEBODY_ELSE = "nobody", "other"  # answers to "who sent you" that are no partner's code

BARRIERS: Options = (
    ("licence_cost", _("Costs of a licence, exam or course")),
    ("regulator", _("The rules or the long wait for a licence")),
    ("credit_file", _("No credit history, or a poor one")),
    ("child_care", _("Child care")),
    ("language", _("My English or French")),
    ("other", _("Something else")),
    (NOTHING, _("None of these")),
)


def meets_something_else(values: Values) -> bool:
    """Asked only of those whose barrier is not on our list."""
    return "other" in (values.get("barriers") or ())


def was_sent_by_somebody_else(values: Values) -> bool:
    return values.get("partner") == SOMEBODY_ELSE


def was_sent_by_a_partner(values: Values) -> bool:
    """Asked only of those whom an organization that we know sent to us."""
    return values.get("partner") not in (None, NOBODY, SOMEBODY_ELSE)


def senders(only: str = "") -> Options:
    """Partners who send people to us, in the reader's language; with `only` that one, also when it is long past."""
    besides: Options = ((NOBODY, _("Nobody: I found it myself")), (SOMEBODY_ELSE, _("Somebody else")))
    if only in dict(besides):
        return besides
    partners = Partner.objects.filter(code=only) if only else Partner.objects.current().filter(refers=True)
    return (besides[0], *((partner.code, partner.name) for partner in partners), besides[1])


IN_MY_WAY = Section(
    "in-my-way",
    _("What stands in my way"),
    _("It shows who else could help. It does not change our answer."),
    (
        Field(
            "barriers",
            "choices",
            _("Which of these do you meet?"),
            _("Choose all that fit."),
            choices=BARRIERS,
            short=_("In my way"),
        ),
        Field("in_words", "text", _("Something else: what?"), max_length=200, applies=meets_something_else),
    ),
)

SENT_BY = Section(
    "sent-by",
    _("Who sent me"),
    _("It does not change our answer."),
    (
        Field("partner", "select", _("Who told you about us?"), choices=senders, short=_("Sent by")),
        Field("sender", "text", _("Somebody else: who?"), max_length=150, applies=was_sent_by_somebody_else),
        Field(
            "tell_partner",
            "checkbox",
            _("If an organization sent me, you may tell them whether I get the loan. Nothing else about me."),
            required=False,
            applies=was_sent_by_a_partner,
        ),
    ),
)

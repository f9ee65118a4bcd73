"""Reasons: why we say yes or no, in the words of the office. Words take one person, resting on a credit report two."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from applicants.models import Partner
from config.languages import NAMES
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.models import ReasonWords
from loans.reasons import DECLINE, SUPPORT, forget_what_was_read
from loans.settings.checklist import FOR_WHAT
from loans.settings.kind import CODE, Group, Kind, in_further_languages


def _needs_two(changed: frozenset[str]) -> bool:
    """Whether a letter names the credit bureau is the law's business; the rest are words."""
    return "rests_on_report" in changed


def _check_row(row: Any) -> None:
    """A no says what would change it, and only a no rests on a report. Raises Refused: no_words, only_a_no."""
    if row.kind == DECLINE:
        for name in ("change_en", "change_fr"):
            if not getattr(row, name):
                raise Refused("no_words", field=name)
    elif row.rests_on_report:
        raise Refused("only_a_no", field="rests_on_report")


REASONS = Kind(
    slug="reasons",
    title=_("Reasons"),
    about=_("Why we say yes or no, as the letter tells it. A decision keeps the words in which it was told."),
    one=_("Reason"),
    model=ReasonWords,
    starts="effective_from",
    in_use="is_offered",
    further=("sentence", "change"),
    can_add=True,
    can_end=True,
    needs_two=_needs_two,
    check_row=_check_row,
    afterwards=forget_what_was_read,
    name=lambda row: row.sentence,
    order=lambda row: (row.kind, row.pk),
    first_fields=(
        CODE,
        Field(
            "kind",
            "select",
            _("Yes or no"),
            choices=((SUPPORT.value, _("For a loan")), (DECLINE.value, _("Against a loan"))),
        ),
        Field("purpose", "select", _("Only of loans for"), _("Empty: of all."), choices=FOR_WHAT, required=False),
    ),
    groups=(
        Group(
            _("The reason"),
            (
                Field("sentence_en", "text", _("The reason, in English"), max_length=300),
                Field("sentence_fr", "text", _("The reason, in French"), max_length=300),
                *in_further_languages("sentence", "text", _("The reason"), 300),
            ),
            _("Of a no: a kind, plain sentence to the person. Of a yes: a sentence about the applicant."),
        ),
        Group(
            _("What would change a no"),
            (
                Field("change_en", "text", _("What would change it, in English"), required=False, max_length=300),
                Field("change_fr", "text", _("What would change it, in French"), required=False, max_length=300),
                *in_further_languages("change", "text", _("What would change it"), 300),
            ),
        ),
        Group(
            _("What goes with it"),
            (
                Field(
                    "helpers",
                    "choices",
                    _("Who else might help"),
                    _("The letter names partners of these kinds."),
                    choices=tuple(Partner.Kind.choices),
                    required=False,
                ),
                Field(
                    "rests_on_report",
                    "yes_no",
                    _("Does it rest on a credit report?"),
                    _("The law asks that the letter then names the credit bureau and the person’s rights."),
                ),
                Field(
                    "to_confirm",
                    "choices",
                    _("Languages whose words nobody has confirmed yet"),
                    choices=tuple(NAMES.items()),
                    required=False,
                ),
            ),
        ),
    ),
)

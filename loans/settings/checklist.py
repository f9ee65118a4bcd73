"""The checklist: what the office looks at before it lends. One person changes words, two what must be answered."""

from django.utils.translation import gettext_lazy as _

from loans.fields import Field
from loans.models import ChecklistItem
from loans.purposes import PURPOSES
from loans.settings.kind import CODE, Group, Kind

FOR_WHAT = tuple((each.slug, each.title) for each in PURPOSES.values())


def _needs_two(changed: frozenset[str]) -> bool:
    """What holds back a recommendation is a limit; words and their order are not."""
    return "must_be_answered" in changed


CHECKLIST = Kind(
    slug="checklist",
    title=_("Checklist"),
    about=_("What an officer looks at before a loan is recommended. Cases that were sent already keep their list."),
    one=_("Item of the checklist"),
    model=ChecklistItem,
    starts="effective_from",
    in_use="is_asked",
    can_add=True,
    can_end=True,
    needs_two=_needs_two,
    name=lambda row: row.text,
    order=lambda row: (row.purpose, row.place, row.pk),
    first_fields=(
        CODE,
        Field("purpose", "select", _("Only of loans for"), _("Empty: of all."), choices=FOR_WHAT, required=False),
    ),
    groups=(
        Group(
            _("What is looked at"),
            (
                Field("text_en", "text", _("What is looked at, in English"), max_length=300),
                Field("text_fr", "text", _("What is looked at, in French"), max_length=300),
                Field("help_en", "longtext", _("Where to look, in English"), required=False, max_length=600),
                Field("help_fr", "longtext", _("Where to look, in French"), required=False, max_length=600),
            ),
            _("A sentence that is answered with yes or no. Never ask for what the Human Rights Code protects."),
        ),
        Group(
            _("How it is asked"),
            (
                Field(
                    "place",
                    "integer",
                    _("Place in the list"),
                    _("Items stand by this number, the smallest first."),
                    least=1,
                    most=999,
                ),
                Field(
                    "must_be_answered",
                    "yes_no",
                    _("Must it be answered before a loan is recommended?"),
                    _("A “no” is an answer too: it holds nothing back."),
                ),
            ),
        ),
    ),
)

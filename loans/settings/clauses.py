"""Contract clauses: what our agreements say, as a lawyer words it. Two people change them; papers keep their own."""

from django.utils.translation import gettext_lazy as _

from loans.contract_places import PLACES
from loans.fields import Field
from loans.models import ContractClause
from loans.placeholders import listed
from loans.settings.kind import CODE, Answers, Group, Kind, takes_two
from loans.settings.templates import refuse_strays


def _check(answers: Answers) -> None:
    """Raises Refused: unknown_placeholder."""
    refuse_strays(answers, ("text_en", "text_fr"), PLACES)


CLAUSES = Kind(
    slug="clauses",
    title=_("Contract clauses"),
    about=_(
        "What loan agreements, debit agreements and privacy summaries say. A second person confirms each change; "
        "papers that were made keep their words."
    ),
    one=_("Contract clause"),
    model=ContractClause,
    starts="effective_from",
    can_add=True,
    needs_two=takes_two,
    check=_check,
    name=lambda row: row.title,
    order=lambda row: (row.paper, row.place, row.pk),
    first_fields=(CODE, Field("paper", "select", _("In which paper"), choices=tuple(ContractClause.Paper.choices))),
    groups=(
        Group(
            _("Where it stands"),
            (
                Field("place", "integer", _("Place: the lower, the earlier"), least=1, most=9999),
                Field("stands", "select", _("When it stands there"), choices=tuple(ContractClause.Stands.choices)),
            ),
        ),
        Group(
            _("Its heading"),
            (
                Field("title_en", "text", _("Heading in English"), max_length=100),
                Field("title_fr", "text", _("Heading in French"), max_length=100),
            ),
        ),
        Group(
            _("What it says"),
            (
                Field("text_en", "longtext", _("Text in English"), max_length=3000),
                Field("text_fr", "longtext", _("Text in French"), max_length=3000),
            ),
            listed(PLACES),
        ),
    ),
)

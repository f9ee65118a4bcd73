"""Identity: an officer has seen somebody's papers and knows who they are."""

from datetime import date

from accounts.models import User
from config import clock
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Application, Event, IdentityCheck, Party


def _check_of(event: Event) -> IdentityCheck:
    check: IdentityCheck = IdentityCheck.objects.get(event=event)
    return check


@once_only(_check_of)
def check_identity(
    application: Application,
    *,
    by: User,
    party: Party,
    paper: str,
    how: str,
    last_signs: str = "",
    expires_on: date | None = None,
    once: Once | None = None,
) -> IdentityCheck:
    """Write down which paper was seen and how; the event says by whom and when.

    `last_signs`: at most four signs of the paper's number. Raises Refused: unknown_person, unknown_identity_paper,
    unknown_way, number_too_long, paper_expired.
    """
    with deed(application.check_identity, by=by, once=once, detail={"party": party.pk, "paper": paper}) as case:
        _refuse_what_proves_nothing(case, party, paper, how, last_signs.strip(), expires_on)
        check: IdentityCheck = IdentityCheck.objects.create(
            party=party,
            event=case.event,
            paper=paper,
            how=how,
            last_signs=last_signs.strip() or None,
            expires_on=expires_on,
        )
    return check


def _refuse_what_proves_nothing(
    case: Application, party: Party, paper: str, how: str, last_signs: str, expires_on: date | None
) -> None:
    if party.application_id != case.pk:
        raise Refused("unknown_person")
    if paper not in IdentityCheck.Paper.values:
        raise Refused("unknown_identity_paper")
    if how not in IdentityCheck.How.values:
        raise Refused("unknown_way")
    if len(last_signs) > 4:
        raise Refused("number_too_long")
    if expires_on is not None and expires_on < clock.today():
        raise Refused("paper_expired")

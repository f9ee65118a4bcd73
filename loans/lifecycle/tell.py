"""What the people of a case are told: the letter's facts, the same wherever it is posted from."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from letters.post import post
from loans.models import Application, Party


def tell_borrower(case: Application, kind: str, *, occasion: str, **facts: Any) -> None:
    """Write to the person who asked for the loan."""
    _tell(case, case.parties.get(kind=Party.Kind.BORROWER), kind, occasion, facts)


def tell_parties(case: Application, kind: str, *, occasion: str, **facts: Any) -> None:
    """Write to everybody who stands in the loan, each in their own language."""
    for party in case.parties.select_related("user"):
        _tell(case, party, kind, occasion, facts)


def link_to(case: Application) -> str:
    """The address at which a party of the case reads it, after signing in."""
    return str(settings.SITE_URL + reverse("my_case", args=[case.reference]))


def _tell(case: Application, party: Party, kind: str, occasion: str, facts: dict[str, Any]) -> None:
    attachments = facts.pop("attachments", {})
    greeting = case.applicant.greeting if party.kind == Party.Kind.BORROWER else party.name
    post(
        kind,
        to=party.user,
        facts={"name": greeting, "reference": case.reference, "link": link_to(case), **facts},
        occasion=occasion,
        case_reference=case.reference,
        officer_name=case.reviewer.name if case.reviewer else "",
        officer_email=case.reviewer.email if case.reviewer else "",
        attachments=[attachments[party.user.language]] if party.user.language in attachments else [],
    )

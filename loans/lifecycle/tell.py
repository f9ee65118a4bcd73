"""What the people of a case are told: the letter's facts, the same wherever it is posted from."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from letters.models import Letter
from letters.post import draft, post, post_all
from loans.models import Application, Party


def tell_borrower(case: Application, kind: str, *, occasion: str, **facts: Any) -> None:
    """Write to the person who asked for the loan."""
    _tell(case, case.parties.get(kind=Party.Kind.BORROWER), kind, occasion, facts)


def tell_parties(case: Application, kind: str, *, occasion: str, **facts: Any) -> None:
    """Write to everybody who stands in the loan, each in their own language."""
    if "attachments" in facts:
        for party in _with_people(case):
            _tell(case, party, kind, occasion, dict(facts))
    else:
        post_all(drafts_to_parties(case, kind, occasion=occasion, **facts))


def drafts_to_parties(case: Application, kind: str, *, occasion: str, **facts: Any) -> list[Letter]:
    """What `tell_parties` posts."""
    return [draft(kind, **_letter(case, party, occasion, facts)) for party in _with_people(case)]


def link_to(case: Application) -> str:
    """The address at which a party of the case reads it, after signing in."""
    return str(settings.SITE_URL + reverse("my_case", args=[case.reference]))


def _with_people(case: Application) -> list[Party]:
    """The parties, as they were read with the locked case, or now."""
    if "parties" in getattr(case, "_prefetched_objects_cache", {}):
        return list(case.parties.all())
    return list(case.parties.select_related("user"))


def _tell(case: Application, party: Party, kind: str, occasion: str, facts: dict[str, Any]) -> None:
    attachments = facts.pop("attachments", {})
    attached = [attachments[party.user.language]] if party.user.language in attachments else []
    post(kind, attachments=attached, **_letter(case, party, occasion, facts))


def _letter(case: Application, party: Party, occasion: str, facts: dict[str, Any]) -> dict[str, Any]:
    greeting = case.applicant.greeting if party.kind == Party.Kind.BORROWER else party.name
    return {
        "to": party.user,
        "facts": {"name": greeting, "reference": case.reference, "link": link_to(case), **facts},
        "occasion": occasion,
        "case_reference": case.reference,
        "officer_name": case.reviewer.name if case.reviewer else "",
        "officer_email": case.reviewer.email if case.reviewer else "",
    }

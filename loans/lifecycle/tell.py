"""What the people of a case are told: the letter's facts, the same wherever it is posted from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from letters.models import Letter
from letters.post import draft, post, post_all
from loans.models import Application, Party
from vault.models import StoredFile


def tell_borrower(case: Application, kind: str, *, occasion: str, **facts: Any) -> None:
    """Write to the person who asked for the loan."""
    tell_party(case, case.parties.get(kind=Party.Kind.BORROWER), kind, occasion=occasion, **facts)


def tell_party(
    case: Application,
    party: Party,
    kind: str,
    *,
    occasion: str,
    address: str = "",
    attachments: Iterable[StoredFile] = (),
    **facts: Any,
) -> None:
    """Write to one of those who stand in the loan; to `address` instead of theirs, where it is given."""
    post(kind, address=address, attachments=attachments, **_letter(case, party, occasion, facts))


def tell_parties(
    case: Application, kind: str, *, occasion: str, attachments: Mapping[str, StoredFile] | None = None, **facts: Any
) -> None:
    """Write to everybody who stands in the loan, each in their own language.

    `attachments`: a paper by language; everybody gets the one of the language that binds them.
    """
    if not attachments:
        post_all(drafts_to_parties(case, kind, occasion=occasion, **facts))
        return
    for party in _with_people(case):
        own = attachments.get(party.user.binds_in)
        tell_party(case, party, kind, occasion=occasion, attachments=[own] if own else [], **facts)


def tell_colleague(case: Application, colleague: User, kind: str, *, occasion: str, **facts: Any) -> None:
    """Write to somebody who works here about a case; its applicant is not named."""
    link = settings.SITE_URL + reverse("case", args=[case.reference])
    named = {"name": colleague.name, "reference": case.reference, "link": link}
    post(kind, to=colleague, facts={**named, **facts}, occasion=occasion)


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
    return list(case.parties.select_related("user__phone"))


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

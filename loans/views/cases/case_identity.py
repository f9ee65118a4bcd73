"""Who has been identified in a case, and by which paper."""

from config import clock
from loans.models import IdentityCheck


def identity_of(case):
    """Each person of the case with the newest check of their identity, or None; one query."""
    newest = {}
    for check in IdentityCheck.objects.filter(party__application=case).select_related("event__by").order_by("pk"):
        newest[check.party_id] = check
    return [
        {"party": party, "check": (check := newest.get(party.pk)), "has_expired": _has_expired(check)}
        for party in case.parties.all()
    ]


def unseen(case):
    """The same, where nobody's identity was ever checked: nothing is asked of the database."""
    return [{"party": party, "check": None, "has_expired": False} for party in case.parties.all()]


def _has_expired(check):
    return bool(check and check.expires_on and check.expires_on < clock.today())

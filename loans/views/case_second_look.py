"""Deeds of those who look again: the committee's votes, the hearing of an appeal, the identity of the people."""

from datetime import date

from django.utils.translation import gettext as _

from loans.lifecycle import appeal, committee, identity
from loans.models import Party
from loans.views.case import deed_on_case
from loans.views.deeds import once_key_of


@deed_on_case("cast_vote")
def votes(request, found, sheet):
    """One member of the committee votes."""
    return (
        lambda: committee.cast_vote(
            found,
            by=request.user,
            in_favour=sheet.values["in_favour"],
            note=sheet.values["note"] or "",
            once_key=once_key_of(request),
        ),
        _("Your vote is in. It stays sealed until the last one."),
    )


@deed_on_case("uphold")
def appeal_dismissal(request, found, sheet):
    """The no stands, also on appeal."""
    return (
        lambda: appeal.uphold(found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        _("The decision stands. The applicant was told why."),
    )


@deed_on_case("grant_appeal")
def appeal_success(request, found, sheet):
    """The appeal is right: the case is looked at again."""
    return (
        lambda: appeal.grant(found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        _("The case is back with its officer. The applicant was told."),
    )


@deed_on_case("check_identity")
def identity_checks(request, found, sheet):
    """An officer has seen somebody's papers."""
    said = sheet.values
    return (
        lambda: identity.check_identity(
            found,
            by=request.user,
            party=Party.objects.get(pk=said["party"]),
            paper=said["paper"],
            how=said["how"],
            last_signs=said["last_signs"] or "",
            expires_on=date.fromisoformat(said["expires_on"]) if said["expires_on"] else None,
            once_key=once_key_of(request),
        ),
        _("Kept, with your name and the day."),
    )

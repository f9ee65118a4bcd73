"""Deeds of those who look again: the committee's votes, the hearing of an appeal, who the people are."""

from datetime import date

from django.utils.translation import gettext as _

from loans.lifecycle.deciding import appeal, committee, re_offering
from loans.lifecycle.reviewing import identity, number_ends
from loans.models import Party
from loans.views.cases.case import deed_on_case
from loans.views.deeds import once_key_of, seen_of


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
            seen=seen_of(request),
        ),
        _("Your vote is in. It stays sealed until the votes are counted."),
    )


@deed_on_case("uphold")
def appeal_dismissal(request, found, sheet):
    """The no stands, also on appeal."""
    return (
        lambda: appeal.uphold(
            found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request), seen=seen_of(request)
        ),
        _("The decision stands. The applicant was told why."),
    )


@deed_on_case("grant_appeal", leaves=True)
def appeal_success(request, found, sheet):
    """The appeal is right: the case is looked at again."""
    return (
        lambda: appeal.grant(
            found, by=request.user, note=sheet.values["note"], once_key=once_key_of(request), seen=seen_of(request)
        ),
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


@deed_on_case("renew_number")
def number_renewal(request, found, sheet):
    """The person told until when their social insurance number is good now, or that they have another one."""
    ends_on = sheet.values["ends_on"]
    return (
        lambda: number_ends.renew(
            found,
            by=request.user,
            ends_on=date.fromisoformat(ends_on) if ends_on else None,
            is_forgotten=bool(sheet.values["is_forgotten"]),
            once_key=once_key_of(request),
        ),
        _("Written down."),
    )


@deed_on_case("re_offer")
def re_offer(request, found, sheet):
    """Offer again what was approved: the offer lapsed, or did not fit."""
    return (
        lambda: re_offering.re_offer(
            found,
            by=request.user,
            note=sheet.values["note"] or "",
            seen=seen_of(request),
            once_key=once_key_of(request),
        ),
        _("Offered again. Everybody who signs was told."),
    )

"""A conflict of interest: an officer of the demo knows somebody who asks for a loan."""

from loans.lifecycle.reviewing import conflicts
from loans.models import Application

WHY = "We are neighbours, and our children are friends."


def declare_one(officer):
    """On the oldest case in review that lies with somebody else; in a small demo there may be none."""
    reviewed = Application.objects.open_to_staff(officer).filter(state=Application.State.IN_REVIEW)
    case = reviewed.exclude(reviewer=officer).order_by("pk").first()
    if case is not None:
        conflicts.declare(case, by=officer, note=WHY)

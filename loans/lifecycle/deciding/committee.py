"""The committee: votes on terms above the sum that one person may grant, sealed until they are counted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.actors import LEDGER
from accounts.models import User
from config import clock
from loans import rules
from loans.lifecycle.applying.submission import case_of
from loans.lifecycle.deciding import decision, minutes
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.standing import refuse_stale
from loans.lifecycle.step import Tally, deed, follow_on, one_by_one, step
from loans.models import Application, Recommendation, Vote, VoteCount


@dataclass(frozen=True)
class Round:
    """How the votes on terms stand: `seats` members are asked, `needed` must be in favour, `quorum` must vote."""

    seats: int
    needed: int
    quorum: int
    in_favour: int
    against: int

    @property
    def is_carried(self) -> bool:
        """Enough are in favour, and enough have voted."""
        return self.in_favour >= self.needed and self._has_quorum

    @property
    def is_lost(self) -> bool:
        """Enough have voted, and those who have not could no longer carry it."""
        open_seats = max(self.seats - self._cast, 0)
        return self._has_quorum and not self.is_carried and self.in_favour + open_seats < self.needed

    @property
    def is_decided(self) -> bool:
        """Whether the votes are to be counted now."""
        return self.is_carried or self.is_lost

    @property
    def _cast(self) -> int:
        return self.in_favour + self.against

    @property
    def _has_quorum(self) -> bool:
        return self._cast >= self.quorum


@once_only(case_of)
def cast_vote(
    application: Application,
    *,
    by: User,
    in_favour: bool,
    note: str = "",
    seen: int | None = None,
    once: Once | None = None,
) -> Application:
    """One member votes on the terms recommended now. Nobody sees the vote before the count.

    The votes are counted as soon as they decide it: enough in favour approve, else the case goes back to the desk.
    Raises Refused: empty_note for a vote against without its reason, stale_file.
    """
    if not in_favour and not note.strip():
        raise Refused("empty_note")
    case: Application
    with deed(application.cast_vote, by=by, note=note.strip(), once=once) as case:
        refuse_stale(case, seen)
        Vote.objects.create(recommendation=case.recommendation, by=by, event=case.event, in_favour=in_favour)
        if _count(case):
            follow_on(_conclude, case)
    return case_of(case.event)


def round_of(case: Application) -> tuple[Round, list[Vote]]:
    """How the newest terms of a case stand today, and the votes that count: of members who still sit on this case."""
    product, terms = case.product, case.recommendation
    members = {person.pk for person in User.objects.staff() if rules.sits_on(case, person)}
    votes = [vote for vote in Vote.objects.filter(recommendation=terms) if vote.by_id in members]
    needed, quorum = product.votes_needed, product.quorum or product.votes_needed
    asked = min(product.committee_size or len(members), len(members))
    in_favour = sum(vote.in_favour for vote in votes)
    # With fewer members than are needed the case waits for another one: nobody loses because somebody is missing.
    return Round(max(asked, needed, quorum), needed, quorum, in_favour, len(votes) - in_favour), votes


def _count(case: Application) -> bool:
    """Count the votes when they decide it: the seals are opened, the minutes are made. Says whether they did."""
    found, votes = round_of(case)
    if not found.is_decided:
        return False
    terms: Recommendation = case.recommendation
    counted = VoteCount.objects.create(
        recommendation=terms,
        counted_at=clock.now(),
        submission_number=case.submissions.latest("number").number,
        seats=found.seats,
        needed=found.needed,
        quorum=found.quorum,
        in_favour=found.in_favour,
        against=found.against,
        is_carried=found.is_carried,
    )
    Vote.objects.filter(recommendation=terms).exclude(pk__in=[vote.pk for vote in votes]).update(counts=False)
    minutes.ring(counted)
    return True


def _conclude(case: Application) -> None:
    """What follows from the count."""
    case = Application.objects.get(pk=case.pk)
    if case.recommendation.is_carried:
        decision.approve(case, by=LEDGER)
        return
    with step(case.send_back, by=LEDGER):
        pass


def count_waiting(_: date) -> Tally:
    """The clock counts what is decided since a member left: nobody votes any more who would set the count off."""
    voted = Vote.objects.filter(recommendation__vote_count=None).values("recommendation__application")
    waiting = Application.objects.filter(state=Application.State.RECOMMENDED, pk__in=voted)
    return one_by_one(waiting, "count_votes", _count_one)


def _count_one(case: Application) -> None:
    with transaction.atomic():
        locked: Application = Application.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if locked.state == Application.State.RECOMMENDED and locked.is_for_the_committee and _count(locked):
            _conclude(locked)

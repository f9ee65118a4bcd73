"""Who else helps, and what went wrong: referrals in each of their states, and complaints with and without an answer."""

from datetime import timedelta

from applicants.models import Partner
from config import clock
from loans.lifecycle.reviewing import referrals
from loans.lifecycle.writing import complaints
from loans.models import Application, Event, Referral

WISH = "The course that I told you about, and its exam."
SENT_DAYS = 3  # after the no
TOLD = (
    # days ago, kind, words, of whom, name, e-mail
    (50, "wait", "I called three times in two weeks and nobody could tell me when I hear from you.", "", "Rosa Delgado",
     "rosa.delgado@people.example"),
    (34, "money", "Vous avez prélevé mon versement deux jours trop tôt, et la banque m’a facturé 45 $.", "",
     "Jean-Baptiste Nkurunziza", "jb.nkurunziza@people.example"),
    (2, "access", "The page of the papers does not take the photos of my old phone.", "", "", ""),
)  # fmt: skip
ANSWER = "You are right, and we are sorry. Each of us now sees on one page who waits for what, and we call back."


def refer():
    """To a case in review the question is put; of the cases that were declined, each stands one step further."""
    asked = (
        Application.objects.filter(state=Application.State.IN_REVIEW, reviewer__isnull=False).order_by("-pk").first()
    )
    if asked is not None:
        _offer(asked, "windmill")
    declined = Application.objects.filter(state=Application.State.DECLINED).order_by("pk")
    for case, outcome in zip(declined, ("accepted", "", ""), strict=False):
        no = Event.objects.filter(case=case, verb="decline").latest("pk")
        with clock.at(min(no.at + timedelta(days=SENT_DAYS), clock.now())):
            referral = _offer(case, "oclf")
            referrals.agree(case, by=case.applicant.user, referral=referral)
            referrals.send(case, by=case.reviewer, referral=referral, way=Referral.Way.SHEET)
        if outcome:
            with clock.at(min(no.at + timedelta(days=SENT_DAYS + 20), clock.now())):
                referrals.close(case, by=case.reviewer, referral=referral, outcome=outcome)


def _offer(case, code):
    partner = Partner.objects.get(code=code)
    return referrals.offer(case, by=case.reviewer, partner=partner, wish=WISH)


def complain(*, manager, officer):
    """The oldest was answered; of the others one is overdue, and nobody has looked at the newest."""
    rows = []
    for days, kind, words, whom, name, email in TOLD:
        with clock.at(clock.now() - timedelta(days=days)):
            rows.append(complaints.complain(kind=kind, words=words, whom=whom, name=name, email=email))
    for row in rows[:2]:
        with clock.at(row.received_at + timedelta(days=1)):
            complaints.assign(row, by=manager, owner=officer)
    with clock.at(rows[0].received_at + timedelta(days=12)):
        complaints.answer(rows[0], by=officer, words=ANSWER, outcome="right")

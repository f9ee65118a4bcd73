"""Whom the pictures show: the people of the demo, some who are brought further for them, and the session of each."""

from dataclasses import dataclass
from pathlib import Path

from bin.pictured_offers import bring_offers, proofs_of_agreements, wrong_answer
from bin.shot import (
    ACTIVE,
    LONG,
    MANAGER,
    NEWCOMER,
    OFFERED,
    OFFICER,
    OWNER,
    REPAID,
    REVIEWER,
    SENT,
    SIGNER,
    Shot,
)


@dataclass(frozen=True)
class Visit:
    """A shot with its address, the session of who opens it, and what is typed and sent there."""

    shot: Shot
    address: str
    session: str
    said: dict[str, str]
    file: Path | None


class People:
    """Those of the demo, and some more: who has only begun, who writes long, who is on a page that nobody there is."""

    def __init__(self, room: Path) -> None:
        """`room`: where the files lie that are sent."""
        from accounts.models import User
        from loans.lifecycle.applying import filling
        from loans.models import Product
        from loans.models.form import Form

        for email, name, code in (
            (NEWCOMER, "Nadia", "credential"),
            (OWNER, "Kwame Mensah", "business"),
            (LONG, "María de los Ángeles Fernanda Quiroga de la Torre y Benavides", "credential"),
        ):
            product = Product.objects.on_offer().get(code=code)
            user = User.objects.known_as(email, name=name, language="en")
            user.emailaddress_set.update(verified=True)
            case = filling.start(user, product)
            for section in Form(case).purpose.sections if email == LONG else ():
                line = {field.name: self._long(field) for field in section.fields}
                filling.save(case, section, [line] * (5 if section.repeated else 1), by=user)
        self._signer()
        bring_offers()
        codes, self.files = proofs_of_agreements(room)
        self.links = {**self._lost_addresses(), **codes, "complaint": self._complaint(), "wrong": wrong_answer()}

    @staticmethod
    def _signer() -> None:
        """Somebody who signs with the person who reads an offer, and was asked the three questions."""
        from accounts.models import User
        from loans.lifecycle.contracts import paper_making
        from loans.lifecycle.offering import questions
        from loans.models import Loan

        signer = User.objects.known_as(SIGNER, name="Salma Haddad", language="en")
        signer.emailaddress_set.update(verified=True)
        loan = Loan.objects.get(application__applicant__user__email=OFFERED)
        loan.application.parties.create(kind="co_borrower", user=signer, name=signer.name)
        paper_making.make_all(loan)
        for code in questions.missing(loan, signer):
            questions.explain(loan, by=signer, question=code)

    @staticmethod
    def _lost_addresses() -> dict[str, str]:
        """Three people cannot read their e-mail any more: one just asked, one is identified, one waits."""
        from accounts import recovery
        from accounts.models import Recovery, User

        officer, manager = (User.objects.get(email=email) for email in (OFFICER, MANAGER))
        for number, email in enumerate((SENT, REPAID, ACTIVE)):
            recovery.ask(old_address=email, name="Zainab Okafor", reach="613-555-0134", language="en")
            row = Recovery.objects.latest("pk")
            if number:
                seen = {
                    "account": email,
                    "how": "video",
                    "note": "Her permit, her face.",
                    "new_address": f"new-{email}",
                }
                recovery.propose(row, by=officer, **seen)
        recovery.confirm(row, by=manager)
        row = Recovery.objects.get(pk=row.pk)
        return {what: recovery.link(row, what).split("/lost-email/")[1].split("/")[0] for what in ("stop", "door")}

    @staticmethod
    def _complaint() -> str:
        """The number of the complaint that waits longest."""
        from loans.models import Complaint

        return Complaint.objects.waiting().first().number

    @staticmethod
    def _long(field: object) -> str:
        words = "Weiterbildungsanerkennungsverfahren und noch ein sehr langer Satz ohne Ende. " * 4
        return words[: field.max_length or 300] if field.kind in ("text", "longtext") else ""

    def visit(self, shot: Shot, home: str) -> Visit:
        """What a picture of this shot takes, of the house at `home`."""
        from loans.models import Application

        case = Application.objects.filter(applicant__user__email=shot.of or shot.who).first()
        loan = case.loans.first() if case else None
        paper = case.documents.first() if case else None
        theirs = {"case": case and case.reference, "loan": loan and loan.number, "paper": paper and paper.pk}
        known = {**theirs, **self.links}
        who = case.reviewer.email if shot.who == REVIEWER else shot.who
        said = {name: words.format(**known) for name, words in shot.said.items()}
        session = self._session(who) if who else ""
        return Visit(shot, home + shot.path.format(**known), session, said, self.files.get(shot.file))

    @staticmethod
    def _session(email: str) -> str:
        from django.test import Client

        from accounts.models import User
        from config import clock

        client = Client()
        client.force_login(User.objects.get(email=email))
        session = client.session
        session["proved_at"] = clock.now().isoformat()
        session.save()
        return client.cookies["sessionid"].value

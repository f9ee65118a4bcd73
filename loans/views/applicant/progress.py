"""Where a case is, in words for the person whose case it is: what is next, whose turn, by when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from config import clock
from letters.wording import day
from loans import rules
from loans.lifecycle import promise
from loans.models import Application, BankAccount, Loan
from loans.models.loan import OVER

State = Application.State


@dataclass
class Progress:
    """One case on the road: a title, one or two sentences, what is next, our promise, and the road's milestones."""

    case: Application
    loan: Loan | None
    title: str
    text: str
    whose_turn: str = ""
    by_when: date | None = None
    link_url: str = ""
    link_text: str = ""
    stage: int = 0
    next: str = ""
    promise: str = ""

    @property
    def steps(self):
        """The road's milestones: done, now, later."""
        labels = [_("Apply"), _("We review"), _("Decision"), _("Sign"), _("Money sent"), _("Repaid")]
        return [
            {"label": label, "state": "done" if at < self.stage else "now" if at == self.stage else "later"}
            for at, label in enumerate(labels)
        ]


def progress_of(case, reader):
    """How the case stands, told to `reader`, who is one of its parties."""
    asked = BankAccount.objects.to_agree().filter(party__application=OuterRef("application"), party__user=reader)
    # The newest: an offer is made when the one before is over.
    loan = case.loans.annotate(asks_debit=Exists(asked)).order_by("-pk").first()
    if loan is not None and loan.state not in OVER:
        return _of_loan(case, loan, reader)
    return _of_application(case, reader, loan)


def _of_application(case, reader, over=None):
    """`over`: the newest offer of the case, of which nothing came."""
    mine = rules.is_owner(case, reader)
    you, we = _("It is your turn"), _("It is our turn")
    form = reverse("task_list", args=[case.reference])
    told = {
        State.DRAFT: (
            _("Not sent yet"),
            _who_sees(case),
            {"whose_turn": you, "link_url": form, "link_text": _("Go on with my application"), "stage": 0},
        ),
        State.SUBMITTED: (
            _("We have your application"),
            _("A loan officer will read it and write to you."),
            {
                "whose_turn": we,
                "stage": 1,
                "promise": promise_of(case),
                "next": _("A loan officer takes your case and reads it. Their name will stand here."),
            },
        ),
        State.IN_REVIEW: _after_an_offer(case, over)
        if over
        else (
            _("We are reading your application"),
            _("Your loan officer is looking at it. If something is missing, we will tell you."),
            {
                "whose_turn": we,
                "stage": 1,
                "promise": promise_of(case),
                "next": _("Your loan officer asks you for more, or finishes. Then a second person decides."),
            },
        ),
        State.WAITING: (
            _("We need something more from you"),
            _("Your loan officer asked about a few things. Open them, answer, and send them back."),
            {
                "whose_turn": you,
                "by_when": case.answer_by,
                "link_url": form,
                "link_text": _("Answer the questions"),
                "stage": 1,
                "promise": _("The days we wait for you do not count. Ours go on when you send your answers."),
                "next": _("After your answers, your loan officer reads on."),
            },
        ),
        State.RECOMMENDED: (
            _("A decision is being made"),
            _("Your loan officer has finished. A second person decides now."),
            {
                "whose_turn": we,
                "stage": 2,
                "promise": promise_of(case),
                "next": _("You get a letter with the answer. If it is yes, our offer comes with it."),
            },
        ),
        State.APPROVED: (_("Approved"), _("We are preparing your offer."), {"whose_turn": we, "stage": 2}),
        State.DECLINED: (
            _("We cannot offer this loan"),
            _("The letter we sent you says why, and what would change our answer. You may ask us about it."),
            _way_to_appeal(case),
        ),
        State.APPEALED: (
            _("We are looking at your application again"),
            _("Somebody who did not decide before reads your appeal. We will write to you."),
            {
                "whose_turn": we,
                "stage": 2,
                "promise": promise_of(case),
                "next": _("You get a letter: the answer stays, or your loan officer looks again."),
            },
        ),
        State.DECISION_STANDS: (
            _("The answer stays no"),
            _("Somebody else looked at it again. The letter we sent you says why. You may begin a new application."),
            {"stage": 2},
        ),
        State.WITHDRAWN: (_("You withdrew this application"), _("You may begin a new one at any time."), {"stage": 0}),
        State.CLOSED_UNANSWERED: (
            _("Closed, because we had no answer"),
            _("Write to us if you still want this loan: we can open it again."),
            {"stage": 1},
        ),
        State.EXPIRED: (_("Closed"), _("This draft was not touched for a long time. You may begin a new one."), {}),
    }
    title, text, more = told[case.state]
    if not mine:
        more = {**more, "link_url": "", "link_text": ""}
    return Progress(case, None, title, text, **more)


def _after_an_offer(case, over):
    """Of a case that came back to the officer because nothing came of our offer."""
    why = {
        Loan.State.REFUSED: _("Our offer was not accepted. Nobody owes anything for it."),
        Loan.State.LAPSED: _("The time for our offer has run out. Nobody owes anything for it."),
        Loan.State.CANCELLED: _("The loan was called off. Nobody owes anything for it."),
    }
    return (
        _("Our offer is over"),
        why[over.state],
        {
            "whose_turn": _("It is our turn"),
            "stage": 1,
            "promise": promise_of(case),
            "next": _("Your loan officer looks at what would fit, and makes another offer or asks you something."),
            "link_url": reverse("my_messages", args=[case.reference]),
            "link_text": _("Write to my loan officer"),
        },
    )


def _who_sees(case):
    """Of a draft: that it is saved, and who sees it besides the person."""
    if case.assisted_by_id is None:
        return _("Everything you typed is saved. Finish when you are ready; nobody else can see it.")
    return _("Everything that was typed is saved. %(helper)s helps you with it and sees it; nobody else does.") % {
        "helper": case.assisted_by
    }


def promise_of(case):
    """By when the office answers (lifecycle.promise), kept or not. What the office sees is this same day."""
    by = promise.promised_by(case)
    if by is None:
        return ""
    if by < clock.today():
        return _("We said we would answer by %(day)s. We are late, and we are sorry. Please call us or write.") % {
            "day": day(by)
        }
    return _("We answer by %(day)s.") % {"day": day(by)}


def _way_to_appeal(case):
    """While there is time: where to ask for a second look, and by when."""
    if case.appeal_until is None or case.appeal_until < clock.today():
        return {"stage": 2}
    return {
        "stage": 2,
        "by_when": case.appeal_until,
        "whose_turn": _("If you think we are wrong"),
        "link_url": reverse("appeal", args=[case.reference]),
        "link_text": _("Ask us to look again"),
    }


def _asks_debit(case, loan):
    """The reader told another account after they had signed: nothing is drawn from it before they agree."""
    return Progress(
        case,
        loan,
        _("Your new bank account waits for you"),
        _("Read its debit agreement and agree to it. Before that we do not use the account."),
        whose_turn=_("It is your turn"),
        link_url=reverse("my_debit", args=[case.reference]),
        link_text=_("Read the debit agreement"),
        stage={Loan.State.OFFERED: 3, Loan.State.SIGNED: 4}.get(loan.state, 5),
    )


def _of_loan(case, loan, reader):
    if loan.asks_debit:
        return _asks_debit(case, loan)
    offer, account = reverse("offer", args=[case.reference]), reverse("my_loan", args=[case.reference])
    if loan.state == Loan.State.OFFERED:
        if loan.signatures.filter(party__user=reader).exists():
            return Progress(
                case,
                loan,
                _("You have signed"),
                _("We wait for the signature of everybody else."),
                whose_turn=_("It is the other person's turn"),
                by_when=loan.open_until,
                link_url=offer,
                link_text=_("See the offer"),
                stage=3,
            )
        return Progress(
            case,
            loan,
            _("We offer you a loan"),
            _("Read the offer in peace. If it is right for you, sign it."),
            whose_turn=_("It is your turn"),
            by_when=loan.open_until,
            link_url=offer,
            link_text=_("Read the offer"),
            stage=3,
        )
    if loan.state == Loan.State.SIGNED:
        text = _("The agreement is signed. We will send the money and tell you by e-mail.")
        if loan.is_cooling:
            text = _("You may still change your mind until %(day)s. After that day we send the money.") % {
                "day": day(loan.cooling_until)
            }
        return Progress(
            case,
            loan,
            _("Signed"),
            text,
            whose_turn=_("It is our turn"),
            link_url=account,
            link_text=_("See my loan"),
            stage=4,
        )
    if loan.state == Loan.State.REPAID:
        text = _("You owe nothing any more. Thank you, and all the best.")
        return Progress(case, loan, _("Repaid"), text, link_url=account, link_text=_("See my loan"), stage=6)
    if loan.state == Loan.State.WRITTEN_OFF:
        text = _("We closed this loan in our books before it was paid back. Whatever you can pay still counts.")
        return Progress(
            case, loan, _("Closed with money open"), text, link_url=account, link_text=_("See my loan"), stage=5
        )
    text = _("Your loan is running. Here you find what is next and what you have paid.")
    return Progress(case, loan, _("Your loan"), text, link_url=account, link_text=_("See my loan"), stage=5)

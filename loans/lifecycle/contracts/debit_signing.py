"""A debit agreement of its own: who signed the loan and tells another account agrees to it, or nothing is drawn there.

The authority must come from the payer (Rule H1 of Payments Canada; DOMAIN 3.4). Until then the account is not used, and
what they agreed to before stands.
"""

from django.conf import settings
from django.urls import reverse

from accounts.actors import LEDGER
from accounts.models import User
from accounts.passkeys import Shown
from config import clock
from loans.lifecycle.contracts.debit import account_in, key_of_account, occasion_for
from loans.lifecycle.contracts.evidence import Sealing
from loans.lifecycle.contracts.paper_set import language_of
from loans.lifecycle.contracts.typed_names import check_words, name_put, proof_of, ticks_in_words
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed, follow_on
from loans.lifecycle.tell import tell_party
from loans.models import Application, BankAccount, DebitSignature, Event, Loan, LoanPaper, Party
from loans.offer_words import NEW_DEBITS


def _signature_of(event: Event) -> DebitSignature:
    signature: DebitSignature = DebitSignature.objects.get(event=event)
    return signature


def wanted_of(party: Party) -> BankAccount | None:
    """The account whose debit agreement waits for this person, or None."""
    found: BankAccount | None = BankAccount.objects.to_agree().filter(party=party).first()
    return found


def paper_of(loan: Loan, account: BankAccount) -> LoanPaper | None:
    """The debit agreement of this account in the language in which its owner signed; None while it is not made."""
    papers = loan.papers.select_related("file").filter(kind=LoanPaper.Kind.DEBIT_AGREEMENT, party=account.party)
    found: LoanPaper | None = papers.filter(
        occasion=occasion_for(account.pk), language=language_of(loan, account.party)
    ).first()
    return found


def ask(case: Application, party: Party) -> None:
    """Write to this person where the debit agreement of an account waits for them now. The case is locked."""
    account = wanted_of(party)
    if account is not None:
        link = settings.SITE_URL + reverse("my_debit", args=[case.reference])
        told = {"ends_in": account.ends_in, "link": link}
        tell_party(case, party, "debit_to_agree", occasion=f"debit:{account.pk}", **told)


@once_only(_signature_of)
def agree(
    loan: Loan,
    *,
    by: User,
    typed_name: str,
    agreed: bool,
    code: str = "",
    passkey: Shown | None = None,
    read: int | None = None,
    came_from: str = "",
    helper: str = "",
    helped_in: str = "",
    once: Once | None = None,
) -> DebitSignature:
    """The payer agrees to the debit agreement of the account that they told after they had signed `loan`.

    `agreed` is the tick, read in the active language; `read` the key of the paper on the page that was signed from,
    None when the deed comes from no page; the others are those of `signing.sign`.

    Raises Refused: not_agreed, no_name, helper_unfinished, no_debit_waits, debit_not_made, papers_made_anew,
    passkey_wanted; CodeError when the code proves nothing.
    """
    check_words(agreed, typed_name, helper, helped_in)
    _read(loan, by, read)
    proof = proof_of(loan, by, code, passkey)
    with deed(loan.agree_to_debit, by=by, once=once) as loan:
        account, paper = _read(loan, by, read)
        put = name_put(
            loan.event,
            typed_name,
            proof,
            ticks_in_words([NEW_DEBITS]),
            came_from=came_from,
            helper=helper,
            helped_in=helped_in,
        )
        signature: DebitSignature = DebitSignature.objects.create(paper=paper, account=account, **put)
        follow_on(_seal, loan, signature)
    return signature


def _read(loan: Loan, by: User, read: int | None) -> tuple[BankAccount, LoanPaper]:
    """What this person signs now: the account and its paper, which must be the one that was read."""
    party = loan.application.parties.filter(user=by).first()
    account = wanted_of(party) if party else None
    if account is None:
        raise Refused("no_debit_waits")
    paper = paper_of(loan, account)
    if paper is None:
        raise Refused("debit_not_made")
    if read is not None and read != paper.pk:  # another account was told meanwhile
        raise Refused("papers_made_anew")
    return account, paper


def _seal(loan: Loan, signature: DebitSignature) -> None:
    """Lay down what proves it, and send the payer their copy: the confirmation in writing that the rule asks for."""
    sealing = Sealing(signature)
    with deed(loan.seal_debit, by=LEDGER, detail=sealing.detail) as loan:
        sealing.keep(loan)
        told = {"number": loan.number, "ends_in": signature.account.ends_in}
        occasion = f"debit agreed:{signature.paper_id}"
        copy = [signature.paper.file]
        tell_party(loan.application, signature.party, "debit_agreed", occasion=occasion, attachments=copy, **told)


def agreed_to(paper: LoanPaper) -> int | None:
    """The key of the event by which the payer agreed to this very debit agreement: with the loan, or after it."""
    since: int | None = DebitSignature.objects.filter(paper=paper).values_list("event", flat=True).first()
    if since is not None:
        return since
    signed = paper.loan.signatures.filter(party=paper.party_id, agreement__language=paper.language).first()
    return signed.event_id if signed and occasion_for(signed.account_id) == paper.occasion else None


def is_refused(paper: LoanPaper) -> bool:
    """Whether the office does not take the bank details that this debit agreement names."""
    account = account_in(paper.occasion)
    return account is not None and BankAccount.objects.filter(pk=account).exclude(refused=None).exists()


def is_replaced(paper: LoanPaper, agreed: int | None) -> bool:
    """Whether it holds no more, or never will: of one that was `agreed` to (the key of the event), its payer agreed to
    a later one, and that account may be used; of another, they told other details since then.
    """
    if agreed is None:
        return paper.party is None or occasion_for(key_of_account(paper.party)) != paper.occasion
    later = DebitSignature.objects.filter(paper__loan=paper.loan_id, paper__party=paper.party_id, event__gt=agreed)
    used = {"account__refused": None, "account__verified__isnull": False, "account__usable_from__lte": clock.today()}
    return later.filter(**used).exists()

"""Bank details as people give them in the tests, and a paper that shows them."""

from config import clock
from loans.bank_numbers import Numbers
from loans.lifecycle.contracts import debit_signing, paper_making, typed_names
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.reviewing import papers
from loans.lifecycle.writing.messages import Attached
from loans.models import BankAccount
from tests.cases import again, newest_code, picture

ALTERNA = {"institution": "842", "transit": "00012", "number": "1234567"}
TANGERINE = {"institution": "614", "transit": "00152", "number": "4001234567"}


def cheque():
    """A photo of a void cheque."""
    return Attached("cheque.jpg", picture())


def give_account(case, by, numbers=ALTERNA, *, file=None, **other):
    """The borrower enters their account in the portal, having shown their address just now."""
    return bank_accounts.enter(again(case), by=by, **numbers, file=file, is_fresh=True, **other)


def accepted_cheque(account, by):
    """The paper that came with an entry, accepted."""
    return papers.accept(again(account.paper), by=by).pk


def verify(account, by, document, numbers=ALTERNA, **other):
    """A second person types the numbers from the paper."""
    case = again(account.party.application)
    return bank_accounts.verify(case, by=by, account=account, document=document, **numbers, **other)


def verified_account(case, borrower, officer, numbers=ALTERNA):
    """Bank details with a photo of the cheque, verified by an officer."""
    account = give_account(case, borrower, numbers, file=cheque())
    return verify(account, officer, accepted_cheque(account, officer), numbers)


def agree_to_debit(loan, user, **other):
    """Who signed and told another account since then reads its debit agreement, asks for a code and agrees."""
    paper_making.make_all(again(loan))
    typed_names.send_code(loan, by=user)
    said = {"typed_name": user.name, "code": newest_code(user), "agreed": True, **other}
    return debit_signing.agree(again(loan), by=user, **said)


def left_from_an_earlier_offer(case, numbers=ALTERNA):
    """Bank details on a case that is back in review: they were entered while an offer stood."""
    account = BankAccount(party=case.parties.first(), event=case.events.first(), usable_from=clock.today())
    account.remember(Numbers(**numbers))
    account.save()

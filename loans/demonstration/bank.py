"""Bank details of the demo: given with a photo of a cheque, and verified by an officer. No such account exists."""

from loans.demonstration.forms import specimen
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.reviewing import papers
from loans.lifecycle.writing.messages import Attached
from loans.models import Document
from loans.rules import VOID_CHEQUE


def _numbers(case):
    return {"institution": "842", "transit": "00000", "number": f"{case.pk:07}"}


def give(case, person):
    """The borrower enters them, having shown just now who they are."""
    file = Attached("cheque.png", specimen(VOID_CHEQUE))
    return bank_accounts.enter(case, by=person, file=file, is_fresh=True, **_numbers(case))


def verify(account, case, *, officer):
    """An officer accepts the photo and types the numbers from it."""
    paper = papers.accept(Document.objects.get(pk=account.paper_id), by=officer)
    bank_accounts.verify(case, by=officer, account=account, document=paper.pk, **_numbers(case))

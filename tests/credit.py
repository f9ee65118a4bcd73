"""Credit reports as officers enter them in the tests."""

import pytest

from config import clock
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import credit
from loans.lifecycle.reviewing.credit import Debt
from loans.lifecycle.writing.messages import Attached
from loans.models import CreditReport, Event
from tests.cases import again, pdf
from vault.models import StoredFile

CARD = Debt("card", 210_000, 6_300, False)
PHONE = Debt("phone", 18_000, 4_500, True)


def entered(case, by, **other):
    """`by` enters a report of today with two debts; `other` holds what it says instead."""
    said = {
        "bureau": "equifax",
        "reported_on": clock.today(),
        "band": "good",
        "debts": (CARD, PHONE),
        "file": Attached("report.pdf", pdf()),
        **other,
    }
    return credit.enter_report(again(case), by=by, **said)


def refused(code, act):
    """What is refused for this reason leaves no trace."""
    before = Event.objects.count(), CreditReport.objects.count(), StoredFile.objects.count()
    with pytest.raises(Refused, match=f"^{code}$"):
        act()
    assert (Event.objects.count(), CreditReport.objects.count(), StoredFile.objects.count()) == before

"""A loan whose borrower told another account."""

import pytest

from loans.lifecycle.contracts import paper_making
from tests.bank import TANGERINE, verified_account
from tests.cases import again


@pytest.fixture
def moved(signed, amina, omar, settings):
    """A signed loan; Amina has told another account since then, and Omar has verified it: its days are over."""
    settings.BANK_CHANGE_DAYS = 0
    verified_account(signed.application, amina, omar, TANGERINE)
    paper_making.make_all(again(signed))
    return again(signed)

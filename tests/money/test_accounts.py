from datetime import date

import pytest

from money.accounts import Account, Entry, balances

PAID = Entry(2, date(2027, 5, 15), Account.BANK, Account.PRINCIPAL, 30_000)


def test_a_line_and_its_mirror_leave_nothing():
    assert balances([PAID]) == {Account.BANK: 30_000, Account.PRINCIPAL: -30_000}
    assert set(balances([PAID, PAID.mirrored(3, PAID.on)]).values()) == {0}


@pytest.mark.parametrize(("credit", "cents"), [(Account.BANK, 5), (Account.PRINCIPAL, 0), (Account.PRINCIPAL, -5)])
def test_a_line_that_moves_nothing_cannot_be_written(credit, cents):
    with pytest.raises(ValueError, match="moves money"):
        Entry(1, PAID.on, Account.BANK, credit, cents)

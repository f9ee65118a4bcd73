"""Two clicks at the same debit agreement, or a click while another account is told."""

import pytest

from loans.lifecycle.contracts import debit_signing, paper_making, typed_names
from loans.models import DebitSignature, Event, SigningRecord
from tests.bank import ALTERNA, TANGERINE, give_account
from tests.cases import again, newest_code
from tests.postgres.test_at_once import both


@pytest.fixture
def asked(active, amina):
    """A running loan whose borrower told another account; a code is on its way."""
    give_account(active.application, amina, TANGERINE)
    paper_making.make_all(again(active))
    typed_names.send_code(active, by=amina)
    return again(active)


def agree(loan, user, **other):
    said = {"typed_name": user.name, "code": newest_code(user), "agreed": True, **other}
    return debit_signing.agree(again(loan), by=user, **said)


def test_two_clicks_at_once_sign_once(committed, asked, amina):
    both(lambda: agree(asked, amina, once_key="one form"))
    assert DebitSignature.objects.count() == SigningRecord.objects.exclude(paper=None).count() == 1
    assert Event.objects.filter(verb="agree_to_debit").count() == 1


def test_a_yes_while_another_account_is_told_is_a_yes_to_what_was_read(committed, asked, amina):
    paper = asked.papers.latest("pk")
    acts = iter(
        (
            lambda: agree(asked, amina, read=paper.pk),
            lambda: give_account(asked.application, amina, {**ALTERNA, "number": "7654321"}),
        )
    )
    both(lambda: next(acts)())
    assert set(DebitSignature.objects.values_list("paper", flat=True)) <= {paper.pk}
    assert debit_signing.wanted_of(paper.party).ends_in == "321"

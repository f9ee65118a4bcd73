"""A pharmacist's training loan, from sign-up to repaid, through the pages, in both languages."""

import pytest

from config import clock
from letters.models import Letter
from loans.lifecycle.ledger import audit
from loans.models import Loan
from tests.journeys.person import Person, apply_for, checks_account, decide, sign, sign_up

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_sign_up_to_repaid(checklist, product, omar, mariam, felix, language):
    amina = sign_up(language)
    case = apply_for(amina, product)
    loan = decide(case, omar, mariam)
    sign(amina, case)
    checks_account(Person("en", omar), case)
    finance, today = Person("fr", felix), clock.today()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    finance.sends("advance_release", loan.number, 1, once_key="release")
    finance.sends("advance_sending", loan.number, 1, once_key="send", **day)
    amina.opens("my_loan", case.reference)
    money = {"cents": "5,000.00", "method": "transfer", "payer": "Amina"}
    finance.sends("payments", loan.number, once_key="pay", **money, **day)
    assert Loan.objects.get(pk=loan.pk).state == "repaid"
    amina.opens("my_loan", case.reference)
    assert list(audit.audit()) == []
    assert set(Letter.objects.values_list("language", flat=True).filter(to__email="amina@example.org")) == {language}

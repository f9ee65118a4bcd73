"""Two people share a loan, and each signs."""

import pytest

from accounts.models import User
from letters.models import Letter
from loans.lifecycle.applying import filling, submission
from loans.models import Loan
from tests.cases import fill_in
from tests.journeys.person import Person, decide, sign

pytestmark = pytest.mark.django_db


def test_two_signers_sign_each_for_themselves(amina, product, omar, mariam):
    said = {"has_co_signer": "yes", "co_signer_name": "Yusuf", "co_signer_email": "yusuf@example.org"}
    case = submission.submit(fill_in(filling.start(amina, product), amina, signers=said), by=amina)
    invited = Letter.objects.get(kind="co_signer_invited")
    assert invited.facts["link"].endswith(f"/my/{case.reference}/")
    loan = decide(case, omar, mariam)
    sign(Person("en", amina), case)
    assert Loan.objects.get(pk=loan.pk).state == "offered"
    sign(Person("en", User.objects.get(email="yusuf@example.org")), case)
    assert Loan.objects.get(pk=loan.pk).state == "signed"

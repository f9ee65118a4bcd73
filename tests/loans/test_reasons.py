"""A reason is one of the purpose of the loan: no business is declined for want of a school."""

import pytest

from loans.lifecycle import decision, filling, review, submission
from loans.lifecycle.refusal import Refused
from loans.purposes import PURPOSES
from loans.reasons import DECLINE, SUPPORT, reasons_for
from tests.cases import fill_in


@pytest.mark.parametrize("bank", [SUPPORT, DECLINE])
def test_every_purpose_has_reasons_of_its_own_and_shares_the_rest(bank):
    kinds = {slug: set(reasons_for(slug, bank)) for slug in PURPOSES}
    assert set.union(*kinds.values()) == set(bank)
    assert set.intersection(*kinds.values())
    assert all(kinds[slug] - set.union(*(kinds[other] for other in kinds if other != slug)) for slug in kinds)


@pytest.mark.django_db
def test_a_reason_of_another_purpose_is_refused(office, amina, omar, mariam):
    case = fill_in(filling.start(amina, office.get(code="business")), amina)
    case = review.take(submission.submit(case, by=amina), by=omar)
    terms = {"principal_cents": 500_000, "study_months": 0, "repayment_months": 24}
    with pytest.raises(Refused, match="unknown_reason"):
        decision.recommend(case, by=omar, reasons=["enrolled"], note="Yes.", **terms)
    case = decision.recommend(case, by=omar, reasons=["sound_business"], note="Yes.", **terms)
    with pytest.raises(Refused, match="unknown_reason"):
        decision.decline(case, by=mariam, reasons=["not_enrolled"])

"""A training loan is declined for two reasons, the appeal is right, the decision is reversed and the loan approved."""

import pytest

from letters.models import Letter
from letters.render import render
from letters.wording import day
from loans.lifecycle.deciding import record
from loans.views.deeds import new_once_key
from tests.cases import again
from tests.journeys.person import Person, sign

pytestmark = pytest.mark.django_db
TERMS = {"principal_cents": "4,000", "study_months": "6", "repayment_months": "24"}


def key(**typed):
    return {**typed, "once_key": new_once_key()}


def test_two_reasons_an_appeal_and_a_yes(submitted, amina, omar, mariam, carl):
    case, applicant, officer, manager = submitted, Person("en", amina), Person("en", omar), Person("fr", mariam)
    officer.sends("review", case.reference, **key())
    reasons = {"reason-not_enrolled": "yes", "reason-not_affordable": "yes"}
    manager.sends("refusal", case.reference, **key(**reasons))
    letter = render(Letter.objects.get(kind="declined"))
    page = applicant.opens("my_case", case.reference).content.decode()
    for told in ("A letter of acceptance would change this.", day(again(case).appeal_until)):
        assert told in letter.text
    assert "A letter of acceptance would change this." in page
    assert letter.text.count("\n- ") >= 2

    applicant.sends("appeal", case.reference, **key(note="The school wrote to me yesterday."))
    refused = manager.browser.post(f"/cases/{case.reference}/appeal/success/", key(note="Fine."))
    assert refused.status_code == 422
    assert "Carl Nguyen" in refused.content.decode()
    assert again(case).state == "appealed"
    Person("en", carl).sends("appeal_success", case.reference, **key(note="Look at the new letter."))
    assert again(case).state == "in_review"

    said = {"reason-affordable": "yes", "note": "Accepted since, and the budget holds."}
    officer.sends("recommendation", case.reference, **TERMS, **key(**said))
    manager.sends("approval", case.reference, **key(note=""))
    assert [record.parts_of(each)["decision"]["outcome"] for each in again(case).records.order_by("pk")] == [
        "declined", "appeal_granted", "approved",
    ]  # fmt: skip
    sign(applicant, case)
    assert again(case).loans.get().state == "signed"

"""Who somebody is: which paper was seen, by whom, when, and until when it is good."""

from datetime import timedelta

import pytest

from config import clock
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import identity
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


def test_an_officer_writes_down_the_paper_they_saw(in_review, omar):
    borrower, good_until = in_review.parties.get(), clock.today() + timedelta(days=900)
    check = identity.check_identity(
        in_review, by=omar, party=borrower, paper="pr_card", how="in_person", last_signs="4711", expires_on=good_until
    )
    assert (check.event.by, check.party, check.expires_on) == (omar, borrower, good_until)
    page = Person("en", omar).opens("case", in_review.reference).content.decode()
    assert "Permanent resident card, In person, seen by Omar Diallo" in page
    assert "4711" in page


def test_an_auditor_does_not_see_the_number(in_review, omar, ada):
    identity.check_identity(
        in_review, by=omar, party=in_review.parties.get(), paper="pr_card", how="video", last_signs="4711"
    )
    assert "4711" not in Person("en", ada).opens("case", in_review.reference).content.decode()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"paper": "library_card"}, "unknown_identity_paper"),
        ({"how": "by_hearsay"}, "unknown_way"),
        ({"last_signs": "AB123456"}, "number_too_long"),
        ({"expires_on": "yesterday"}, "paper_expired"),
    ],
)
def test_what_proves_nothing_is_refused(in_review, omar, said, code):
    if "expires_on" in said:
        said = {"expires_on": clock.today() - timedelta(days=1)}
    usual = {"party": in_review.parties.get(), "paper": "passport", "how": "in_person"}
    with pytest.raises(Refused) as refused:
        identity.check_identity(in_review, by=omar, **{**usual, **said})
    assert refused.value.code == code
    assert not in_review.events.filter(verb="check_identity").exists()


def test_it_is_kept_from_the_page(in_review, omar):
    party = in_review.parties.get()
    typed = {"party": party.pk, "paper": "passport", "how": "in_person", "last_signs": "", "once_key": "seen"}
    Person("en", omar).sends("identity_checks", in_review.reference, **typed)
    assert party.identity_checks.get().event.by == omar

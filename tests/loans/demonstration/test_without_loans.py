"""Cases in bulk that are no loan: in every state, as the verbs leave them, and the same for the same seed."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from applicants.search_words import SearchWord
from config import clock
from loans import demonstration
from loans.demonstration.bulk.without_loans import FATES
from loans.furnishing.office import furnish
from loans.lifecycle.deciding import decision
from loans.lifecycle.ledger import audit
from loans.lifecycle.reviewing import review
from loans.models import Application, Event, Loan
from tests.cases import seen

pytestmark = pytest.mark.django_db
COUNT, SEED = 60, 9  # of this seed sixty cases stand in every state
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)
OPEN = ("submitted", "in_review", "recommended", "appealed")


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def cases(db):
    furnish()
    demonstration.build(0)
    demonstration.build_without_loans(0, COUNT, SEED)


def test_they_stand_in_every_state_and_none_is_a_loan(cases):
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states.total() == COUNT
    assert set(states) == set(FATES)
    assert not Loan.objects.exists()
    assert list(audit.audit()) == []


def test_everything_lies_in_the_past_and_the_story_ends_where_the_case_stands(cases):
    today = clock.today()
    assert not Event.objects.filter(at__date__gte=today).exists()
    for case in Application.objects.prefetch_related("events"):
        told = [event for event in case.events.order_by("pk") if event.subject_kind == "application"]
        assert [event.at for event in told] == sorted(event.at for event in told), case.state
        assert told[-1].to_state == case.state
        assert case.reference.startswith(f"T-{clock.day_of(case.started_at).year}-")


def test_promises_and_days_stand_as_the_verbs_keep_them(cases):
    for case in Application.objects.all():
        assert (case.promised_by is not None) == (case.state in OPEN), case.state
        assert (case.answer_by is not None) == (case.state == "waiting_for_applicant")
        assert (case.promise_left is not None) == (case.state in ("waiting_for_applicant", "closed_unanswered"))
        assert case.asked_cents == case.submissions.get().requested_cents
        assert case.answer_by is None or case.answer_by >= clock.today()
    assert Application.objects.filter(promised_by__lt=clock.today() + timedelta(days=9)).exists()


def test_a_person_of_the_bulk_is_found_by_name(client, cases):
    person = Application.objects.first().applicant
    assert SearchWord.objects.filter(applicant=person).exists()
    client.force_login(User.objects.get(email="officer@tremplin.example"))
    page = client.get(reverse("desk"), {"q": person.full_name})
    assert person in [row["case"].applicant for row in page.context["rows"]]


def test_the_verbs_go_on_where_the_bulk_ended(cases):
    omar = User.objects.get(email="officer@tremplin.example")
    review.take(Application.objects.filter(state="submitted").first(), by=omar)
    case = Application.objects.filter(state="recommended").first()
    mariam = User.objects.get(email="manager@tremplin.example")
    decision.decline(case, by=mariam, reasons=["not_affordable"], seen=seen(case))
    assert list(audit.audit()) == []


@pytest.mark.parametrize("state", list(FATES))
def test_every_page_of_such_a_case_opens(client, cases, state):
    client.force_login(User.objects.get(email="manager@tremplin.example"))
    case = Application.objects.filter(state=state).first()
    assert client.get(reverse("case", args=[case.reference])).status_code == 200
    client.force_login(case.applicant.user)
    assert client.get(reverse("my_case", args=[case.reference])).status_code == 200


def test_the_seed_decides_them(db):
    furnish()
    demonstration.build(0)
    found = []
    for seed in (4, 4, 5):
        with transaction.atomic():
            demonstration.build_without_loans(0, 6, seed)
            found.append(sorted(Application.objects.values_list("reference", "state", "started_at", "asked_cents")))
            transaction.set_rollback(True)
    assert found[0] == found[1] != found[2]

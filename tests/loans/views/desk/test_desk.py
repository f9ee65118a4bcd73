from datetime import timedelta

import pytest
from django.urls import reverse

from config import clock
from letters.wording import day
from loans.lifecycle.reviewing import review
from loans.models import Application, Submission
from loans.views.applicant.progress import progress_of
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
DESK = reverse("desk")


def rows(client, user, **query):
    client.force_login(user)
    response = client.get(DESK, query)
    assert response.status_code == 200
    return [(row["case"].reference, row["next"]) for row in response.context["rows"]]


def test_an_applicant_has_no_desk(client, amina):
    client.force_login(amina)
    assert client.get(DESK).status_code == 403


def test_finance_sees_loans_not_stories(client, felix):
    client.force_login(felix)
    assert client.get(DESK).status_code == 403


def test_nobody_at_the_office_sees_a_draft(client, omar, draft):
    assert rows(client, omar, show="all") == []


def test_an_officer_finds_what_nobody_has_taken(client, omar, submitted):
    assert rows(client, omar) == [(submitted.reference, "Take the case")]


def test_an_officer_finds_the_cases_on_the_own_desk(client, omar, in_review):
    assert rows(client, omar, show="mine") == [(in_review.reference, "Read it: ask for more, or recommend")]
    assert rows(client, omar, show="unassigned") == []


def test_a_case_that_waits_says_for_whom_and_until_when(client, omar, amina, in_review):
    case = review.ask_for_more(in_review, by=omar, asked=[("budget", "Which rent?")])
    [(reference, step)] = rows(client, omar, show="waiting")
    assert reference == case.reference
    assert case.applicant.greeting in step
    assert str(case.answer_by.year) in step


def test_a_manager_finds_what_waits_for_a_decision(client, mariam, recommended):
    assert rows(client, mariam) == [(recommended.reference, "Decide: approve or decline")]


def test_a_committee_member_reads_what_was_recommended(client, carl, recommended):
    assert rows(client, carl) == [(recommended.reference, "Waiting for a manager to decide")]


def test_a_committee_member_does_not_see_what_is_still_read(client, carl, in_review):
    assert rows(client, carl, show="all") == []


def test_a_manager_does_not_find_a_decided_case_among_those_to_decide(client, mariam, offered):
    assert rows(client, mariam) == []
    [(_reference, step)] = rows(client, mariam, show="all")
    assert step.startswith("Waiting for signatures until")


def test_a_case_is_found_by_a_part_of_the_name_or_the_reference(client, omar, submitted):
    name, reference = submitted.applicant.full_name, submitted.reference
    assert rows(client, omar, q=name[:4].upper())
    assert rows(client, omar, q=reference[-4:])
    assert rows(client, omar, q="nobody of that name") == []


def test_the_days_since_sending_are_counted(client, omar, submitted):
    client.force_login(omar)
    with clock.at(days_ahead(9)):
        assert client.get(DESK).context["rows"][0]["days"] == 9


@pytest.mark.parametrize("query", ["show=everything", "page=99999", "page=x", "q=%25%27%22%3C", "show=&q=&page="])
def test_a_strange_address_is_no_error(client, omar, submitted, query):
    client.force_login(omar)
    assert client.get(f"{DESK}?{query}").status_code == 200


def promise_of(client, user, **query):
    client.force_login(user)
    response = client.get(DESK, query)
    return [row["promise"] for row in response.context["rows"]], response.content.decode()


def test_the_desk_says_by_when_an_answer_is_promised_as_the_applicant_reads_it(client, omar, amina, submitted):
    [promise], page = promise_of(client, omar)
    assert (promise["day"], promise["tone"]) == (submitted.promised_by, "")
    assert day(submitted.promised_by) in page
    assert day(submitted.promised_by) in progress_of(submitted, amina).promise


@pytest.mark.parametrize(
    ("left", "tone", "sign"),
    [(4, "", ""), (3, "wait", "3 days left"), (0, "wait", "ends today"), (-1, "bad", "1 day late")],
)
def test_a_promise_about_to_break_has_a_sign_and_a_filter(client, omar, submitted, left, tone, sign):
    Application.objects.update(promised_by=clock.today() + timedelta(days=left))
    [promise], page = promise_of(client, omar, show="all")
    assert promise["tone"] == tone
    assert sign in page
    assert len(rows(client, omar, show="promises")) == (1 if tone else 0)


def test_a_case_that_waits_for_its_applicant_breaks_no_promise(client, omar, waiting):
    with clock.at(days_ahead(20)):
        assert rows(client, omar, show="promises") == []
        assert promise_of(client, omar, show="waiting")[0] == [None]


def multiply(case, count):
    """`count` more sent cases of the same person."""
    sent = case.submissions.get()
    copied = Application.objects.bulk_create(
        Application(
            reference=f"T-2000-{number:04}",
            product=case.product,
            applicant=case.applicant,
            started_at=case.started_at,
            submitted_at=case.submitted_at,
            state=case.state,
            asked_cents=case.asked_cents,
        )
        for number in range(count)
    )
    Submission.objects.bulk_create(
        Submission(
            application=copy,
            number=1,
            sent_at=sent.sent_at,
            answers=sent.answers,
            requested_cents=sent.requested_cents,
            repayment_months=sent.repayment_months,
            costs_cents=sent.costs_cents,
            monthly_surplus_cents=sent.monthly_surplus_cents,
        )
        for copy in copied
    )


def test_fifty_cases_a_page_in_few_queries(client, mariam, submitted, django_assert_max_num_queries):
    multiply(submitted, 55)
    client.force_login(mariam)
    client.get(DESK)  # the first page of a session also writes down when it was used
    with django_assert_max_num_queries(12):
        response = client.get(DESK, {"show": "all"})
    assert len(response.context["rows"]) == 50
    assert "page=2" in response.content.decode()

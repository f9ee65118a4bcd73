from decimal import Decimal

import pytest
from django.urls import reverse

from letters.wording import day
from loans.lifecycle.applying import filling
from loans.lifecycle.reviewing import review
from loans.models import Advance, Application, Document, Loan, Product
from loans.views.cases.story import VERBS

pytestmark = pytest.mark.django_db
POSTS = (
    "review",
    "questions",
    "notes",
    "reopening",
    "recommendation",
    "sending_back",
    "approval",
    "refusal",
)


def here(case):
    return reverse("case", args=[case.reference])


def read(client, user, case):
    client.force_login(user)
    return client.get(here(case))


def send(client, user, case, to, **data):
    client.force_login(user)
    return client.post(reverse(to, args=[case.reference]), data)


def afresh(row):
    return type(row).objects.get(pk=row.pk)


def deeds(response):
    return [deed["key"] for deed in response.context["deeds"]]


# --- Who may see ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["amina", "felix"])
def test_a_case_does_not_exist_for_those_who_may_not_read_it(client, request, who, in_review):
    assert read(client, request.getfixturevalue(who), in_review).status_code == 404


def test_a_draft_does_not_exist_for_the_office(client, omar, draft):
    assert read(client, omar, draft).status_code == 404


def test_a_committee_member_reads_only_what_was_recommended(client, carl, in_review):
    assert read(client, carl, in_review).status_code == 404


def test_a_committee_member_reads_and_does_nothing(client, carl, recommended):
    response = read(client, carl, recommended)
    assert response.status_code == 200
    assert deeds(response) == []


@pytest.mark.parametrize("to", POSTS)
def test_no_deed_exists_for_a_stranger(client, amina, in_review, to):
    assert send(client, amina, in_review, to).status_code == 404


@pytest.mark.parametrize("to", POSTS)
def test_looking_at_a_deed_leads_to_the_case(client, omar, in_review, to):
    client.force_login(omar)
    response = client.get(reverse(to, args=[in_review.reference]))
    assert (response.status_code, response.url) == (302, here(in_review))


# --- The file ------------------------------------------------------------------------------------


def test_the_officer_reads_the_whole_file(client, omar, in_review):
    page = read(client, omar, in_review).content.decode()
    applicant = in_review.applicant
    assert applicant.full_name in page
    assert applicant.phone in page
    assert "At a glance" in page


def test_every_page_of_the_form_is_on_the_case(client, omar, in_review):
    slugs = [page["slug"] for page in read(client, omar, in_review).context["pages"]]
    assert slugs == [
        "about-me", "status", "work", "in-my-way", "study-plan", "costs", "amount", "budget", "signers", "sent-by",
        "consents",
    ]  # fmt: skip


def test_the_auditor_sees_it_masked_and_does_nothing(client, ada, in_review):
    response = read(client, ada, in_review)
    page, applicant = response.content.decode(), in_review.applicant
    assert response.status_code == 200
    for hidden in (applicant.phone, applicant.postal_code, applicant.user.email, day(applicant.born_on)):
        assert hidden not in page
    assert applicant.address.splitlines()[0] not in page
    assert deeds(response) == []
    assert reverse("case_paper", args=[in_review.reference, in_review.documents.first().pk]) not in page


def test_a_paper_opens_for_the_officer_and_can_do_no_harm(client, omar, in_review):
    document = in_review.documents.first()
    client.force_login(omar)
    response = client.get(reverse("case_paper", args=[in_review.reference, document.pk]))
    assert response.content == document.pages.get().file.read()
    assert response["Content-Type"] == document.pages.get().file.content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    if document.pages.get().file.content_type != "application/pdf":
        assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("who", ["ada", "felix", "amina", "carl"])
def test_a_paper_stays_shut_for_others(client, request, who, in_review):
    client.force_login(request.getfixturevalue(who))
    paper = in_review.documents.first()
    assert client.get(reverse("case_paper", args=[in_review.reference, paper.pk])).status_code == 404


def test_a_paper_of_another_case_is_not_found(client, omar, in_review):
    client.force_login(omar)
    assert client.get(reverse("case_paper", args=[in_review.reference, 999_999])).status_code == 404


def test_an_answer_that_was_changed_shows_what_it_was(client, omar, amina, in_review):
    case = review.ask_for_more(in_review, by=omar, asked=[("budget", "Is the rent right?")])
    before = afresh(case).submissions.last().answers["budget"][0]
    budget = {name: answer["raw"] for name, answer in before.items()} | {"rent": "1,777"}
    section = next(page for page in filling.Form(case).purpose.sections if page.slug == "budget")
    filling.save(case, section, [budget], by=amina)
    review.answer(case, by=amina)
    [page] = [page for page in read(client, omar, case).context["pages"] if page["slug"] == "budget"]
    [changed] = [row for row in page["lines"][0]["rows"] if row["is_new"]]
    assert changed["value"] == "$1,777.00"
    assert changed["before"] not in ("", "$1,777.00")


def test_every_move_of_every_machine_has_words_in_the_story():
    for model, kind in ((Application, "application"), (Document, "document"), (Loan, "loan"), (Advance, "advance")):
        field = model._meta.get_field("state")
        for move in field.get_all_transitions(model):
            assert str(VERBS[kind, move.name])


def test_an_officer_is_warned_before_the_cost_reaches_the_legal_limit(client, mariam, recommended):
    warning = "nearly as much as the Criminal Code allows"
    assert warning not in read(client, mariam, recommended).content.decode()
    Product.objects.update(annual_rate=Decimal("0.31"), rate_index="")
    assert warning in read(client, mariam, afresh(recommended)).content.decode()

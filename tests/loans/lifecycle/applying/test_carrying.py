"""A further application begins with what the person told before, marked as to be looked at again."""

import pytest
from django.urls import reverse

from loans.lifecycle.applying import filling, submission
from loans.models import Answer
from loans.models.form import Form
from loans.purposes import PURPOSES
from tests.cases import SAID, fill_in
from tests.journeys.person import as_typed
from tests.words import words

pytestmark = pytest.mark.django_db
KNOWN = ("about-me", "status", "work", "budget")


@pytest.fixture
def second(submitted, amina, office):
    """Amina's second application, for her bakery, after the first one was sent."""
    return filling.start(amina, office.get(code="business"))


def test_what_is_known_of_the_person_is_filled_in(second):
    form = Form(second)
    assert form.raw("about-me", "full_name") == "Amina El-Sayed"
    assert form.value("work", "annual_income") == 3_100_000
    assert form.value("budget", "rent") == 110_000
    assert {answer.section for answer in second.answers.all()} == set(KNOWN)


def test_amounts_consents_papers_plans_and_how_sure_one_is_are_never_filled_in(second):
    form = Form(second)
    for slug in ("amount", "costs", "consents", "papers", "month", "signers", "sent-by", "in-my-way"):
        assert form.lines(slug) == [], slug
    assert form.raw("work", "confidence") == ""
    assert form.papers_held == set()


def test_pages_filled_in_ask_to_be_looked_at_again(second):
    form = Form(second)
    pages = [form.purpose.section(slug) for slug in KNOWN]
    assert {form.status(page) for page in pages} == {"attention"}
    assert {gap.section for gap in form.all_gaps() if gap.code == "look_again"} == set(KNOWN)


def test_a_first_application_is_empty(amina, product):
    assert not filling.start(amina, product).answers.exists()


def test_a_draft_is_a_source_too_and_the_newest_counts_for_each_page(submitted, amina, office, product):
    draft = filling.start(amina, product)
    about = PURPOSES["training"].section("about-me")
    filling.save(draft, about, [{**SAID["about-me"], "phone": "613-555-0199"}], by=amina)
    third = Form(filling.start(amina, office.get(code="business")))
    assert third.raw("about-me", "phone") == "613-555-0199"
    assert third.raw("budget", "rent") == "1,100"


def test_nothing_is_known_from_somebody_else(submitted, bilal, product):
    assert not filling.start(bilal, product).answers.exists()


def test_what_has_become_wrong_is_told(submitted, amina, product):
    Answer.objects.filter(section="work", field="education", is_current=True).delete()
    Answer.objects.create(
        application=submitted,
        section="work",
        field="education",
        raw="doctor",
        saved_by=amina,
        saved_at=submitted.submitted_at,
    )
    form = Form(filling.start(amina, product))
    assert form.error("work", PURPOSES["training"].section("work").field("education")) == "not_a_choice"


def test_the_page_says_so_until_it_is_saved(client, second, amina):
    client.force_login(amina)
    tasks = words(client.get(reverse("task_list", args=[second.reference])))
    assert tasks.count("Filled in from your earlier application.") == len(KNOWN)
    page = reverse("section", args=[second.reference, "about-me"])
    assert "We filled this in from your earlier application." in words(client.get(page))
    client.post(page, {**as_typed(SAID["about-me"]), "later": "1"})
    assert Form(second).is_carried(PURPOSES["business"].section("about-me"))
    client.post(page, as_typed(SAID["about-me"]))
    assert Form(second).status(PURPOSES["business"].section("about-me")) == "done"
    assert "earlier application" not in words(client.get(page))


def test_beginning_says_that_something_was_filled_in(client, submitted, amina, bilal):
    said = "We filled in some pages from your earlier application."
    client.force_login(amina)
    page = client.post(reverse("new_application"), {"product": "credential"}, follow=True)
    assert said in words(page)
    client.force_login(bilal)
    page = client.post(reverse("new_application"), {"product": "credential"}, follow=True)
    assert said not in words(page)


def test_a_form_not_looked_at_again_is_not_sent_and_each_page_is_linked(client, submitted, amina, product):
    case = filling.start(amina, product)
    for slug in ("in-my-way", "study-plan", "amount", "signers", "sent-by", "consents"):
        filling.save(case, PURPOSES["training"].section(slug), [SAID[slug]], by=amina)
    with pytest.raises(submission.Incomplete) as told:
        submission.submit(case, by=amina)
    assert {(gap.section, gap.field) for gap in told.value.gaps if gap.code == "look_again"} == {
        ("about-me", "full_name"),
        ("status", "status"),
        ("work", "work_status"),
        ("budget", "pay"),
    }
    assert submission.submit(fill_in(case, amina), by=amina).state == "submitted"

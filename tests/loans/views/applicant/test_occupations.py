"""My occupation: my own words first; a code by looking it up, only if I want to."""

import pytest
from django.urls import reverse

from loans.lifecycle.applying import filling, submission
from loans.models import Baseline
from loans.models.form import Form
from loans.sections import WORK
from tests.cases import SAID, fill_in
from tests.words import words

pytestmark = pytest.mark.django_db


def test_looking_up_first_keeps_what_was_typed(client, mine):
    url = reverse("section", args=[mine.reference, "work"])
    response = client.post(url, {"work_status": "employed", "occupation": "shelf stocker", "find": "noc"}, follow=True)
    assert Form(mine).value("work", "occupation") == "shelf stocker"
    assert 'value="shelf stocker"' in words(response)
    assert "Store shelf stockers, clerks and order fillers" in words(response)


def test_a_chosen_code_is_kept_and_shown_in_words(client, mine):
    filling.save(mine, WORK, [{"work_status": "employed", "occupation": "stocker"}], by=mine.applicant.user)
    response = client.post(reverse("occupation", args=[mine.reference]), {"code": "65102"}, follow=True)
    assert Form(mine).value("work", "noc") == "65102"
    assert Form(mine).value("work", "occupation") == "stocker"
    assert "Store shelf stockers, clerks and order fillers (65102)" in words(response)


def test_with_a_code_the_level_is_not_asked(client, mine):
    form = filling.save(mine, WORK, [{"work_status": "employed", "noc": "65102"}], by=mine.applicant.user)
    assert "teer" not in [field.name for field in form.asked(WORK)]


def test_a_code_typed_by_hand_is_checked(client, mine):
    form = filling.save(mine, WORK, [{"work_status": "employed", "noc": "99999"}], by=mine.applicant.user)
    assert form.error("work", WORK.field("noc")) == "unknown_occupation"


@pytest.mark.parametrize("code", ["", "99999", "x' OR 1"])
def test_choosing_nothing_is_told(client, mine, code):
    response = client.post(reverse("occupation", args=[mine.reference]), {"code": code, "q": "nurse"})
    assert response.status_code == 422
    assert "Please choose one of the occupations" in words(response)


def test_words_that_fit_nothing_lead_back_without_a_code(client, mine):
    page = words(client.get(reverse("occupation", args=[mine.reference]), {"q": "xyzzy<script>"}))
    assert "Nothing fits these words" in page
    assert "your own words are enough" in page


def test_a_sent_form_is_not_changed_here(client, amina, submitted):
    client.force_login(amina)
    response = client.post(reverse("occupation", args=[submitted.reference]), {"code": "65102"})
    assert response.status_code == 302
    assert Form(submitted).value("work", "noc") is None


@pytest.mark.parametrize(("noc", "teer", "level"), [("31120", "5", 1), ("", "5", 5)])
def test_the_level_is_that_of_the_code_else_of_the_person(amina, product, noc, teer, level):
    case = fill_in(filling.start(amina, product), amina, work={**SAID["work"], "noc": noc, "teer": teer})
    submission.submit(case, by=amina)
    baseline = Baseline.objects.get(application=case)
    assert (baseline.noc, baseline.teer, baseline.occupation) == (noc, level, "shelf stocker")


@pytest.mark.parametrize(("code", "ward"), [("K1N 5X6", "Rideau-Vanier"), ("11511", ""), ("K1A 0B1", "")])
def test_neighbourhood_and_ward_are_remembered_with_their_source(amina, product, code, ward):
    case = fill_in(filling.start(amina, product), amina, about_me={"postal_code": code})
    submission.submit(case, by=amina)
    baseline = Baseline.objects.get(application=case)
    assert baseline.ward == ward
    assert bool(baseline.area_source) == code.startswith("K")

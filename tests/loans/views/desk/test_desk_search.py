"""A case is found on the desk by whatever one has of it: name, reference, telephone number, e-mail address."""

import pytest
from django.urls import reverse

from applicants.search_words import remember_words
from loans.lifecycle.reviewing.conflicts import declare
from loans.models import Application
from loans.views.desk.desk_search import searched

pytestmark = pytest.mark.django_db


def called(case, full_name, phone="+1 613 555 0142"):
    """The person of the case has this name and this number."""
    person = case.applicant
    person.full_name, person.phone = full_name, phone
    person.save()
    remember_words(person)


def found(typed):
    return list(searched(Application.objects.all(), typed))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Amina El-Sayed", "sayed amina"),
        ("Amina El-Sayed", "ELSAYED"),
        ("Étienne Bâ", "ba etienne"),
        ("أحمد الخطيب", "خطيب احمد"),
        ("王小明", "小明"),
        ("Олена Петренко", "петренко оле"),
    ],
)
def test_by_the_parts_of_a_name_in_any_script_and_order(submitted, name, typed):
    called(submitted, name)
    assert found(typed) == [submitted]
    assert found(f"{typed} nobody") == []


@pytest.mark.parametrize("typed", ["(613) 555-0142", "16135550142", "613 555", "555 0142", "0142", "٦١٣٥٥٥٠١٤٢"])
def test_by_a_telephone_number_however_it_is_typed(submitted, typed):
    called(submitted, "Amina El-Sayed")
    assert found(typed) == [submitted]


@pytest.mark.parametrize("change", [str, str.lower, lambda text: text.replace("-", ""), lambda text: text[2:]])
def test_by_the_reference_with_or_without_dashes(submitted, change):
    assert found(change(submitted.reference)) == [submitted]


def test_by_its_number_alone(submitted):
    assert submitted in found(str(int(submitted.reference.rsplit("-", 1)[1])))


def test_by_the_email_address(submitted):
    assert found("AMINA@example") == [submitted]
    assert found("amina@example.com") == []


@pytest.mark.parametrize("typed", ["%", "\\", "T-", "@", "'; --", "1" * 90])
def test_signs_alone_find_nobody_and_break_nothing(submitted, typed):
    assert found(typed) == []


def test_nobody_finds_what_they_may_not_open(client, omar, in_review, draft):
    client.force_login(omar)
    for typed in ("amina", in_review.reference, in_review.applicant.phone):
        page = client.get(reverse("desk"), {"q": typed})
        assert [row["case"] for row in page.context["rows"]] == [in_review], typed
    declare(in_review, by=omar, note="A cousin.")
    for typed in ("amina", in_review.reference, in_review.applicant.phone):
        assert not client.get(reverse("desk"), {"q": typed}).context["rows"], typed

"""From a page that is done one is led to what is left, and when nothing is, to check all answers."""

import html
import re

import pytest
from django.urls import reverse

from loans.lifecycle.applying import filling
from tests.cases import SAID, picture
from tests.journeys.person import as_typed

pytestmark = pytest.mark.django_db


def save(client, case, slug):
    return client.post(reverse("section", args=[case.reference, slug]), as_typed(SAID[slug])).get("Location")


def test_from_the_last_page_one_goes_to_check_all_answers(client, amina, draft):
    client.force_login(amina)
    assert save(client, draft, "consents") == reverse("check_answers", args=[draft.reference])


def test_from_a_page_one_goes_to_the_next_that_is_not_done(client, amina, product):
    client.force_login(amina)
    case = filling.start(amina, product)
    assert save(client, case, "status") == reverse("section", args=[case.reference, "work"])


def test_from_the_last_page_one_goes_to_the_list_while_something_before_it_is_left(client, amina, product):
    client.force_login(amina)
    case = filling.start(amina, product)
    assert save(client, case, "consents") == reverse("task_list", args=[case.reference])


def test_from_the_papers_one_goes_to_what_comes_after_them(client, amina, product):
    client.force_login(amina)
    case = filling.start(amina, product)
    for kind in product.papers:
        filling.add_paper(case, kind, picture(), name=f"{kind}.jpg", by=amina)
    page = client.get(reverse("papers", args=[case.reference]))
    consents = reverse("section", args=[case.reference, "consents"])
    assert f'<a class="button" href="{consents}">' in page.content.decode()


def test_what_was_left_empty_is_folded_and_what_is_missing_is_not(client, amina, draft):
    client.force_login(amina)
    filling.save(draft, filling.Form(draft).purpose.section("budget"), [{"pay": "2,300", "rent": "1,100"}], by=amina)
    shown = html.unescape(client.get(reverse("check_answers", args=[draft.reference])).content.decode())
    answers, folded = shown.split("<details>")  # one fold for the whole form
    budget, left_empty = (part.split("<h2>My household budget")[1].split("</section>")[0] for part in (answers, folded))
    assert "Food and household" in budget
    assert "Money I send to family" not in budget
    assert "Money I send to family" in left_empty
    assert re.search(r"<summary>\d+ answers left empty</summary>", folded)


def test_a_part_without_an_answer_stands_in_the_fold_alone(client, amina, office):
    client.force_login(amina)
    case = filling.start(amina, office.get(code="business"))
    shown = html.unescape(client.get(reverse("check_answers", args=[case.reference])).content.decode())
    answers, folded = shown.split("<details>")
    assert "<h2>Seasons" not in answers
    assert "<h2>Seasons" in folded


def test_where_answers_are_listed_a_question_goes_by_its_short_name(client, amina, draft):
    client.force_login(amina)
    asked = html.unescape(client.get(reverse("section", args=[draft.reference, "work"])).content.decode())
    listed = html.unescape(client.get(reverse("check_answers", args=[draft.reference])).content.decode())
    assert ("Do you have work now?" in asked, "Work now" in asked) == (True, False)
    assert ("Do you have work now?" in listed, "Work now" in listed) == (False, True)


def test_the_code_of_an_occupation_is_folded_until_there_is_one(client, amina, draft):
    client.force_login(amina)
    work = reverse("section", args=[draft.reference, "work"])
    assert "<details>" in client.get(work).content.decode()
    client.post(work, {"work_status": "employed", "noc": "99999", "later": "1"})
    page = client.get(work).content.decode()
    assert "<details open>" in page
    assert 'value="99999"' in page


def test_whom_a_loan_is_for_is_there_to_unfold(client, amina, office):
    client.force_login(amina)
    page = html.unescape(client.get(reverse("new_application")).content.decode())
    folded = page.split("<summary>Who each loan is for</summary>")[1].split("</details>")[0]
    assert "For people with this status in Canada" in folded
    assert "For people with this status in Canada" not in page.split("<details>")[0]

"""The applicant's form: whatever is typed is kept, what is wrong is said beside it, nothing is done by halves."""

import pytest
from django.urls import reverse

from loans.lifecycle.applying import filling
from loans.models import Answer, Application, Event
from tests.cases import again
from tests.words import words

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000


def page(client, case, slug):
    return client.get(reverse("section", args=[case.reference, slug]))


def send(client, case, slug, **typed):
    return client.post(reverse("section", args=[case.reference, slug]), typed)


@pytest.mark.parametrize(
    ("slug", "field", "typed", "sentence"),
    [
        ("about-me", "phone", "call me", "Please write a phone number with at least 7 digits."),
        ("work", "annual_income", "12,34,5", "We cannot tell what amount you mean."),
        ("work", "annual_income", "-5", "An amount cannot be below zero."),
        ("work", "annual_income", HUGE, ""),
        ("work", "hours_per_week", "1e3", ""),
        ("work", "education", "<script>alert(1)</script>", ""),
        ("amount", "requested", "100000000", ""),
        ("amount", "repayment_months", "0", ""),
        ("signers", "co_signer_email", "nobody", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_kept(client, mine, slug, field, typed, sentence):
    extra = {"work_status": "employed"} if slug == "work" else {"has_co_signer": "yes"} if slug == "signers" else {}
    response = send(client, mine, slug, **extra, **{field: typed})
    assert response.status_code == 422
    shown = next(each for line in response.context["lines"] for each in line["fields"] if each["name"] == field)
    assert shown["error"]
    assert shown["value"] == typed[: len(shown["value"])]
    assert sentence in str(shown["error"])
    assert f"#id-{field}" in [link for link, _ in response.context["errors"]]
    assert "<script>alert" not in response.content.decode()
    assert Answer.objects.filter(field=field, is_current=True).exists()


@pytest.mark.parametrize("typed", [("31", "2", "1985"), ("27", "3", "2999"), ("x", "y", "z"), ("1", "1", "1800")])
def test_a_day_that_is_none_is_kept_in_its_three_boxes(client, mine, typed):
    boxes = dict(zip(("born_on-day", "born_on-month", "born_on-year"), typed, strict=True))
    response = send(client, mine, "about-me", **boxes)
    born_on = next(f for line in response.context["lines"] for f in line["fields"] if f["name"] == "born_on")
    assert response.status_code == 422
    assert (born_on["day"], born_on["month"], born_on["year"]) == typed
    assert born_on["error"]


def test_the_errors_are_in_the_language_of_the_page(client, mine):
    said = {"en": "Please write a phone number", "fr": "Veuillez écrire un numéro de téléphone"}
    for language, sentence in said.items():
        client.cookies["language"] = language
        assert sentence in words(send(client, mine, "about-me", phone="abc"))


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("1 234,50", 123_450), ("1,234.50", 123_450), ("1\u202f234,50\u00a0$", 123_450), ("١٢٣٤", 123_400)],
)
def test_an_amount_is_read_as_people_write_it_and_echoed(client, mine, typed, cents):
    response = send(client, mine, "amount", requested=typed, repayment_months="24")
    assert response.status_code == 302
    assert filling.Form(mine).value("amount", "requested") == cents
    assert "1,234" in words(page(client, mine, "amount"))


def test_half_a_page_can_be_left_for_later(client, mine):
    response = send(client, mine, "about-me", full_name="Amina", later="1")
    assert response.status_code == 302
    assert 'value="Amina"' in words(page(client, mine, "about-me"))


def test_what_is_missing_is_said_only_when_one_goes_on(client, mine):
    assert not page(client, mine, "about-me").context["errors"]
    assert send(client, mine, "about-me", full_name="Amina").status_code == 422


@pytest.mark.parametrize("button", [{"later": "1"}, {"find": "occupation"}, {"switch_language": "fr"}, {}])
def test_coming_back_to_half_a_page_scolds_nobody_for_the_rest(client, mine, button):
    send(client, mine, "work", work_status="employed", annual_income="12,34,5", **button)
    shown = {each["name"]: each["error"] for each in page(client, mine, "work").context["lines"][0]["fields"]}
    assert shown.pop("annual_income"), "what was typed wrong stays told"
    assert "education" in shown
    assert not any(shown.values()), shown


def test_a_line_is_added_and_nothing_typed_is_lost(client, mine):
    response = send(client, mine, "costs", **{"what-0": "exam", "cost-0": "abc", "add": "1"})
    assert response.status_code == 302
    shown = client.get(response.url).context["lines"]
    assert len(shown) == 2
    assert shown[0]["fields"][2]["value"] == "abc"


def test_an_old_tab_of_a_sent_form_leads_to_how_it_stands(client, submitted, amina):
    client.force_login(amina)
    response = send(client, submitted, "about-me", full_name="Somebody else")
    assert (response.status_code, response.url) == (302, reverse("my_case", args=[submitted.reference]))
    assert "This form was sent already." in words(client.get(response.url))
    assert again(submitted.applicant).full_name == "Amina El-Sayed"


def test_a_second_click_on_send_sends_once(client, draft, amina):
    client.force_login(amina)
    url = reverse("check_answers", args=[draft.reference])
    key = client.get(url).context["once_key"]
    for _ in range(2):
        assert client.post(url, {"once_key": key}).status_code == 302
    assert Event.objects.filter(verb="submit").count() == 1
    assert draft.submissions.count() == 1


def test_a_form_with_gaps_is_not_sent_and_every_gap_is_a_link(client, mine):
    response = client.post(reverse("check_answers", args=[mine.reference]), {"once_key": "k"})
    assert response.status_code == 422
    assert again(mine).state == "draft"
    links = [link for link, _ in response.context["errors"]]
    assert f"/my/{mine.reference}/form/about-me/#id-full_name" in links
    assert len(links) > 20
    for link in links:
        there, box = link.split("#")
        assert f'id="{box}"' in words(client.get(there)), link


def test_the_task_list_says_how_each_page_stands(client, mine):
    send(client, mine, "status", status="citizen", later="1")
    send(client, mine, "amount", requested="abc", later="1")
    send(client, mine, "signers", has_co_signer="no")
    tasks = client.get(reverse("task_list", args=[mine.reference])).context["tasks"]
    stands = {task["url"].split("/")[-2]: task["status"] for task in tasks}
    assert stands["about-me"] == "not_started"
    assert stands["status"] == "in_progress"
    assert stands["amount"] == "attention"
    assert stands["signers"] == "done"
    shown = words(client.get(reverse("task_list", args=[mine.reference])))
    for label in ("Not started", "In progress", "Needs attention", "Done"):
        assert label in shown


def test_every_answer_to_check_leads_to_its_own_field(client, draft, amina):
    client.force_login(amina)
    sections = client.get(reverse("check_answers", args=[draft.reference])).context["sections"]
    links = [row["url"] for each in sections for row in each["rows"]]
    assert f"/my/{draft.reference}/form/costs/#id-cost-1" in links
    pages = {link.split("#")[0] for link in links}
    held = {there: words(client.get(there)) for there in pages}
    assert [link for link in links if f'id="{link.split("#")[1]}"' not in held[link.split("#")[0]]] == []


def test_a_page_that_is_not_in_the_form_does_not_exist(client, mine):
    for slug in ("papers-and-more", "papers2", "x" * 200):
        assert page(client, mine, slug).status_code == 404


def test_choosing_no_loan_is_told_beside_the_choice(client, amina, product):
    client.force_login(amina)
    response = client.post(reverse("new_application"), {"product": "a yacht"})
    assert response.status_code == 422
    assert "Please choose one of the loans." in words(response)
    assert not Application.objects.exists()


def test_a_withdrawal_clicked_twice_is_one(client, submitted, amina):
    client.force_login(amina)
    url = reverse("withdrawal", args=[submitted.reference])
    key = client.get(url).context["once_key"]
    for _ in range(2):
        response = client.post(url, {"once_key": key, "note": "I found work."}, follow=True)
        assert "You have withdrawn this application." in words(response)
    assert Event.objects.filter(verb="withdraw").count() == 1


def test_withdrawing_what_was_decided_meanwhile_is_told(client, offered, amina):
    client.force_login(amina)
    response = client.post(reverse("withdrawal", args=[offered.reference]), {"once_key": "k"}, follow=True)
    assert "this changed meanwhile" in words(response)
    assert again(offered).state == "approved"


def test_there_may_be_nothing_to_add(client, amina, office):
    client.force_login(amina)
    case = filling.start(amina, office.get(code="business"))
    assert "There is nothing to add" in words(page(client, case, "seasons"))
    answer = send(client, case, "seasons", **{"month-0": "", "difference-0": "", "nothing": "1"})
    assert answer.status_code == 302
    assert not Answer.objects.filter(application=case, is_current=True).exists()
    send(client, case, "seasons", **{"month-0": "7", "difference-0": "50"})
    assert "There is nothing to add" not in words(page(client, case, "seasons"))


def test_a_day_can_be_written_in_one_box_and_is_echoed(client, mine):
    send(client, mine, "about-me", born_on="le 27 mars 1985", later="1")
    assert filling.Form(mine).value("about-me", "born_on") == "1985-03-27"
    shown = words(page(client, mine, "about-me"))
    assert 'value="le 27 mars 1985"' in shown
    assert "We read this as March 27, 1985." in shown


def test_a_day_that_could_be_two_is_asked_about_by_name(client, mine):
    response = send(client, mine, "about-me", born_on="03/04/1985")
    assert response.status_code == 422
    assert "Do you mean March 4, 1985 or April 3, 1985?" in words(response)
    assert filling.Form(mine).value("about-me", "born_on") is None


def test_two_days_in_one_question_are_asked_about_and_one_said_twice_is_one(client, mine):
    boxes = {"born_on-day": "27", "born_on-month": "March", "born_on-year": "1985"}
    assert "Two different days" in words(send(client, mine, "about-me", born_on="28 March 1985", **boxes))
    send(client, mine, "about-me", born_on="1985-03-27", later="1", **boxes)
    assert filling.Form(mine).value("about-me", "born_on") == "1985-03-27"


def test_the_end_of_a_number_is_not_asked_before_the_number(client, mine):
    assert "Until when is this number good?" not in words(page(client, mine, "about-me"))
    send(client, mine, "about-me", sin="912 345 675", later="1")
    assert "Until when is this number good?" in words(page(client, mine, "about-me"))

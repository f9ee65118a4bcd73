"""One page of the form: single fields while one types, lines that come and go, hostile and late sendings."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Session
from loans.models import Answer
from loans.models.form import Form
from tests.cases import again
from tests.words import words

pytestmark = pytest.mark.django_db
PHONE, LAPTOP = "phone-0001", "laptop-0001"
MOST_QUERIES = 10


def url_of(case, slug="about-me", name="answers"):
    return reverse(name, args=[case.reference, slug])


def types(client, case, slug="about-me", *, device=PHONE, seq=1, **boxes):
    """Boxes as the script of the page sends them: each question with its count."""
    counts = {f"seq-{name.removesuffix('-day').removesuffix('-month').removesuffix('-year')}": seq for name in boxes}
    return client.post(url_of(case, slug), {"device": device, **counts, **boxes})


def send(client, case, slug, **typed):
    return client.post(url_of(case, slug, "section"), typed)


def test_a_field_is_saved_alone_and_told_so(client, mine):
    told = types(client, mine, phone="x")
    assert told.json() == {"phone": "saved"}
    form = Form(mine)
    assert (form.raw("about-me", "phone"), form.lines("about-me")) == ("x", [0])
    assert Answer.objects.count() == 1


def test_a_day_is_saved_half_typed(client, mine):
    boxes = {"born_on-day": "27", "born_on-month": "", "born_on-year": ""}
    assert types(client, mine, **boxes).json() == {"born_on": "saved"}
    assert Form(mine).raw("about-me", "born_on") == "27//"


def test_what_was_overtaken_is_told(client, mine):
    types(client, mine, called="Amina", seq=200)
    assert types(client, mine, called="Ami", seq=100).json() == {"called": "stale"}
    assert Form(mine).raw("about-me", "called") == "Amina"


def test_two_devices_may_type_on_one_page(client, mine):
    types(client, mine, called="Amina", seq=200)
    assert types(client, mine, device=LAPTOP, phone="613", seq=1).json() == {"phone": "saved"}
    assert types(client, mine, device=LAPTOP, called="Mina", seq=2).json() == {"called": "saved"}
    assert Form(mine).raw("about-me", "called") == "Mina"


def test_only_what_was_typed_is_touched(client, mine):
    types(client, mine, called="Amina", phone="613-555-0123")
    client.post(url_of(mine), {"device": PHONE, "seq-called": 2, "called": "Mina", "phone": "overwritten?"})
    assert Form(mine).raw("about-me", "phone") == "613-555-0123"


def test_ticks_taken_away_again_are_nothing(client, mine):
    types(client, mine, "in-my-way", barriers=["licence_cost", "language"])
    assert Form(mine).value("in-my-way", "barriers") == ["licence_cost", "language"]
    client.post(url_of(mine, "in-my-way"), {"device": PHONE, "seq-barriers": 2})
    assert Form(mine).raw("in-my-way", "barriers") == ""


@pytest.mark.parametrize("seq", ["-1", "1e9", "99999999999999999999", "", "NaN", "٣", "0x10", "9" * 5000])
def test_a_count_that_is_none_counts_for_nothing(client, mine, seq):
    types(client, mine, called="Amina", seq=200)
    assert types(client, mine, called="Mina", seq=seq).json() == {"called": "saved"}
    assert Answer.objects.get(is_current=True).seq == 0


@pytest.mark.parametrize(
    "device", ["", "x", "é" * 12, "../../etc/passwd", "a" * 37, "<script>alert(1)</script>", "a\x00bcdefgh"]
)
def test_a_device_with_an_absurd_name_saves_by_arrival(client, mine, device):
    for raw, seq in (("Amina", 200), ("Mina", 100)):
        assert types(client, mine, called=raw, seq=seq, device=device).json() == {"called": "saved"}
    answer = Answer.objects.get(is_current=True)
    assert (answer.raw, answer.device, answer.seq) == ("Mina", "", 0)


def test_hostile_bytes_are_saved_as_what_can_be_read(client, mine):
    body = b"device=phone-0001&seq-called=1&called=A%00%ed%a0%80%ff%F0%9F%A6%8B"
    told = client.post(url_of(mine), body, content_type="application/x-www-form-urlencoded")
    assert told.json() == {"called": "saved"}
    assert Form(mine).raw("about-me", "called").endswith("\U0001f98b")


def test_too_long_a_text_is_told_as_cut(client, mine):
    assert types(client, mine, "study-plan", goal="x" * 20_000).json() == {"goal": "cut"}
    assert len(Form(mine).raw("study-plan", "goal")) == 10_000


def test_ten_megabytes_are_not_taken_and_harm_nothing(client, mine):
    types(client, mine, called="Amina")
    assert types(client, mine, called="x" * 10_000_000, seq=2).status_code == 400
    assert send(client, mine, "about-me", called="x" * 10_000_000).status_code in (302, 400, 422)
    assert types(client, mine, called="Mina", seq=3).json() == {"called": "saved"}


def test_lines_that_no_page_has_are_refused(client, mine):
    for number in (1000, 999_999):
        assert types(client, mine, "costs", **{f"cost-{number}": "5"}).json() == {f"cost-{number}": "refused"}
    assert types(client, mine, "costs", **{f"cost-{10**6}": "5", "cost--1": "5"}).json() == {}
    lines = {f"cost-{number}": "5" for number in range(100)}
    told = list(types(client, mine, "costs", **lines).json().values())
    assert (told.count("saved"), told.count("refused")) == (20, 80)


def test_a_question_that_is_not_on_the_page_is_told_nowhere(client, mine):
    assert types(client, mine, no_such_question="x").json() == {}


def test_autosaving_a_field_asks_little(client, mine):
    for slug in ("about-me", "sent-by", "costs"):
        box = {"about-me": "called", "sent-by": "partner", "costs": "cost-0"}[slug]
        types(client, mine, slug, seq=1, **{box: "1"})
        with CaptureQueriesContext(connection) as queries:
            assert types(client, mine, slug, seq=2, **{box: "22"}).status_code == 200
        asked = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]  # the test's own transaction
        assert len(asked) <= MOST_QUERIES, asked


def test_a_form_sent_meanwhile_is_gone(client, submitted, amina):
    client.force_login(amina)
    assert types(client, submitted, called="Mina").status_code == 410
    assert client.get(url_of(submitted)).status_code == 410
    assert again(submitted.applicant).called == "Amina"


def test_only_the_pages_that_were_asked_about_are_open(client, waiting, amina):
    client.force_login(amina)
    assert types(client, waiting, called="Mina").status_code == 404
    assert types(client, waiting, "study-plan", school="La Cité").json() == {"school": "saved"}


def test_a_stranger_finds_nothing_here(client, mine, bilal):
    client.force_login(bilal)
    assert types(client, mine, called="Bilal").status_code == 404
    assert client.get(url_of(mine)).status_code == 404
    assert not Answer.objects.exists()


def test_whoever_is_signed_out_is_led_to_sign_in_and_a_new_token_waits_after_it(mine, amina):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(amina)
    token = browser.get(url_of(mine)).json()["token"]
    typed = {"device": PHONE, "seq-called": 1, "called": "Amina"}
    assert browser.post(url_of(mine), typed).status_code == 403
    assert browser.post(url_of(mine), typed, headers={"X-CSRFToken": token}).json() == {"called": "saved"}
    Session.objects.all().delete()
    answer = browser.post(url_of(mine), typed, headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


# --- Lines ------------------------------------------------------------------------------------------


def test_a_line_is_taken_out_and_the_others_stay(client, mine):
    send(client, mine, "costs", **{"what-0": "exam", "cost-0": "100", "what-1": "books", "cost-1": "50", "later": "1"})
    boxes = {"what-0": "exam", "cost-0": "100", "what-1": "books", "cost-1": "50"}
    assert "Take out line 2" in words(client.get(url_of(mine, "costs", "section")))
    assert send(client, mine, "costs", **boxes, remove="0").status_code == 302
    form = Form(mine)
    assert (form.lines("costs"), form.value("costs", "cost", 1)) == ([1], 5000)
    shown = words(client.get(url_of(mine, "costs", "section")))
    assert 'name="cost-1"' in shown
    assert "Line 1" in shown
    assert "Line 2" not in shown


def test_a_line_typed_on_another_device_meanwhile_stays(client, mine):
    seen = client.get(url_of(mine, "costs", "section")).context["seen"]
    types(client, mine, "costs", device=LAPTOP, **{"what-0": "exam", "cost-0": "100"})
    send(client, mine, "costs", **{"what-0": "", "detail-0": "", "cost-0": "", "seen": seen})
    assert Form(mine).value("costs", "cost") == 10_000


def test_a_line_is_added_beside_those_that_are_there(client, mine):
    answer = send(client, mine, "costs", **{"what-0": "exam", "cost-0": "100", "add": "1"})
    shown = client.get(answer.url)
    assert [line["line"] for line in shown.context["lines"]] == [0, 1]
    assert 'id="id-last"' in words(shown)
    assert [line["line"] for line in client.get(url_of(mine, "costs", "section")).context["lines"]] == [0]


def test_a_full_page_offers_no_further_line(client, mine):
    lines = {f"cost-{number}": "5" for number in range(20)}
    send(client, mine, "costs", later="1", **lines)
    shown = client.get(url_of(mine, "costs", "section") + "?more=1")
    assert (len(shown.context["lines"]), shown.context["more_lines"]) == (20, False)


def test_a_wrong_answer_in_a_later_line_is_led_to_by_its_own_box(client, mine):
    types(client, mine, "costs", **{"what-4": "exam", "cost-4": "abc"})
    page = client.post(reverse("check_answers", args=[mine.reference]), {"once_key": "k"})
    link = next(link for link, _ in page.context["errors"] if "cost" in link)
    there, box = link.split("#")
    assert box == "id-cost-4"
    assert f'id="{box}"' in words(client.get(there))


# --- The page as a whole ------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 40, "1.5"])
def test_a_page_that_does_not_say_when_it_was_opened_is_taken_as_it_is(client, mine, seen):
    types(client, mine, called="Amina")
    send(client, mine, "about-me", called="Mina", seen=seen, later="1")
    assert Form(mine).raw("about-me", "called") == "Mina"


def test_a_page_opened_before_leaves_what_was_typed_elsewhere_and_says_so(client, mine):
    seen = client.get(url_of(mine, name="section")).context["seen"]
    types(client, mine, called="Amina")
    answer = send(client, mine, "about-me", full_name="Amina El-Sayed", called="", seen=seen, later="1")
    assert answer.status_code == 302
    assert "Something newer was typed on this page elsewhere." in words(client.get(answer.url))
    form = Form(mine)
    assert (form.raw("about-me", "called"), form.raw("about-me", "full_name")) == ("Amina", "Amina El-Sayed")


def test_the_page_says_what_the_script_may_say(client, mine):
    page = words(client.get(url_of(mine, name="section")))
    for what in ("saved", "unsaved", "retry", "stale", "cut", "refused", "closed", "back", "out"):
        assert f'data-{what}="' in page, what
    assert f"?next={url_of(mine, name='section')}" in page
    assert "js/autosave.js" in page
    assert "htmx" not in page

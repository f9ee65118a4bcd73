"""Is this message really from us? What a code tells, and what nobody learns."""

import pytest
from django.urls import reverse

from letters.codes import ALPHABET, grouped, new_code, read_code
from letters.kinds import KINDS
from letters.models import Letter
from letters.really_us import masked, told_of
from tests.letters.examples import EXAMPLES
from tests.letters.test_render import TELLING

pytestmark = pytest.mark.django_db
PAGE = "/really-us/"


def ask(client, typed, **more):
    return client.post(PAGE, {"code": typed}, **more)


def test_a_code_is_eight_signs_that_nobody_misreads():
    codes = {new_code() for _each in range(500)}
    assert len(codes) == 500
    assert {sign for code in codes for sign in code} <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["AB10-C0D1", "ab10c0d1", " ab1o – cod1 ", "ABIO-CODL", "abl0.c0di", "AB10 C0D1"])
def test_a_code_is_read_as_people_write_it(typed):
    assert read_code(typed) == "AB10C0D1"


@pytest.mark.parametrize(
    "typed", ["", "AB10-C0D", "AB10-C0D12", "AB10-C0DU", "AB10-C0D!", "\x00" * 8, "١٢٣٤٥٦٧٨", "é" * 8]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def test_our_message_is_known_by_kind_day_and_masked_recipient(client, posted, lender, morning):
    letter = posted(
        "received", address="amina@gmail.example.com", facts={"name": "Amina"}, case_reference="T-2027-0042"
    )
    response = ask(client, grouped(letter.code).lower())
    page = response.content.decode()
    assert response.status_code == 200
    for told in ("Yes, we sent this message", "A letter about an application", "March 1, 2027", "a•••@g•••.com"):
        assert told in page
    for private in ("amina", "Amina", "gmail", "T-2027-0042"):
        assert private not in page


def test_a_text_shows_two_digits_of_its_number(client, posted, lender):
    letter = posted("phone_code", address="+16135559923", facts={"code": "482913"})
    page = ask(client, letter.code).content.decode()
    assert "a telephone number that ends in 23" in page
    for private in ("9923", "482913"):
        assert private not in page


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_tells_a_sum_a_delay_or_a_decision(kind, posted):
    letter = posted(kind, facts=EXAMPLES[kind])
    told = told_of(letter.code)
    assert not TELLING.search(str(told["says"]).replace("signing", "").replace("loan", ""))
    for fact in EXAMPLES[kind].values():
        if isinstance(fact, str) and len(fact) > 4:
            assert fact not in str(told)


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("amina@gmail.com", "a•••@g•••.com"),
        ("x@y", "x•••@y•••"),
        ("o'neil+loan@mail.example.co.uk", "o•••@m•••.uk"),
        ("é@例え.jp", "é•••@例•••.jp"),
    ],
)
def test_an_address_is_masked(address, seen):
    assert masked(address) == seen


def test_an_unknown_code_is_clearly_not_ours_and_says_whom_to_call(client, lender):
    response = ask(client, "ABCD-1234")
    page = response.content.decode()
    assert response.status_code == 200
    for told in ("No message of ours has this code", "send no money", lender.phone, lender.email):
        assert told in page
    assert "Yes, we sent" not in page


def test_the_page_says_what_we_never_ask(client):
    page = client.get(PAGE).content.decode()
    for never in ("Money before you get a loan", "A password", "bank card", "A code that we sent you"):
        assert never in page


def test_nothing_typed_is_told_beside_the_box(client):
    response = ask(client, "  ")
    assert response.status_code == 422
    assert 'href="#id-code"' in response.content.decode()


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x>', "' OR 1=1 --", "\x00", "🙂" * 400, "%00", "\u202e" * 9]
)
def test_hostile_input_is_shown_as_text_and_finds_nothing(client, posted, typed):
    posted()
    response = ask(client, typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "No message of ours has this code" in page
    for live in ("<script>alert", "<img src=x>"):
        assert live not in page


def test_a_code_in_the_address_is_not_looked_up(client, posted):
    letter = posted()
    assert "Yes, we sent" not in client.get(PAGE, {"code": letter.code}).content.decode()


def test_guessing_is_stopped_after_twenty_a_minute(client, posted):
    letter = posted()
    answers = [ask(client, new_code()).status_code for _each in range(20)]
    assert answers == [200] * 20
    assert ask(client, letter.code).status_code == 429


def test_the_answer_stays_in_no_cache(client, posted):
    assert "no-store" in ask(client, posted().code)["Cache-Control"]


def test_asking_takes_few_queries(client, posted, django_assert_max_num_queries):
    letter = posted()
    ask(client, letter.code)
    with django_assert_max_num_queries(12):
        ask(client, letter.code)


def test_two_letters_never_share_a_code(posted):
    posted()
    codes = set(Letter.objects.values_list("code", flat=True))
    posted(occasion="2")
    assert len(codes | set(Letter.objects.values_list("code", flat=True))) == 2


def test_every_page_leads_to_it(client):
    assert f'href="{reverse("really_us")}"' in client.get("/").content.decode()

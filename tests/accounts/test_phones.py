"""A telephone for texts: read as people write it, proven by a code, changed and forgotten."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import phones
from accounts.codes import CodeError
from accounts.models import Phone, User
from accounts.phones import PhoneError, read_number
from config import clock
from letters.models import TEXT, Letter
from letters.render import render_text
from tests.people import signs_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gateway(settings, tmp_path):
    """Texts are laid down in a folder."""
    settings.SMS_URL = f"file://{tmp_path}/texts"
    return tmp_path / "texts"


def newest_text_code(user):
    """The digits of the newest code that went to a phone of `user`."""
    letter = Letter.objects.filter(to=user, kind="phone_code").latest("pk")
    return re.search(r"\b\d{6}\b", render_text(letter)).group()


def proven(user, typed="613-555-0123"):
    phones.send_code(user, typed)
    return phones.prove(user, newest_text_code(user))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("613-555-0123", "+16135550123"),
        ("1 (613) 555.0123", "+16135550123"),
        ("+1 613 555 0123", "+16135550123"),
        ("\u202a+1\u00a0613\u2011555\u20110123\u202c", "+16135550123"),
        ("٦١٣٥٥٥٠١٢٣", "+16135550123"),
        ("011 33 6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("+86 138 0013 8000", "+8613800138000"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "555-0123", "call me", "+1 613 555 012", "+0613555012", "1135550123", "+" + "9" * 16, "٣"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(PhoneError, match="not_a_number"):
        read_number(typed)


def test_a_number_counts_only_once_its_code_was_typed(amina, gateway):
    phones.send_code(amina, "613-555-0123")
    amina = User.objects.get(pk=amina.pk)
    assert (amina.proven_phone, amina.phone.number_hash) == (None, "")
    phone = phones.prove(amina, newest_text_code(amina))
    assert (phone.number_sealed, phone.number_hash) == ("+16135550123", phones.hash_of("+16135550123"))
    assert User.objects.get(pk=amina.pk).proven_phone == phone
    told = Letter.objects.get(to=amina, kind="phone_changed")
    assert told.facts["ends_in"] == "23"


def test_the_code_goes_to_the_phone_and_nowhere_else(amina, gateway):
    phones.send_code(amina, "613-555-0123")
    letter = Letter.objects.get(kind="phone_code")
    assert (letter.channel, letter.address) == (TEXT, "+16135550123")


def test_the_table_holds_no_number_in_the_clear(amina):
    proven(amina)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_phone")
        assert "5550123" not in str([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])


def test_another_number_waits_for_its_code_while_the_old_one_counts(amina):
    proven(amina)
    phones.send_code(amina, "613-555-0199")
    assert Phone.objects.get(user=amina).number_sealed == "+16135550123"
    phones.prove(amina, newest_text_code(amina))
    assert Phone.objects.get(user=amina).number_sealed == "+16135550199"


def test_the_code_of_one_number_does_not_prove_another(amina):
    phones.send_code(amina, "613-555-0123")
    of_the_first = newest_text_code(amina)
    phones.send_code(amina, "613-555-0199")
    if of_the_first == newest_text_code(amina):  # one in a million
        return
    with pytest.raises(CodeError, match="wrong"):
        phones.prove(amina, of_the_first)
    assert not Phone.objects.get(user=amina).is_proven


def test_a_code_is_good_for_fifteen_minutes_and_five_tries(amina):
    phones.send_code(amina, "613-555-0123")
    right = newest_text_code(amina)
    with clock.at(clock.now() + timedelta(minutes=15)), pytest.raises(CodeError, match="expired"):
        phones.prove(amina, right)
    for _try in range(4):
        with pytest.raises(CodeError, match="wrong"):
            phones.prove(amina, "x")
    with pytest.raises(CodeError, match="too_many"):
        phones.prove(amina, right)


def test_six_texts_an_hour_and_no_more(amina):
    for _each in range(6):
        phones.send_code(amina, "613-555-0123")
    with pytest.raises(CodeError, match="too_many"):
        phones.send_code(amina, "613-555-0124")


def test_no_text_goes_to_a_country_that_is_not_on_the_list(amina, settings):
    with pytest.raises(PhoneError, match="not_here"):
        phones.send_code(amina, "+33 6 12 34 56 78")
    settings.SMS_PREFIXES = []
    phones.send_code(amina, "+33 6 12 34 56 78")
    assert Letter.objects.get(kind="phone_code").address == "+33612345678"


def test_without_a_gateway_no_phone_is_asked_for(amina, client, settings):
    settings.SMS_URL = ""
    with pytest.raises(PhoneError, match="off"):
        phones.send_code(amina, "613-555-0123")
    signs_in(client, amina)
    page = client.get(reverse("reach")).content.decode()
    assert 'name="number"' not in page
    assert "We do not send text messages" in page


def test_a_forgotten_phone_gets_no_texts(amina):
    proven(amina)
    phones.choose(amina, "text")
    phones.forget(User.objects.get(pk=amina.pk))
    amina = User.objects.get(pk=amina.pk)
    assert (amina.text_number, amina.wants_mail) == ("", True)


def test_nobody_chooses_texts_without_a_proven_phone(amina):
    phones.send_code(amina, "613-555-0123")
    for wish in ("text", "fax"):
        with pytest.raises(ValueError, match="no phone"):
            phones.choose(amina, wish)


def test_the_database_lets_no_unproven_number_count(amina):
    with pytest.raises(IntegrityError), transaction.atomic():
        Phone.objects.create(user=amina, number_hash="x" * 64)


def test_a_person_proves_a_phone_and_chooses_both_from_the_pages(amina, client):
    signs_in(client, amina)
    sent = client.post(reverse("phone"), {"number": "613 555 0123"})
    assert sent.url == reverse("phone_code")
    wrong = client.post(sent.url, {"code": "abc"})
    assert (wrong.status_code, "These are not the digits" in wrong.content.decode()) == (422, True)
    assert "5550123" not in wrong.content.decode()
    right = client.post(sent.url, {"code": newest_text_code(amina)}, follow=True)
    assert "+16135550123" in right.content.decode()
    client.post(reverse("notices"), {"notices": "both"})
    amina = User.objects.get(pk=amina.pk)
    assert (amina.text_number, amina.wants_mail) == ("+16135550123", True)
    assert client.post(reverse("notices"), {"notices": "pigeon"}).status_code == 422
    client.post(reverse("phone_removal"))
    assert not Phone.objects.filter(user=amina).exists()


@pytest.mark.parametrize("typed", ["", "555", "+33612345678", "<script>", "9" * 500, "\x00"])
def test_a_number_that_will_not_do_is_told_beside_its_box(amina, client, typed):
    signs_in(client, amina)
    response = client.post(reverse("phone"), {"number": typed})
    assert response.status_code == 422
    assert 'href="#id-number"' in response.content.decode()
    assert "<script>" not in response.content.decode().replace('<script src="', "")


def test_one_number_is_not_flooded_by_many_accounts(amina, bilal, clara, client):
    codes = []
    for who in (amina, bilal, clara):
        signs_in(client, who)
        codes += [client.post(reverse("phone"), {"number": "613-555-0123"}).status_code for _each in range(2)]
    assert codes == [302] * 5 + [429]

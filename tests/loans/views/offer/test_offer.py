"""The offer and its signature through the pages."""

import pytest
from django.urls import reverse

from letters.models import Letter
from loans.models import Event
from tests.cases import TICKS, again, explain, has_account, newest_code
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_offer(client, amina, loan):
    """Amina has read the agreement and asked for a code; `loan` is what is offered."""
    has_account(loan.application)
    client.force_login(amina)
    client.get(reverse("agreement", args=[loan.case.reference]))
    explain(loan, amina)
    client.post(reverse("signing_code", args=[loan.case.reference]))
    return loan


def sign(client, loan, **typed):
    return client.post(reverse("signature", args=[loan.case.reference]), {"once_key": "k", **typed})


def test_it_is_signed_with_the_digits_that_were_mailed(client, at_the_offer, amina):
    typed = {**TICKS, "typed_name": "Amina El-Sayed", "code": newest_code(amina)}
    assert sign(client, at_the_offer, **typed).status_code == 302
    assert again(at_the_offer).state == "signed"


def test_without_bank_details_the_page_asks_for_them_and_has_no_pen(client, loan, amina):
    client.force_login(amina)
    shown = words(client.get(reverse("offer", args=[loan.case.reference])))
    assert "Before you sign, please tell us where we may send the money." in shown
    assert reverse("my_bank", args=[loan.case.reference]) in shown
    assert "Sign the agreement" not in shown
    client.get(reverse("agreement", args=[loan.case.reference]))
    told = sign(client, loan, **TICKS, typed_name="Amina", code="123456")
    assert told.status_code == 422
    assert "Before you sign, please tell us where we may send the money." in told.context["sheet"].summary[0][1]
    has_account(loan.case)
    explain(loan, amina)
    assert "Sign the agreement" in words(client.get(reverse("offer", args=[loan.case.reference])))


def test_the_code_that_was_sent_is_told_beside_the_box_for_it(client, at_the_offer):
    client.get(offer := reverse("offer", args=[at_the_offer.case.reference]))  # takes the message at its top
    sign_here = words(client.get(offer)).split('id="sign"')[1]
    assert "We sent you a code. It is good for 15 minutes." in sign_here


def test_whoever_has_signed_is_not_told_to_take_their_time(client, at_the_offer, amina):
    offer = reverse("offer", args=[at_the_offer.case.reference])
    assert "Read them before you sign." in words(client.get(offer))
    sign(client, at_the_offer, **TICKS, typed_name="Amina El-Sayed", code=newest_code(amina))
    shown = words(client.get(offer))
    for said in ("We offer to lend you", "Read them before you sign.", "I do not want it?"):
        assert said not in shown
    assert shown.index("You have signed") < shown.index("Amount of the loan")
    assert "You can save them and read them again at any time." in shown


def test_a_second_click_signs_once(client, at_the_offer, amina):
    typed = {**TICKS, "typed_name": "Amina El-Sayed", "code": newest_code(amina)}
    for _ in range(2):
        assert sign(client, at_the_offer, **typed).status_code == 302
    assert at_the_offer.signatures.count() == 1
    assert Event.objects.filter(verb="put_signature").count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"typed_name": "Amina", "code": "123456"}, "agreed", ""),
        ({**TICKS, "typed_name": "  ", "code": "123456"}, "typed_name", ""),
        ({**TICKS, "typed_name": "Amina"}, "code", ""),
        ({**TICKS, "typed_name": "Amina", "code": "000000"}, "code", "These are not the digits we sent."),
        ({**TICKS, "typed_name": "Amina", "code": "abc' OR 1"}, "code", "These are not the digits we sent."),
        ({**TICKS, "typed_name": "A" * 5000, "code": "123456"}, "typed_name", ""),
    ],
)
def test_what_is_missing_or_wrong_stands_beside_its_box(client, at_the_offer, typed, field, sentence):
    response = sign(client, at_the_offer, **typed)
    assert response.status_code == 422
    assert f"#id-{field}" in [link for link, _ in response.context["sheet"].summary]
    assert sentence in words(response)
    assert typed.get("typed_name", "")[:50].strip() in words(response)
    assert again(at_the_offer).state == "offered"


def test_too_many_wrong_digits_close_the_door_for_a_while(client, at_the_offer, amina):
    right = newest_code(amina)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(12):
        sign(client, at_the_offer, **TICKS, typed_name="Amina", code=wrong)
    response = sign(client, at_the_offer, **TICKS, typed_name="Amina", code=right)
    assert response.status_code == 422
    assert again(at_the_offer).state == "offered"


def test_a_code_asked_for_again_and_again_is_not_mailed_forever(client, at_the_offer, amina):
    for _ in range(30):
        client.post(reverse("signing_code", args=[at_the_offer.case.reference]))
    assert Letter.objects.filter(to=amina, kind="signing_code").count() <= 10


def test_saying_no_twice_is_one_no(client, loan, amina):
    client.force_login(amina)
    url = reverse("offer_refusal", args=[loan.case.reference])
    key = client.get(url).context["once_key"]
    for _ in range(2):
        response = client.post(url, {"once_key": key, "note": "Too dear."}, follow=True)
        assert "You said no to this offer." in words(response)
    assert Event.objects.filter(verb="refuse").count() == 1
    assert again(loan.case).state == "in_review"


def test_an_offer_that_is_gone_says_so(client, loan, amina):
    client.force_login(amina)
    client.post(reverse("offer_refusal", args=[loan.case.reference]), {"once_key": "k"})
    response = client.get(reverse("offer", args=[loan.case.reference]), follow=True)
    assert "There is no open offer any more." in words(response)


def test_who_signed_in_english_and_reads_on_in_french_sees_what_was_signed(client, amina, signed):
    client.force_login(amina)
    client.cookies["django_language"] = "fr"
    amina.language = "fr"
    amina.save()
    response = client.get(reverse("agreement", args=[signed.case.reference]), headers={"accept-language": "fr"})
    assert response.status_code == 200
    assert b"".join(response).startswith(b"%PDF")

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.utils.translation import override

from letters.context import house
from letters.models import Lender, Letter

pytestmark = pytest.mark.django_db


def test_the_house_speaks_the_readers_language(lender):
    with override("fr"):
        assert (lender.name, lender.hours) == ("Fonds Tremplin", "Du lundi au vendredi, de 9 h à 17 h")
        assert lender.statutes == ["Loi de 2002 sur la protection du consommateur", "Loi sur l’intérêt"]
    with override("en"):
        assert (lender.name, lender.hours) == ("Springboard Fund", "Monday to Friday, 9 to 5")
        assert lender.statutes == ["Consumer Protection Act, 2002", "Interest Act"]


def test_there_is_one_lender(lender):
    for more in ({}, {"id": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Lender.objects.create(name_en="Another", name_fr="Une autre", **more)
    assert Lender.objects.current() == lender


def test_before_anybody_described_the_house_it_has_a_neutral_name():
    nobody = Lender.objects.current()
    assert nobody._state.adding
    with override("fr"):
        assert nobody.name
    assert nobody.email == nobody.hours == ""
    assert nobody.statutes == []


def test_every_page_knows_the_house(lender, settings):
    settings.DEMO, settings.SITE_URL = True, "https://loans.example.org"
    known = house(RequestFactory().get("/"))
    assert known["lender"].name_en == "Springboard Fund"
    assert (known["DEMO"], known["SITE_URL"]) == (True, "https://loans.example.org")


def test_a_page_that_does_not_name_the_house_does_not_ask_for_it(django_assert_num_queries):
    with django_assert_num_queries(0):
        house(RequestFactory().get("/"))


def test_a_letter_goes_to_a_person_or_to_an_address_never_to_both_or_none(amina):
    words = {"kind": "received", "address": "a", "language": "en", "facts": {}, "occasion": "1"}
    for number, wrong in enumerate(({"to": amina, "address_hash": "x"}, {"to": None, "address_hash": ""})):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.create(**words, **wrong, message_id=f"<{number}@x>")

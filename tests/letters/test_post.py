from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError

from letters.models import HANDED_OVER, WAITING, Letter
from letters.post import NotPostable, post
from letters.tasks import deliver
from vault.models import StoredFile


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_posted_inside_a_transaction_only():
    with pytest.raises(transaction.TransactionManagementError):
        post("received", address="amina@example.org", facts={}, occasion="submission:1")


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_when_the_transaction_is_committed(amina):
    with transaction.atomic():
        letter = post("received", to=amina, facts={"name": "Amina"}, occasion="submission:1")
        assert mail.outbox == []
    letter.refresh_from_db()
    assert letter.state == HANDED_OVER
    assert [message.to for message in mail.outbox] == [["amina@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_told(amina):
    with transaction.atomic():
        post("received", to=amina, facts={}, occasion="submission:1")
        transaction.set_rollback(True)
    assert mail.outbox == []
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_is_no_error_page_and_the_letter_waits(amina, monkeypatch):
    def no_broker(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(deliver, "delay", no_broker)
    with transaction.atomic():
        letter = post("received", to=amina, facts={}, occasion="submission:1")
    letter.refresh_from_db()
    assert letter.state == WAITING


def test_the_second_letter_on_one_occasion_is_the_first(posted, amina):
    first = posted(to=amina, facts={"name": "Amina"})
    again = posted(to=amina, facts={"name": "Somebody"})
    assert again == first
    assert again.facts == {"name": "Amina"}
    assert Letter.objects.count() == 1


def test_another_occasion_kind_or_person_is_another_letter(posted, amina, claire):
    posted(to=amina)
    posted(to=amina, occasion="submission:2")
    posted("withdrawn", to=amina)
    posted(to=claire)
    posted(address="amina@example.org")
    assert Letter.objects.count() == 5


def test_an_address_without_a_person_gets_one_letter_however_it_is_spelled(posted):
    assert posted(address="Amina@Example.org ") == posted(address="amina@example.org")
    assert posted(address="omar@example.org").pk != posted(address="amina@example.org").pk


def test_the_database_itself_refuses_a_second_letter(posted, amina):
    letter = posted(to=amina)
    twin = Letter(
        kind=letter.kind,
        to=amina,
        occasion=letter.occasion,
        address="a",
        language="en",
        facts={},
        message_id="<other@x>",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_doorbell_rings_once_for_one_letter(amina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rung:
        for _ in range(2):
            post("received", to=amina, facts={}, occasion="submission:1")
    assert len(rung) == 1


def test_the_person_chooses_the_language(posted, claire, settings):
    assert posted(to=claire, language="en").language == "fr"
    assert posted(address="x@example.org", language="fr").language == "fr"
    assert posted(address="y@example.org").language == settings.LANGUAGE_CODE


def test_the_address_is_the_one_of_today(posted, amina):
    letter = posted(to=amina)
    amina.email = "moved@example.org"
    amina.save()
    assert Letter.objects.get(pk=letter.pk).address == "amina@example.org"


def test_facts_are_frozen_with_the_officers_name(posted, amina):
    facts = {"name": "Amina", "items": [{"section": "Budget", "reason": "Rent?"}], "cents": 5, "gone": None}
    letter = posted(to=amina, facts=facts, officer_name="Omar", case_reference="T-2027-0042")
    again = Letter.objects.get(pk=letter.pk)
    assert again.facts == {**facts, "officer_name": "Omar"}
    assert again.case_reference == "T-2027-0042"
    assert "officer_name" not in facts


@pytest.mark.parametrize(
    "fact", [Decimal("1.50"), 1.5, date(2027, 3, 1), object(), {"deep": [1.5]}, {1: "a"}, b"bytes"]
)
def test_a_fact_that_json_cannot_say_is_refused(posted, fact):
    with pytest.raises(NotPostable, match=r"facts\.wrong"):
        posted(facts={"wrong": fact})


def test_an_unknown_kind_is_refused(posted):
    with pytest.raises(NotPostable, match="love_letter"):
        posted("love_letter")


def test_a_letter_without_its_facts_is_refused(posted):
    with pytest.raises(NotPostable, match="on, owed_cents"):
        posted("payment_received", facts={"cents": 30_877})


def test_a_sum_of_nothing_is_a_fact(posted):
    assert posted("payment_received", facts={"cents": 30_877, "on": "2027-05-05", "owed_cents": 0}).pk


def test_a_letter_needs_an_occasion_and_an_address(posted):
    with pytest.raises(NotPostable, match="occasion"):
        posted(occasion="")
    with pytest.raises(NotPostable, match="address"):
        posted(address=" ")


def test_the_message_id_is_made_at_once_and_is_the_houses_own(posted, settings):
    settings.DEFAULT_FROM_EMAIL = "Springboard <loans@fund.example.org>"
    first, second = posted(), posted(occasion="submission:2")
    assert first.message_id != second.message_id
    assert first.message_id.endswith("@fund.example.org>")


def test_papers_go_along(posted, amina):
    paper = StoredFile.objects.put(b"%PDF", name="agreement.pdf", content_type="application/pdf")
    assert list(posted("signed", to=amina, attachments=[paper]).attachments.all()) == [paper]

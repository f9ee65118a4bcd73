"""The decision memo after the decision: frozen, beside the live file, erased when its years are over."""

import pytest
from django.urls import reverse

from config import clock
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.erasing import retention
from loans.lifecycle.reviewing import diary
from loans.models import DecisionRecord, Product
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.journeys.person import Person
from tests.loans.views.cases.memos import page_of

pytestmark = pytest.mark.django_db


def test_once_decided_the_memo_is_the_frozen_one_and_tells_its_day_and_hash(rich, mariam, omar):
    live = page_of(omar, rich)
    assert "The file as it stands on" in live
    decision.approve(again(rich), by=mariam, note="Yes.")
    before = page_of(omar, rich)
    record = DecisionRecord.objects.get()
    assert record.hash in before
    assert "frozen with the decision of" in before
    assert "$2,100.00" in before
    Product.objects.update(name_en="Another name", max_cents=9_900_000)
    diary.finish_task(again(rich), by=omar, task=rich.tasks.get(), result="Done.")
    with clock.at(days_ahead(40)):
        after = page_of(omar, rich)
    frozen = [page.partition('<div class="memo">')[2].partition('id="memo-sources"')[0] for page in (before, after)]
    assert frozen[0] == frozen[1]
    assert "Another name" not in frozen[1]
    assert "Ask the school." in frozen[1]


def test_an_appeal_is_heard_on_the_live_file_beside_the_frozen_no(in_review, amina, mariam, carl):
    decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    assert "frozen with the decision of" in page_of(mariam, in_review)
    appeal.appeal(again(in_review), by=amina, note="My hours went up.")
    page = page_of(carl, in_review)
    assert "The file as it stands on" in page
    assert "My hours went up." in page
    no = DecisionRecord.objects.get()
    address = reverse("case_memo_frozen", args=[in_review.reference, no.pk])
    assert address in page
    assert no.hash in Person("en", carl).browser.get(address).content.decode()
    appeal.uphold(again(in_review), by=carl, note="The figures are the same.")
    page = page_of(carl, in_review)
    assert "The decision stands after the appeal" in page
    assert "The figures are the same." in page


def test_the_record_of_another_case_does_not_exist(rich, mariam, business, omar):
    decision.approve(again(rich), by=mariam)
    record = DecisionRecord.objects.get()
    for name, more in (("case_memo_frozen", ()), ("case_memo_frozen_file", ("en",))):
        answer = Person("en", omar).browser.get(reverse(name, args=[business.reference, record.pk, *more]))
        assert answer.status_code == 404
    for language in ("ar", "de"):
        address = reverse("case_memo_file", args=[rich.reference, language])
        assert Person("en", omar).browser.get(address).status_code == 404


def test_what_is_erased_leaves_its_hash(in_review, mariam):
    decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    with clock.at(days_ahead(800)):
        assert retention.erase_old_records(clock.today()).done == 1
        page = page_of(mariam, in_review)
    assert DecisionRecord.objects.get().hash in page
    assert "the years of the file are over" in page
    assert 'class="memo"' not in page
    assert Person("en", mariam).browser.get(f"/cases/{in_review.reference}/memo/en.pdf").status_code == 404

"""The checklist as the office sets it: rows in ink, words by one person, what must be answered by two."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from config import clock
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import office_settings
from loans.models import ChecklistItem
from loans.settings import KINDS
from loans.settings.kind import stamp
from tests.cases import again
from tests.settings import proposed, settled, standing

pytestmark = pytest.mark.django_db
CHECKLIST = KINDS["checklist"]
NEW = {
    "purpose": "business",
    "text_en": "The lease was read.",
    "text_fr": "Le bail a été lu.",
    "place": 75,
    "must_be_answered": False,
}


@pytest.fixture(autouse=True)
def furnished(checklist):
    """Every test here begins with the furnished list."""


def added(by, code="lease-read", **said):
    words = {"by": by, "reason": "The board said so.", "starts": clock.today()}
    return office_settings.add(CHECKLIST, code, {**NEW, **said}, **words)


def ended(code, by, second, day=None):
    change = office_settings.close(CHECKLIST, code, day or clock.today(), by=by, reason="Nobody needs it.")
    return office_settings.decide(change, by=second, confirmed=True)


def codes(purpose="business", day=None):
    return [row.code for row in ChecklistItem.in_force(purpose, day)]


def test_words_hold_at_once_and_the_row_before_stays(mariam):
    change = proposed("checklist", "identity", by=mariam, text_en="Two papers were seen.")
    assert (change.takes_two, change.is_confirmed) == (False, True)
    assert [row.text_en for row in CHECKLIST.rows("identity")] == [
        "Two papers were seen.",
        "We have seen who everyone who signs is.",
    ]


def test_what_must_be_answered_takes_a_second_person(mariam, nadia):
    change = proposed("checklist", "references", by=mariam, must_be_answered=True)
    assert (change.takes_two, change.is_confirmed) == (True, None)
    assert not standing("checklist", "references")["must_be_answered"]
    office_settings.decide(change, by=nadia, confirmed=True)
    assert standing("checklist", "references")["must_be_answered"]


def test_a_new_item_holds_at_once_unless_it_must_be_answered(mariam, nadia):
    assert added(mariam).is_confirmed
    assert codes().index("lease-read") == codes().index("sales-backed") + 1
    assert "lease-read" not in codes("training")
    change = added(mariam, code="tax-number", must_be_answered=True)
    assert change.is_confirmed is None
    assert "tax-number" not in codes()
    office_settings.decide(change, by=nadia, confirmed=True)
    assert "tax-number" in codes()


def test_an_item_ends_by_two_after_its_last_day_and_can_come_back(mariam, nadia):
    today, last = clock.today(), clock.today() + timedelta(days=3)
    ended("references", mariam, nadia, day=last)
    assert "references" in codes(day=last)
    assert "references" not in codes(day=last + timedelta(days=1))
    newest = CHECKLIST.rows("references").first()
    assert CHECKLIST.last_day(newest) == last
    with pytest.raises(Refused, match="ended_already"):
        office_settings.close(CHECKLIST, "references", today, by=mariam, reason="Again.")
    proposed("checklist", "references", by=mariam, text_en="Two were asked.", starts=last + timedelta(days=9))
    assert "references" in codes(day=last + timedelta(days=9))


def test_an_end_alone_is_not_confirmed_by_who_proposed_it(mariam):
    change = office_settings.close(CHECKLIST, "references", clock.today(), by=mariam, reason="Nobody needs it.")
    assert again(change).is_confirmed is None
    assert "references" in codes(day=clock.today() + timedelta(days=1))


def test_rows_are_in_ink(mariam):
    for change in ({"text_en": "Other."}, {"is_asked": False}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ChecklistItem.objects.filter(code="identity").update(**change)


def test_a_code_is_taken_once_and_only_managers_change_the_list(mariam, omar, carl):
    with pytest.raises(Refused, match="code_taken"):
        added(mariam, code="identity")
    for who in (omar, carl):
        with pytest.raises(office_settings.PermissionDenied):
            added(who)


def test_who_saw_an_older_wording_is_told(mariam, nadia):
    shown = stamp(standing("checklist", "identity"))
    proposed("checklist", "identity", by=mariam, text_en="Two papers were seen.")
    said = {**standing("checklist", "identity"), "help_en": "At the office."}
    words = {"by": nadia, "reason": "So.", "starts": clock.today() + timedelta(days=1)}
    with pytest.raises(Refused, match="setting_moved_on"):
        office_settings.propose(CHECKLIST, "identity", said, seen=shown, **words)


def test_a_product_still_ends_by_its_column(mariam, nadia, product):
    last = clock.today() + timedelta(days=3)
    change = office_settings.close(KINDS["products"], "credential", last, by=mariam, reason="So.")
    office_settings.decide(change, by=nadia, confirmed=True)
    assert again(product).effective_to == last
    settled("products", "business", by=mariam, second=nadia, offer_days=21)

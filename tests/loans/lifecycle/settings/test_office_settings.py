"""Settings change by proposals: money terms and limits take two people, words one."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role
from applicants.models import Partner
from config import clock
from letters.models import Lender, Letter
from loans.lifecycle.settings import office_settings
from loans.models import Product, SettingChange
from loans.settings import KINDS
from tests.cases import again
from tests.people import somebody
from tests.settings import forbidden, proposed, refused, settled, standing

pytestmark = pytest.mark.django_db
PRODUCTS, PARTNERS = KINDS["products"], KINDS["partners"]


# --- Two people ------------------------------------------------------------------------------------


def test_a_term_holds_from_its_day_once_a_second_person_confirmed_it(product, mariam, nadia):
    today = clock.today()
    change = proposed("products", "credential", by=mariam, fee_rate="0.01", starts=today + timedelta(days=9))
    assert Product.objects.filter(code="credential").count() == 1
    office_settings.decide(change, by=nadia, confirmed=True)
    new, old = Product.objects.filter(code="credential").order_by("-effective_from")
    assert (new.fee_rate, old.fee_rate) == (Decimal("0.01"), 0)
    assert (old.effective_to, new.effective_from) == (today + timedelta(days=8), today + timedelta(days=9))
    assert Product.objects.on_offer(today).get(code="credential") == old
    assert Product.objects.on_offer(today + timedelta(days=9)).get(code="credential") == new


def test_whoever_may_confirm_a_proposal_is_written_to_and_nobody_else(product, mariam, nadia, omar, carl):
    proposed("products", "credential", by=mariam, fee_rate="0.01")
    told = Letter.objects.filter(kind="setting_proposed")
    assert {letter.to for letter in told} == {nadia, carl}
    assert all("credential" not in str(letter.facts) for letter in told)


def test_of_words_that_hold_at_once_nobody_is_written_to(product, mariam, nadia):
    proposed("products", "credential", by=mariam, name_en="Loan for a licence")
    assert not Letter.objects.filter(kind="setting_proposed").exists()


def test_a_new_version_keeps_all_that_was_not_changed(product, mariam, nadia):
    before = {**standing("products", "credential")}
    rules = list(product.eligibility.values_list("rule", "operand", "reason"))
    settled("products", "credential", by=mariam, second=nadia, offer_days=21)
    assert standing("products", "credential") == {**before, "offer_days": 21}
    newest = PRODUCTS.rows("credential").first()
    assert list(newest.eligibility.values_list("rule", "operand", "reason")) == rules
    assert (newest.purpose, newest.fund, newest.in_other_languages) == (
        product.purpose,
        product.fund,
        product.in_other_languages,
    )


def test_a_member_of_the_committee_is_a_second_person_too(product, mariam, carl):
    assert settled("products", "credential", by=mariam, second=carl, reply_days=10).decided_by == carl


def test_nobody_confirms_what_they_proposed_nor_does_whoever_is_no_manager(product, mariam, omar, felix, ada, amina):
    change = proposed("products", "credential", by=mariam, fee_rate="0.01")
    for who in (mariam, omar, felix, ada, amina):
        forbidden(lambda who=who: office_settings.decide(change, by=who, confirmed=True))
    assert again(change).is_confirmed is None


def test_only_a_manager_proposes(product, omar, felix, carl, ada, amina):
    for who in (omar, felix, carl, ada, amina):
        forbidden(lambda who=who: proposed("products", "credential", by=who, fee_rate="0.01"))
        forbidden(lambda who=who: proposed("partners", "oclf", by=who, phone="613-555-0100"))


def test_in_an_office_of_one_a_change_waits_for_a_second_person(product, mariam):
    change = proposed("products", "credential", by=mariam, fee_rate="0.01")
    assert office_settings.has_nobody_to_confirm(change)
    somebody("second@office.example", "Sam", Role.COMMITTEE)
    assert not office_settings.has_nobody_to_confirm(change)


def test_the_database_too_wants_two_people(product, mariam, nadia):
    change = proposed("products", "credential", by=mariam, fee_rate="0.01")
    for second in (None, mariam):
        with pytest.raises(IntegrityError), transaction.atomic():
            SettingChange.objects.filter(pk=change.pk).update(
                is_confirmed=True, decided_at=clock.now(), decided_by=second
            )


def test_what_was_refused_or_taken_back_stays_in_the_history_and_changes_nothing(product, mariam, nadia):
    first = proposed("products", "credential", by=mariam, fee_rate="0.01")
    office_settings.decide(first, by=nadia, confirmed=False)
    second = proposed("products", "credential", by=mariam, fee_rate="0.02")
    office_settings.decide(second, by=mariam, confirmed=False)
    kept = SettingChange.objects.of("products", "credential")
    assert [(each.is_confirmed, each.decided_by) for each in kept] == [(False, None), (False, nadia)]
    assert [each.reason for each in kept] == ["The board said so."] * 2
    assert Product.objects.filter(code="credential").count() == 1


def test_who_answers_second_is_told_and_the_same_answer_again_changes_nothing(product, mariam, nadia, carl):
    change = proposed("products", "credential", by=mariam, fee_rate="0.01")
    office_settings.decide(change, by=nadia, confirmed=True)
    assert office_settings.decide(change, by=nadia, confirmed=True).decided_by == nadia
    refused("decided_already", lambda: office_settings.decide(change, by=carl, confirmed=False))
    refused("decided_already", lambda: office_settings.decide(change, by=mariam, confirmed=False))
    assert Product.objects.filter(code="credential").count() == 2


def test_one_change_of_a_setting_waits_at_a_time(product, mariam):
    proposed("products", "credential", by=mariam, fee_rate="0.01")
    refused("proposed_already", lambda: proposed("products", "credential", by=mariam, fee_rate="0.02"))
    assert proposed("products", "business", by=mariam, fee_rate="0.02").is_confirmed is None


def test_one_form_sent_twice_proposes_once_and_its_key_nothing_else(product, mariam):
    said = {**standing("products", "credential"), "fee_rate": "0.01"}
    more = {"by": mariam, "reason": "Costs.", "starts": clock.today(), "once_key": "key"}
    first = office_settings.propose(PRODUCTS, "credential", said, **more)
    assert office_settings.propose(PRODUCTS, "credential", said, **more) == first
    other = {**said, "fee_rate": "0.02"}
    refused("once_key_reused", lambda: office_settings.propose(PRODUCTS, "credential", other, **more))


def test_a_second_click_overtaken_by_the_first_gets_its_proposal(product, mariam, monkeypatch):
    said = {**standing("products", "credential"), "name_en": "Exam loan", "name_fr": "Prêt d’examen"}
    form = {"by": mariam, "reason": "The fund wants it.", "starts": clock.today(), "once_key": "key"}
    first = office_settings.add(PRODUCTS, "exam-loan", said, **form)
    looks = iter((lambda *_: None, office_settings.made_before))  # the first look came a moment too early
    monkeypatch.setattr(office_settings, "made_before", lambda *said_of_it: next(looks)(*said_of_it))
    assert office_settings.add(PRODUCTS, "exam-loan", said, **form) == first


def test_what_stands_otherwise_than_it_was_seen_is_not_changed(product, mariam, nadia):
    seen = office_settings.stamp(standing("products", "credential"))
    settled("products", "credential", by=nadia, second=somebody("x@office.example", "X", Role.MANAGER), offer_days=10)
    said = {**standing("products", "credential"), "fee_rate": "0.01"}
    later = clock.today() + timedelta(days=3)
    refused(
        "setting_moved_on",
        lambda: office_settings.propose(
            PRODUCTS, "credential", said, by=mariam, reason="Costs.", starts=later, seen=seen
        ),
    )


def test_a_change_of_what_moved_on_since_is_not_confirmed(product, mariam, nadia, carl):
    change = proposed("products", "credential", by=mariam, fee_rate="0.01", starts=clock.today() + timedelta(days=9))
    words = {**standing("products", "credential"), "summary_en": "For a licence."}
    made = PRODUCTS.made(words, code="credential", before=PRODUCTS.rows("credential").first(), starts=clock.today())
    made.save()  # as by a proposal of words that was confirmed meanwhile
    PRODUCTS.write_more(made, words, product)
    refused("setting_moved_on", lambda: office_settings.decide(change, by=carl, confirmed=True))


# --- Words take one person -------------------------------------------------------------------------


def test_words_of_a_product_take_one_person_and_make_a_version(product, mariam):
    change = proposed("products", "credential", by=mariam, summary_en="For a licence.", summary_es="Para un permiso.")
    assert (change.is_confirmed, change.takes_two, change.decided_by) == (True, False, None)
    newest = PRODUCTS.rows("credential").first()
    assert (newest.summary_en, newest.in_other_languages["es"]["summary"]) == ("For a licence.", "Para un permiso.")
    assert again(product).summary_en != "For a licence."


def test_words_together_with_a_term_take_two(product, mariam):
    assert proposed("products", "credential", by=mariam, summary_en="For a licence.", reply_days=9).takes_two


def test_a_partner_is_changed_by_one_person_and_the_history_tells_from_what_to_what(product, mariam):
    change = proposed("partners", "oclf", by=mariam, phone="613-555-0100", reason="Their new number.")
    assert Partner.objects.get(code="oclf").phone == "613-555-0100"
    assert (change.changed, change.before["phone"], change.values["phone"]) == (["phone"], None, "613-555-0100")


def test_a_partner_is_added_and_ended(product, mariam):
    today = clock.today()
    said = {**standing("partners", "oclf"), "name_en": "A new one", "name_fr": "Une nouvelle", "as_of": "2026-11-01"}
    office_settings.add(PARTNERS, "new-one", said, by=mariam, reason="They asked.")
    assert Partner.objects.current().get(code="new-one").name_fr == "Une nouvelle"
    office_settings.close(PARTNERS, "new-one", today, by=mariam, reason="They closed.")
    assert Partner.objects.current().filter(code="new-one").exists()
    assert not Partner.objects.current(today + timedelta(days=1)).filter(code="new-one").exists()
    refused("ended_already", lambda: office_settings.close(PARTNERS, "new-one", today, by=mariam, reason="Again."))


def test_the_lender_itself_takes_two(product, mariam, nadia):
    change = proposed("lender", "1", by=mariam, phone="613-555-0177", hours_es="De 9 a 5")
    assert Lender.objects.current().phone != "613-555-0177"
    office_settings.decide(change, by=nadia, confirmed=True)
    assert (Lender.objects.current().phone, Lender.objects.count()) == ("613-555-0177", 1)
    assert Lender.objects.current().in_other_languages["es"] == {"hours": "De 9 a 5"}

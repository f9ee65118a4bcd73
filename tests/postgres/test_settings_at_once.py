"""Two people at one setting at the same moment: one wins, the other is told, and there is one row."""

from accounts.models import Role
from config import clock
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import office_settings
from loans.models import Product, SettingChange
from tests.people import somebody
from tests.postgres.test_at_once import both
from tests.settings import proposed, standing


def refusals(results):
    return [result.code for result in results if isinstance(result, Refused)]


def test_two_who_answer_at_once_differently_one_is_told(committed, product, mariam, carl):
    nadia = somebody("nadia@office.example", "Nadia Roy", Role.MANAGER)
    change = proposed("products", "credential", by=mariam, fee_rate="0.01")
    answers = iter(((nadia, True), (carl, False)))

    def answer():
        by, confirmed = next(answers)
        return office_settings.decide(change, by=by, confirmed=confirmed)

    assert refusals(both(answer)) == ["decided_already"]
    assert Product.objects.filter(code="credential").count() == (2 if SettingChange.objects.get().is_confirmed else 1)


def test_two_who_propose_at_once_about_one_product_one_is_told(committed, product, mariam):
    rates = iter(("0.01", "0.02"))
    results = both(lambda: proposed("products", "credential", by=mariam, fee_rate=next(rates)))
    assert refusals(results) == ["proposed_already"]
    assert SettingChange.objects.count() == 1


def test_two_who_change_one_partner_at_once_one_is_told_what_stands_now(committed, product, mariam):
    kind = office_settings.KINDS["partners"]
    seen = office_settings.stamp(standing("partners", "oclf"))
    phones = iter(("613-555-0101", "613-555-0102"))
    said = standing("partners", "oclf")

    def change():
        words = {**said, "phone": next(phones)}
        return office_settings.propose(kind, "oclf", words, by=mariam, reason="Called.", seen=seen)

    assert refusals(both(change)) == ["setting_moved_on"]
    assert SettingChange.objects.filter(decided_at__lte=clock.now()).count() == 1


def test_one_form_sent_twice_at_once_makes_one_proposal(committed, product, mariam):
    kind = office_settings.KINDS["products"]
    said = {**standing("products", "credential"), "fee_rate": "0.01"}
    more = {"by": mariam, "reason": "Costs.", "starts": clock.today(), "once_key": "key"}
    first, second = both(lambda: office_settings.propose(kind, "credential", said, **more))
    assert first == second
    assert SettingChange.objects.count() == 1

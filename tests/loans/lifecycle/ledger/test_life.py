import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from config import clock
from letters.models import Letter
from loans.lifecycle.deciding import decision, record
from loans.lifecycle.ledger import audit, books
from loans.lifecycle.lending import planning, repayment
from loans.lifecycle.refusal import Refused
from loans.models import Event, Fact
from tests.cases import TERMS, again, lend
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def pay(loan, by, cents, **more):
    return repayment.record_payment(
        loan, by=by, on=clock.today(), cents=cents, method="transfer", payer="Amina", **more
    )


def test_a_training_loan_lives_from_draft_to_repaid(active, felix):
    owed = books.book_of(active, until=clock.today()).owed_cents
    pay(active, felix, owed)
    assert again(active).state == "repaid"
    assert list(audit.audit()) == []
    assert list(Letter.objects.filter(to=active.application.applicant.user).values_list("kind", flat=True)) == [
        "received",
        "offer",
        "signing_code",
        "signed",
        "money_sent",
        "payment_received",
        "repaid",
    ]


def test_the_letter_about_the_money_names_the_first_payment_that_asks_for_anything(product, bilal, omar, mariam, felix):
    product.annual_rate = 0  # then the months of study ask for nothing
    product.save()
    loan = lend(bilal, product, omar, mariam, felix)
    first = planning.plan_in_force(loan).rows.get(number=TERMS["study_months"] + 1)
    told = Letter.objects.get(to=bilal, kind="money_sent").facts
    assert (told["next_due_on"], told["next_due_cents"]) == (first.payable_by.isoformat(), first.total_cents)
    plan = record.parts_of(loan.application.records.get())["recommendation"]["plan"]
    assert (plan["payments"], plan["first_on"]) == (TERMS["repayment_months"], first.due_on.isoformat())


def test_a_reversed_payment_opens_the_loan_again(active, felix):
    fact = pay(active, felix, books.book_of(active, until=clock.today()).owed_cents)
    repayment.reverse_payment(again(active), by=felix, fact=fact, note="returned by the bank")
    assert again(active).state == "active"
    assert again(active).position.paid_cents == 0
    assert list(audit.audit()) == []


def test_paying_twice_with_one_key_makes_one_fact(active, felix):
    first = pay(active, felix, 1000, once_key="k")
    assert pay(active, felix, 1000, once_key="k") == first
    assert Fact.objects.filter(kind="payment").count() == 1


def test_one_key_does_not_serve_two_amounts(active, felix):
    pay(active, felix, 1000, once_key="k")
    with pytest.raises(Refused, match="once_key_reused"):
        pay(active, felix, 2000, once_key="k")


def test_more_than_is_owed_needs_a_second_look(active, felix):
    with pytest.raises(Refused, match="more_than_owed"):
        pay(active, felix, 9_000_000)


def test_the_recommender_may_not_approve(recommended, omar):
    from accounts.models import Role
    from accounts.people import give_role

    give_role(omar, Role.MANAGER, by=None)
    with pytest.raises(PermissionDenied):
        decision.approve(recommended, by=omar)


def test_a_loan_is_approved_once(offered, mariam):
    with pytest.raises(TransitionNotAllowed):
        decision.approve(offered, by=mariam)
    assert offered.loans.count() == 1


def test_nobody_is_not_the_clock(recommended):
    with pytest.raises(TypeError):
        decision.approve(recommended, by=None)


def test_a_draft_writes_no_event(draft):
    assert not Event.objects.exists()


def test_an_offer_nobody_signed_lapses_and_the_case_returns_to_the_desk(offered):
    from loans.tasks import nightly

    with clock.at(days_ahead(40)):
        nightly()
    assert offered.loans.get().state == "lapsed"
    assert again(offered).state == "in_review"

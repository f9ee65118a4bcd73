"""Three questions with one's own figures, explained before signing: who is asked what, and what is kept of it."""

import json
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied

from config import clock
from loans.lifecycle.contracts import signing
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import choosing, own_terms, questions
from loans.lifecycle.refusal import Refused
from loans.models import Event, Explained, Loan, Signature, VoidAgreement
from tests.cases import TICKED, again, explain, newest_code, prepare, sign
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def right(loan, code):
    question = questions.question_of(loan, code)
    return question.answers[question.right]


def said(user, **other):
    return {"language": "en", "typed_name": user.name, "code": newest_code(user), **TICKED, **other}


@pytest.fixture
def at_the_signature(loan, amina):
    """Amina has the agreement and a code, and was asked nothing yet."""
    prepare(loan)
    signing.send_code(loan, by=amina)
    return loan


def test_right_are_the_figures_of_the_plan(loan):
    rows = list(planning.agreed_plan(loan).rows.all())
    first = right(loan, "first_payment")
    assert (first.cents, first.on) == (rows[0].total_cents, rows[0].payable_by)
    assert right(loan, "total").cents == planning.figures_of(loan.terms).cost.total_paid_cents
    assert right(loan, "bad_times").code == "talk"


@pytest.mark.parametrize("code", [*questions.BORROWERS, questions.GUARANTEE])
@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"study_months": 0},
        {"study_months": 0, "repayment_months": 1},
        {"annual_rate": Decimal(0)},
        {"annual_rate": Decimal(0), "study_months": 0, "repayment_months": 1},
        {"annual_rate": Decimal(0), "principal_cents": 2, "study_months": 0, "repayment_months": 2},
    ],
)
def test_three_different_answers_whatever_the_terms(loan, code, terms):
    for name, value in terms.items():
        setattr(loan, name, value)
    choosing.draw_up_anew(loan, VoidAgreement.Why.OPTION)
    question = questions.question_of(loan, code)
    assert len(set(question.answers)) == 3
    assert all(answer.cents > 0 or answer.code for answer in question.answers)


def test_the_right_one_is_not_always_first_and_stays_where_it_is(loan):
    places = set()
    for number in range(12):
        loan.number = f"L-2027-{number:04}"
        asked = questions.question_of(loan, "total")
        assert asked == questions.question_of(loan, "total")
        places.add(asked.right)
    assert places == {0, 1, 2}


def test_nobody_signs_before_the_three_were_explained(at_the_signature, amina):
    with pytest.raises(Refused, match="questions_first"):
        signing.sign(at_the_signature, by=amina, **said(amina))
    for code in ("first_payment", "bad_times"):
        questions.explain(at_the_signature, by=amina, question=code)
    assert questions.missing(at_the_signature, amina) == ["total"]
    with pytest.raises(Refused, match="questions_first"):
        signing.sign(at_the_signature, by=amina, **said(amina))
    assert not Signature.objects.exists()
    questions.explain(at_the_signature, by=amina, question="total")
    assert signing.sign(at_the_signature, by=amina, **said(amina)).state == Loan.State.SIGNED


def test_each_party_has_their_own_and_a_guarantor_another_third_one(at_the_signature, amina, clara):
    at_the_signature.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    explain(at_the_signature, amina)
    assert questions.missing(at_the_signature, amina) == []
    assert questions.missing(at_the_signature, clara) == ["first_payment", "total", "guarantee"]
    with pytest.raises(Refused, match="not_listed"):
        questions.explain(again(at_the_signature), by=clara, question="bad_times")


def test_kept_is_that_and_when_not_what_was_answered(loan, amina):
    questions.explain(loan, by=amina, question="total")
    row, event = Explained.objects.get(), Event.objects.get(verb="explain")
    assert (row.question, row.party.user) == ("total", amina)
    assert event.detail == {"question": "total"}
    assert {column.name for column in Explained._meta.concrete_fields} == {"id", "loan", "party", "question", "at"}


def test_once_more_changes_nothing(loan, amina):
    for _ in range(2):
        questions.explain(again(loan), by=amina, question="total")
    assert (Explained.objects.count(), Event.objects.filter(verb="explain").count()) == (1, 1)


def test_what_is_no_question_somebody_else_and_an_offer_that_is_over(loan, amina, bilal, omar):
    with pytest.raises(Refused, match="not_listed"):
        questions.explain(loan, by=amina, question="weather")
    for other in (bilal, omar):
        with pytest.raises(PermissionDenied):
            questions.explain(loan, by=other, question="total")
    with clock.at(days_ahead(40)), pytest.raises(Refused, match="offer_over"):
        questions.explain(loan, by=amina, question="total")
    assert not Explained.objects.exists()


def test_other_terms_are_asked_about_anew(loan, amina):
    explain(loan, amina)
    old = planning.agreed_plan(loan).pk
    own_terms.take(again(loan), by=amina, principal_cents=400_000, repayment_months=24, pay_day=loan.first_due.day)
    assert questions.missing(again(loan), amina) == list(questions.BORROWERS)
    with pytest.raises(Refused, match="other_terms_chosen"):
        questions.explain(again(loan), by=amina, question="total", shown=old)


def test_the_sealed_file_tells_which_were_explained_when_and_what_was_ticked(loan, amina):
    signed = sign(loan, amina)
    parts = json.loads(again(signed).signings.get().body.file.read())
    assert [(each["to"], each["question"]) for each in parts["questions"]] == [
        (amina.email, code) for code in questions.BORROWERS
    ]
    moments = [each["at"] for each in parts["questions"]]
    assert all(one <= other for one, other in pairwise([*moments, parts["signatures"][0]["signed_at"]]))
    (signature,) = parts["signatures"]
    assert [(tick["code"], tick["language"]) for tick in signature["ticks"]] == [("agreement", "en"), ("debit", "en")]
    assert signature["ticks"][1]["words"] == "I agree that each payment is taken from my bank account on its day."

"""What was checked, flagged, reported and asked for stands in the frozen file, and on the memo with its sources."""

from decimal import Decimal

import pytest

from loans.lifecycle.deciding import decision, record
from loans.lifecycle.reviewing import conditions, flags
from loans.lifecycle.reviewing.checklist import answer_checklist, checklist_of
from tests.cases import TERMS, again
from tests.credit import entered
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
OTHER = {"principal_cents": 300_000, "study_months": 6, "repayment_months": 24}


@pytest.fixture
def checked(checklist, in_review, omar, product):
    """A case with everything that an officer looks at, recommended in two options on a condition."""
    case, product.debt_share = in_review, Decimal("0.01")
    product.save()
    said = {item.key: ("yes", "") for item in checklist_of(case).items}
    answer_checklist(again(case), by=omar, said={**said, case.checklist[0]: ("no", "A copy only.")})
    entered(case, omar)
    flags.answer_flag(again(case), by=omar, flag="debt_share", verdict="follow", note="I asked.")
    lease = {"text_en": "The lease is signed.", "text_fr": "Le bail est signé.", "before": "signing"}
    conditions.add_condition(again(case), by=omar, **lease)
    stood_for = {"reasons": ["affordable"], "note": "Sound.", "further": [OTHER], "why_other": "Less is safer."}
    return decision.recommend(again(case), by=omar, **stood_for, **TERMS)


@pytest.fixture
def parts(checked, mariam):
    """What a yes to it froze."""
    decision.approve(checked, by=mariam)
    return record.parts_of(again(checked).records.get())


def test_each_item_of_the_checklist_is_frozen_in_its_words_with_the_answer_that_counts(parts, checked):
    first, *rest = parts["checklist"]
    assert first["key"] == checked.checklist[0]
    assert (first["answer"]["answer"], first["answer"]["note"], first["answer"]["by"]) == (
        "no", "A copy only.", "Omar Diallo",
    )  # fmt: skip
    assert {each["answer"]["answer"] for each in rest} == {"yes"}
    assert all(len(each["hash"]) == 64 and each["text_en"] and each["text_fr"] for each in parts["checklist"])


def test_flags_are_frozen_with_what_was_said_of_them(parts):
    (share,) = [each for each in parts["flags"] if each["kind"] == "debt_share"]
    assert (share["answer"]["verdict"], share["answer"]["note"]) == ("follow", "I asked.")


def test_conditions_and_every_option_are_frozen(parts):
    (lease,) = parts["conditions"]
    assert (lease["text_en"], lease["text_fr"], lease["before"]) == (
        "The lease is signed.", "Le bail est signé.", "signing",
    )  # fmt: skip
    (further,) = parts["recommendation"]["further"]
    assert {name: further[name] for name in OTHER} == OTHER
    assert further["plan"]["payment_cents"] < parts["recommendation"]["plan"]["payment_cents"]


def test_a_credit_report_is_frozen_in_sums(parts):
    (report,) = parts["credit_reports"]
    assert (report["debts"], report["balance_cents"], report["monthly_cents"]) == (2, 228_000, 10_800)
    assert report["bureau"].startswith("Equifax")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ("The lease is signed.", "Option 2", "$2,280.00")), ("fr", ("Le bail est signé.", "Option 2", "2 280,00"))],
)
def test_the_memo_tells_all_of_it_before_and_after_the_decision(checked, mariam, language, told):
    reader = Person(language, mariam)
    for decide in (lambda: None, lambda: decision.approve(again(checked), by=mariam)):
        decide()
        page = reader.opens("case_memo", checked.reference).content.decode().replace("\xa0", " ").replace("\u202f", " ")
        for words in (*told, "A copy only.", "I asked.", "Equifax"):
            assert words in page, words

"""The ladder of figures: said, on paper, adjusted; the highest counts, and only about what is said now."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_fsm import TransitionNotAllowed

from loans.lifecycle.applying import filling
from loans.lifecycle.applying.keeping import Typed
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import ladder, papers, review
from loans.models import Event, Finding
from loans.models.ladder import VERDICT
from loans.purposes import PURPOSES
from loans.views.cases.case import staff_case_or_404
from tests.cases import TERMS, again, picture

pytestmark = pytest.mark.django_db
PAY, DEBTS = "budget.pay.0", "budget.debts.0"


@pytest.fixture
def stub(in_review):
    """The key of Amina's pay stub."""
    return in_review.documents.get(kind="income").pk


@pytest.fixture
def noted(in_review, omar, stub):
    """Omar noted that the stub shows $2,100 a month, where $2,300 was said."""
    ladder.note_paper(in_review, by=omar, line=PAY, cents=210_000, document=stub, note="Net pay.")
    return again(in_review)


def line(case, key=PAY):
    return ladder.standing_of(again(case)).ladder.lines()[key]


def sends_again(case, omar, amina, section, lines):
    """Omar asks about a page, and Amina sends it anew."""
    review.ask_for_more(again(case), by=omar, asked=[(section, "Please look again.")])
    page = PURPOSES["training"].section(section)
    filling.save(again(case), page, lines, by=amina)
    return review.answer(again(case), by=amina)


def drops_the_tuition(case, amina):
    """Amina empties the first line of the costs; the one after it keeps its number."""
    page = PURPOSES["training"].section("costs")
    filling.keep(case, page, [Typed(field, 0, "") for field in page.fields], by=amina)


def refused(act):
    """The code of a refusal, which leaves no trace."""
    before = (Event.objects.count(), Finding.objects.count())
    with pytest.raises(Refused) as told:
        act()
    assert (Event.objects.count(), Finding.objects.count()) == before
    return told.value.code


def test_what_was_said_counts_until_something_is_found(in_review):
    pay, other = line(in_review), line(in_review, "budget.other_income.0")
    assert (pay.said_cents, pay.counting_cents, pay.source) == (230_000, 230_000, "Said by the applicant")
    assert (other.said_cents, other.counting_cents) == (None, 0)


def test_a_paper_counts_before_what_was_said_and_names_itself(noted):
    pay = line(noted)
    assert (pay.said_cents, pay.paper.cents, pay.counting_cents) == (230_000, 210_000, 210_000)
    assert pay.source.startswith("A paper that shows your income, such as a pay stub or a benefit letter, received on ")
    assert pay.paper.event.note.text == "Net pay."


def test_adjusted_counts_before_paper_and_says_by_whom_and_why(noted, omar):
    found = ladder.adjust(noted, by=omar, line=PAY, cents=200_000, note="Overtime has ended.")
    pay = line(noted)
    assert (pay.paper.cents, pay.adjusted, pay.counting_cents) == (210_000, found, 200_000)
    assert pay.source.startswith("Adjusted by Omar Diallo on ")
    assert found.event.detail == {"line": PAY, "cents": 200_000, "group": ""}  # no words in ink


def test_of_each_rung_the_newest_counts_and_the_older_stays(noted, omar, stub):
    ladder.note_paper(again(noted), by=omar, line=PAY, cents=215_000, document=stub)
    assert line(noted).counting_cents == 215_000
    assert [each.cents for each in line(noted).history] == [210_000, 215_000]


def test_what_is_taken_back_leaves_what_lies_below(noted, omar):
    ladder.adjust(noted, by=omar, line=PAY, cents=200_000, note="Overtime has ended.")
    ladder.take_back(again(noted), by=omar, line=PAY, rung="adjusted", note="It has not.")
    assert line(noted).counting_cents == 210_000
    ladder.take_back(again(noted), by=omar, line=PAY, rung="paper")
    assert line(noted).counting_cents == 230_000
    assert Finding.objects.filter(application=noted).count() == 4


def test_a_paper_that_was_refused_since_counts_no_more(noted, omar, stub):
    papers.refuse(noted.documents.get(pk=stub), by=omar, note="Somebody else’s.")
    pay = line(noted)
    assert (pay.paper, pay.counting_cents) == (None, 230_000)
    assert [pay.is_refused(each) for each in pay.earlier] == [True]
    code = refused(lambda: ladder.note_paper(again(noted), by=omar, line=PAY, cents=1, document=stub))
    assert code == "not_a_paper_of_the_case"


# --- A new form --------------------------------------------------------------------------------------


def test_what_was_found_about_an_earlier_answer_waits_until_it_is_confirmed(noted, omar, amina):
    said = {"pay": "2,250", "rent": "1,100", "food": "450"}
    sends_again(noted, omar, amina, "budget", [said])
    pay = line(noted)
    assert (pay.said_cents, pay.paper, pay.counting_cents) == (225_000, None, 225_000)
    assert [each.said_cents for each in pay.earlier] == [230_000]
    ladder.confirm_finding(again(noted), by=omar, line=PAY, rung="paper")
    assert (line(noted).counting_cents, line(noted).earlier) == (210_000, [])


def test_what_is_said_as_before_keeps_what_was_found(noted, omar, amina):
    sends_again(noted, omar, amina, "budget", [{"pay": "2300.00", "rent": "1,250", "food": "450"}])
    assert line(noted).counting_cents == 210_000
    assert refused(lambda: ladder.confirm_finding(again(noted), by=omar, line=PAY, rung="paper")) == "nothing_found"


def test_a_cost_keeps_what_was_found_when_the_line_before_it_goes(in_review, omar, amina):
    exam, letter = "costs.cost.1", in_review.documents.get(kind="enrolment").pk
    ladder.note_paper(in_review, by=omar, line=exam, cents=130_000, document=letter)
    review.ask_for_more(again(in_review), by=omar, asked=[("costs", "Is the tuition paid already?")])
    drops_the_tuition(again(in_review), amina)
    review.answer(again(in_review), by=amina)
    plan = ladder.standing_of(again(in_review)).ladder.groups["plan"]
    assert [(each.key, each.counting_cents) for each in plan.lines] == [(exam, 130_000)]


def test_of_a_line_that_is_gone_nothing_counts_and_its_story_stays(in_review, omar, amina):
    letter = in_review.documents.get(kind="enrolment").pk
    ladder.note_paper(in_review, by=omar, line="costs.cost.0", cents=400_000, document=letter)
    review.ask_for_more(again(in_review), by=omar, asked=[("costs", "Is the tuition paid already?")])
    drops_the_tuition(again(in_review), amina)
    review.answer(again(in_review), by=amina)
    plan = ladder.standing_of(again(in_review)).ladder.groups["plan"]
    assert plan.counting_cents == 120_050
    assert [(each.is_gone, each.label, len(each.history)) for each in plan.lines] == [
        (False, "Exam or licence fee", 0),
        (True, "Tuition", 1),
    ]
    adjusting = {"by": omar, "line": "costs.cost.0", "cents": 1, "note": "So."}
    assert refused(lambda: ladder.adjust(again(in_review), **adjusting)) == "unknown_line"
    ladder.take_back(again(in_review), by=omar, line="costs.cost.0", rung="paper")


# --- The target group --------------------------------------------------------------------------------


def test_the_officer_may_see_another_target_group_and_says_why(in_review, omar):
    verdict = line(in_review, VERDICT)
    assert (verdict.said_as, verdict.counting_group) == ("over_qualified", "over_qualified")
    ladder.adjust(in_review, by=omar, line=VERDICT, group="unemployed", note="She was laid off in May.")
    assert (line(in_review, VERDICT).counting_group, line(in_review, VERDICT).said_as) == (
        "unemployed",
        "over_qualified",
    )


def test_a_target_group_is_one_of_the_list_and_stands_on_no_paper(in_review, omar, stub):
    adjusting = {"by": omar, "line": VERDICT, "group": "rich", "note": "So."}
    assert refused(lambda: ladder.adjust(in_review, **adjusting)) == "unknown_group"
    paper = {"by": omar, "line": VERDICT, "cents": 1, "document": stub}
    assert refused(lambda: ladder.note_paper(in_review, **paper)) == "unknown_line"


# --- What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"note": "  "}, "empty_note"),
        ({"line": "budget.yacht.0"}, "unknown_line"),
        ({"cents": None}, "not_a_sum"),
        ({"cents": -1}, "not_a_sum"),
        ({"cents": 10**15}, "not_a_sum"),
        ({"seen": "230000..7"}, "figure_moved"),
    ],
)
def test_what_cannot_be_adjusted_leaves_no_trace(in_review, omar, said, code):
    usual = {"by": omar, "line": PAY, "cents": 200_000, "note": "Tips."}
    assert refused(lambda: ladder.adjust(in_review, **{**usual, **said})) == code


def test_a_paper_of_another_case_proves_nothing_here(in_review, omar, bilal, product):
    strange = filling.add_paper(filling.start(bilal, product), "income", picture(), name="stub.jpg", by=bilal)
    noting = {"by": omar, "line": PAY, "cents": 1, "document": strange.pk}
    assert refused(lambda: ladder.note_paper(in_review, **noting)) == "not_a_paper_of_the_case"


def test_nothing_is_taken_back_where_nothing_was_found(in_review, omar):
    for rung in ("paper", "adjusted", "imagined"):
        taking = {"by": omar, "line": PAY, "rung": rung}
        assert refused(lambda taking=taking: ladder.take_back(in_review, **taking)) == "nothing_found"


def test_only_whoever_reviews_the_case_finds_anything_and_only_in_review(recommended, omar, olga, mariam):
    before = Event.objects.count()
    for by in (olga, mariam):
        with pytest.raises(TransitionNotAllowed):
            ladder.adjust(recommended, by=by, line=PAY, cents=1, note="So.")
    decision.send_back(recommended, by=mariam, note="Why?")
    with pytest.raises(PermissionDenied):
        ladder.adjust(again(recommended), by=olga, line=PAY, cents=1, note="So.")
    assert (Event.objects.count(), Finding.objects.count()) == (before + 1, 0)


def test_sent_twice_it_is_found_once_and_an_old_tab_is_told(in_review, omar):
    seen = line(in_review).token
    adjusting = {"by": omar, "line": PAY, "cents": 200_000, "note": "Tips.", "seen": seen}
    first = ladder.adjust(in_review, once_key="k1", **adjusting)
    assert ladder.adjust(again(in_review), once_key="k1", **adjusting) == first
    assert refused(lambda: ladder.adjust(again(in_review), once_key="k2", **adjusting)) == "figure_moved"
    other = {**adjusting, "cents": 190_000}
    assert refused(lambda: ladder.adjust(again(in_review), once_key="k1", **other)) == "once_key_reused"


# --- Where the case stands ---------------------------------------------------------------------------


def test_the_month_is_read_as_said_and_as_it_counts(noted, omar):
    ladder.adjust(noted, by=omar, line=DEBTS, cents=20_000, note="A card she forgot.")
    standing = ladder.standing_of(again(noted))
    assert (standing.said.income_cents, standing.said.costs_cents, standing.said.left_cents) == (
        230_000,
        167_800,
        62_200,
    )
    assert (standing.counting.income_cents, standing.counting.costs_cents, standing.counting.left_cents) == (
        210_000,
        187_800,
        22_200,
    )
    assert (standing.said.fits_cents, standing.counting.fits_cents) == (31_100, 11_100)


def test_the_payment_asked_for_stands_beside_both_months(noted):
    load = ladder.standing_of(again(noted)).requested
    asked = (load.terms.principal_cents, load.terms.repayment_months)
    assert asked == (500_000, 24)
    assert load.said.household.left_cents == 62_200 - load.payment_cents
    assert load.counting.household.left_cents == 42_200 - load.payment_cents
    assert load.counting.household.stressed_cents == 42_200 - 21_000 - load.payment_cents
    assert load.counting.debt_share * 210_000 == load.payment_cents


def test_terms_that_were_recommended_have_their_own_payment(recommended):
    standing = ladder.standing_of(again(recommended))
    assert standing.recommended.terms.repayment_months == TERMS["repayment_months"]
    assert standing.recommended.payment_cents == standing.requested.payment_cents


def test_it_reads_in_four_queries(recommended, omar, rf):
    request = rf.get("/")
    request.user = omar
    case = staff_case_or_404(request, recommended.reference)
    with CaptureQueriesContext(connection) as queries:
        ladder.standing_of(case)
    assert len(queries) <= 4

"""“Is this for me?”: questions from the rows, answered by the rules that judge the form."""

from datetime import date

import pytest

from loans.eligibility import RULES
from loans.models import EligibilityRule, Product
from loans.purposes import PURPOSES
from loans.screening import ELSEWHERE, MOST_QUESTIONS, NEARBY, QUESTIONS, SITUATIONS, UNSURE, Screening

DAY = date(2026, 11, 26)
LEAP_DAY = date(2028, 2, 29)


def screened(said, day=DAY):
    return Screening(Product.objects.on_offer(day).prefetch_related("eligibility"), said, day)


def fits(said, code, day=DAY):
    return next(v for v in screened(said, day).verdicts if v.product.code == code).fits


def every_road(said=()):
    """Every way through the questions: the answers, in order."""
    screening = screened(dict(said))
    if not screening.name:
        yield said
    for choice in screening.choices:
        yield from every_road((*said, (screening.name, choice.code)))


def add_row(code, rule, operand):
    EligibilityRule.objects.create(product=Product.objects.get(code=code), rule=rule, operand=operand, reason="a test")


def test_every_kind_of_rule_has_its_question():
    assert set(QUESTIONS) == set(RULES)
    assert len({question.name for question in QUESTIONS.values()}) == len(QUESTIONS)


TRAINING = {"purpose": "training", "place": "Ottawa", "status": "permanent_resident", "years": "0", "living": "25"}
BUSINESS = {"purpose": "business", "place": "Ottawa", "share": "51"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "code", "said", "name", "fitting", "misfitting"),
    [
        ("lives_in", "professional-development", TRAINING, "place", "Ottawa", "elsewhere"),
        ("status_among", "interest-free", TRAINING, "status", "protected_person", "citizen"),
        ("years_in_canada_under", "interest-free", TRAINING, "years", "0", "5"),
        ("living_costs_up_to_percent", "credential", TRAINING, "living", "25", "100"),
        ("owners_sign_percent", "business", BUSINESS, "share", "51", "0"),
    ],
)
def test_each_kind_of_rule_fits_does_not_or_stays_open(office, rule, code, said, name, fitting, misfitting):
    row = office.get(code=code).eligibility.get(rule=rule)
    verdicts = {}
    for answer in (fitting, misfitting, UNSURE):
        screening = screened({**said, name: answer})
        verdicts[answer] = next(v for v in screening.verdicts if v.product.code == code)
    assert [verdict.fits for verdict in verdicts.values()] == [True, False, None]
    assert verdicts[misfitting].sentences == verdicts[UNSURE].sentences == (row.sentence,)
    assert verdicts[fitting].sentences == ()


@pytest.mark.django_db
def test_no_road_through_the_questions_of_a_new_office_takes_more_than_five_taps(office):
    roads = list(every_road())
    assert max(map(len, roads)) == MOST_QUESTIONS == 5
    assert max(len(road) for road in roads if ("purpose", "business") in road) == 3
    assert len(roads) > 100
    for road in roads:
        if UNSURE not in dict(road).values():
            assert None not in {verdict.fits for verdict in screened(dict(road)).verdicts}, road


@pytest.mark.django_db
def test_what_a_sixth_tap_would_tell_stays_open(office):
    said = {**TRAINING, **BUSINESS, "purpose": UNSURE}
    screening = screened(said)
    assert [each.name for each in screening.answered] == ["purpose", "place", "status", "years", "share"]
    assert screening.name == ""
    assert fits(said, "business") is True
    assert fits(said, "credential") is None


@pytest.mark.django_db
def test_a_row_makes_its_question_appear(office):
    assert screened(BUSINESS).name == ""
    add_row("business", "years_in_canada_under", [3])
    screening = screened(BUSINESS)
    assert [each.name for each in screened({**BUSINESS, "years": "0"}).answered] == [
        "purpose",
        "place",
        "years",
        "share",
    ]
    assert (screening.name, [choice.code for choice in screening.choices]) == ("years", ["0", "3", UNSURE])
    assert fits({**BUSINESS, "years": "0"}, "business") is True
    assert fits({**BUSINESS, "years": "3"}, "business") is False


@pytest.mark.django_db
def test_limits_of_several_products_give_one_answer_a_span(office):
    add_row("credential", "years_in_canada_under", [3])
    said = {name: answer for name, answer in TRAINING.items() if name != "years"}
    screening = screened(said)
    assert [str(choice.label) for choice in screening.choices] == [
        "Less than 3 years",
        "3 years or more, but less than 5",
        "5 years or more",
        "I do not know",
    ]
    spans = {code: (fits({**said, "years": code}, "credential"), fits({**said, "years": code}, "interest-free"))
             for code in ("0", "3", "5", UNSURE)}  # fmt: skip
    assert spans == {"0": (True, True), "3": (False, True), "5": (False, False), UNSURE: (None, None)}


@pytest.mark.django_db
def test_parts_of_a_business_and_living_costs_have_their_spans_too(office):
    add_row("credential", "owners_sign_percent", [75])
    add_row("professional-development", "owners_sign_percent", [51])
    add_row("professional-development", "living_costs_up_to_percent", [50])
    owners = QUESTIONS["owners_sign_percent"].choices([[51], [75]], DAY)
    assert [str(c.label) for c in owners] == ["75% or more", "51% or more, but less than 75%", "Less than 51%"]
    judged = [[RULES["owners_sign_percent"].fits(c.forms[0], [limit], DAY) for limit in (51, 75)] for c in owners]
    assert judged == [[True, True], [True, False], [False, False]]
    living = QUESTIONS["living_costs_up_to_percent"].choices([[25], [50]], DAY)
    assert [str(c.label) for c in living] == ["Nothing, or up to 25%", "More than 25%, up to 50%", "More than 50%"]
    judged = [
        [RULES["living_costs_up_to_percent"].fits(c.forms[0], [limit], DAY) for limit in (25, 50)] for c in living
    ]
    assert judged == [[True, True], [False, True], [False, False]]


@pytest.mark.django_db
def test_years_are_counted_on_a_leap_day_too(office):
    assert fits({**TRAINING, "years": "0"}, "interest-free", LEAP_DAY) is True
    assert fits({**TRAINING, "years": "5"}, "interest-free", LEAP_DAY) is False


@pytest.mark.django_db
def test_who_lives_in_one_of_two_areas_may_or_may_not_live_in_the_other(office):
    office.get(code="interest-free").eligibility.filter(rule="lives_in").update(operand=["Ottawa East", "K1"])
    codes = [choice.code for choice in screened({"purpose": "training"}).choices]
    assert codes == ["Ottawa", "Ottawa East", ELSEWHERE, UNSURE]
    assert fits({**TRAINING, "place": "Ottawa"}, "interest-free") is None  # a part of it
    assert fits({**TRAINING, "place": "Ottawa"}, "professional-development") is True
    assert fits({**TRAINING, "place": "Ottawa East"}, "professional-development") is True
    assert fits({**TRAINING, "place": ELSEWHERE}, "interest-free") is False


@pytest.mark.django_db
def test_nothing_is_asked_for_the_sake_of_a_loan_that_is_out_of_the_running(office):
    screening = screened({"purpose": "business", "place": ELSEWHERE})
    assert screening.name == ""
    assert {verdict.fits for verdict in screening.verdicts} == {False}


@pytest.mark.django_db
def test_one_purpose_is_not_asked_about(office):
    office.filter(purpose="business").update(effective_to=date(2020, 1, 2))
    assert screened({}).name == "place"


@pytest.mark.django_db
def test_a_loan_for_something_else_says_for_what(office):
    verdict = next(v for v in screened(BUSINESS).verdicts if v.product.code == "credential")
    assert (verdict.fits, verdict.sentences) == (False, ("This loan is for something else: Training.",))


@pytest.mark.django_db
def test_answers_that_nobody_gave_us_are_asked_again(office):
    screening = screened({**TRAINING, "place": "Atlantis"})
    assert (screening.name, [each.name for each in screening.answered]) == ("place", ["purpose"])


@pytest.mark.django_db
def test_a_situation_says_what_for_and_where(office):
    assert screened(BUSINESS).situations == {"business", NEARBY}
    assert screened({"purpose": UNSURE, "place": ELSEWHERE}).situations == {*PURPOSES, ELSEWHERE}
    assert set(PURPOSES) | {NEARBY, ELSEWHERE} == SITUATIONS


@pytest.mark.django_db
def test_an_office_that_lends_nothing_asks_nothing():
    screening = screened({})
    assert (screening.name, screening.verdicts) == ("", [])

"""For whom a product is meant: rows that flag and never refuse."""

from datetime import date

import pytest

from loans.eligibility import LIVING, RULES, misfits
from loans.lifecycle.applying import filling, submission
from loans.models import EligibilityRule
from loans.purposes.training import COST_KINDS
from tests.cases import again, fill_in

DAY = date(2026, 11, 24)


def said(page, **answers):
    return {page: [{name: {"raw": str(value), "value": value} for name, value in answers.items()}]}


def costs(*lines):
    return {
        "costs": [{"what": {"raw": "", "value": what}, "cost": {"raw": "", "value": cents}} for what, cents in lines]
    }


@pytest.mark.parametrize(
    ("rule", "operand", "answers", "fits"),
    [
        ("status_among", ["citizen"], said("status", status="citizen"), True),
        ("status_among", ["citizen"], said("status", status="temporary"), False),
        ("status_among", ["citizen"], {}, None),
        ("lives_in", ["Ottawa", "K1", "K2"], said("about-me", postal_code="k2p 1l4"), True),
        ("lives_in", ["Ottawa", "K1", "K2"], said("about-me", postal_code=" K 1 N 5 X 6"), True),
        ("lives_in", ["Ottawa", "K1", "K2"], said("about-me", postal_code="J8X 3X7"), False),
        ("years_in_canada_under", [5], said("status", arrived_on="2021-11-25"), True),
        ("years_in_canada_under", [5], said("status", arrived_on="2021-11-24"), False),
        ("owners_sign_percent", [51], said("business", share=51), True),
        ("owners_sign_percent", [51], said("business", share=50), False),
        ("owners_sign_percent", [51], {**said("business", share=30), **said("owners", owner_share=21)}, True),
        ("living_costs_up_to_percent", [25], costs(("tuition", 30_000), ("living", 10_000)), True),
        ("living_costs_up_to_percent", [25], costs(("tuition", 29_999), ("living", 10_000)), False),
        ("living_costs_up_to_percent", [25], costs(("tuition", None)), None),
    ],
)
def test_a_rule_reads_the_answers(rule, operand, answers, fits):
    row = EligibilityRule(rule=rule, operand=operand)
    assert RULES[rule].fits(answers, operand, DAY) is fits
    assert misfits([row], answers, DAY) == ([(rule, operand)] if fits is False else [])


def test_living_costs_are_a_kind_of_cost():
    assert LIVING in dict(COST_KINDS)


@pytest.mark.django_db
def test_every_row_of_a_new_office_names_a_rule_and_why_it_may_be_asked(office):
    rows = EligibilityRule.objects.all()
    assert {row.product.code for row in rows} == set(office.values_list("code", flat=True))
    assert all(row.rule in RULES and row.reason and row.sentence for row in rows)


@pytest.mark.django_db
def test_who_does_not_fit_is_told_kindly_and_may_send_all_the_same(client, office, amina, omar):
    case = filling.start(amina, office.get(code="professional-development"))
    fill_in(case, amina, about_me={"postal_code": "H2X 1Y4"})
    client.force_login(amina)
    page = client.get(f"/my/{case.reference}/form/check/").content.decode()
    assert "For people who live in this area: Ottawa (postal codes K1, K2, K4)." in page
    assert "You may send it all the same" in page
    submission.submit(case, by=amina)
    assert again(case).state == "submitted"
    EligibilityRule.objects.update(operand=["Montréal", "H2"])  # what is sent stands as it was judged on that day
    client.force_login(omar)
    file = client.get(f"/cases/{case.reference}/").content.decode()
    assert "For people who live in this area: Ottawa (postal codes K1, K2, K4)." in file


@pytest.mark.django_db
def test_who_fits_reads_nothing_of_it(client, submitted, omar):
    client.force_login(omar)
    assert "Does not fit" not in client.get(f"/cases/{submitted.reference}/").content.decode()

"""What raises a flag: somebody alike, a tie to who works here, a bankruptcy, figures, a list of sanctions."""

import pytest

from accounts.models import Phone, Role
from accounts.phones import hash_of
from config import clock
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.reviewing import conflicts, diary, flags, ladder, review, sanctions
from loans.purposes import PURPOSES
from tests.cases import again, fill_in
from tests.days_ahead import days_ahead
from tests.flags import LIST, answers, found, refused, sends_the_budget_again, sent, the_flag
from tests.people import somebody

pytestmark = pytest.mark.django_db


def test_an_ordinary_case_has_no_flag(in_review):
    assert found(in_review) == []


# --- The same person ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "about", "by"),
    [
        ("EL SAYED Amina", {}, ["name"]),
        ("Aminah Sayed", {"phone": "+1 613 555 0123"}, ["phone"]),
        ("Amina El‑Sayed Hassan", {"phone": "(613) 555-0123"}, ["name", "phone"]),
    ],
)
def test_somebody_alike_is_found_by_name_and_telephone(in_review, product, name, about, by):
    sent(product, "other@example.org", name, about_me=about)
    assert the_flag(in_review, "same_person").found.facts["by"] == by


def test_names_are_compared_in_any_script(product):
    case = sent(product, "one@example.org", "أحمد السيد")
    sent(product, "two@example.org", "سيد احمد")
    chinese = sent(product, "three@example.org", "刘洋")
    sent(product, "four@example.org", "刘 洋")
    assert the_flag(case, "same_person").found.facts["by"] == ["name"]
    assert the_flag(chinese, "same_person").found.facts["by"] == ["name"]


def test_the_same_number_and_the_same_mailbox_are_found(product):
    one = sent(product, "one@example.org", "One Person", about_me={"sin": "130 692 544", "phone": "613-555-0101"})
    sent(product, "two@example.org", "Two People", about_me={"sin": "130-692-544", "phone": "613-555-0102"})
    sent(product, "one+loan@example.org", "Third Name", about_me={"phone": "613-555-0103"})
    assert [flag.found.facts["by"] for flag in found(one, "same_person")] == [["sin"], ["email"]]


def test_the_date_of_birth_stands_beside(in_review, product):
    sent(product, "a@example.org", "Amina El-Sayed", about_me={"born_on": "27/3/1985"})
    sent(product, "b@example.org", "Amina El-Sayed", about_me={"born_on": "28/3/1985"})
    assert [flag.found.facts["born"] for flag in found(in_review, "same_person")] == ["same", "other"]


def test_a_draft_and_a_stranger_raise_nothing(in_review, product):
    person = somebody("c@example.org", "Amina El-Sayed")
    fill_in(filling.start(person, product), person)
    sent(product, "d@example.org", "Amina Hassan")
    assert found(in_review) == []


def test_a_case_that_a_conflict_hides_is_told_only_to_be_there(in_review, product, omar, olga):
    other = sent(product, "e@example.org", "Amina El-Sayed")
    conflicts.declare(other, by=olga, note="My cousin.")
    for reader, may in ((omar, True), (olga, False)):
        cases = the_flag(in_review, "same_person", reader).found.beside["cases"]
        assert cases == [{"reference": other.reference, "may_open": may}]


# --- Ties to who works here --------------------------------------------------------------------------


def test_who_works_here_and_shares_a_name_or_a_telephone_is_found(in_review, omar):
    nadia = somebody("nadia@office.example", "Amina El Sayed", Role.FINANCE)
    Phone.objects.create(user=omar, number_hash=hash_of("+16135550123"), proven_at=clock.now())
    ties = {flag.found.facts["person"]: flag.found.facts["ties"] for flag in found(in_review, "staff_tie")}
    assert ties == {nadia.pk: [["applicant", "name"]], omar.pk: [["applicant", "phone"]]}


def test_a_reference_and_an_address_of_the_office_are_found(in_review, omar, mariam):
    said = {"relation": "Teacher", "how": "email", "verdict": "supports", "on": clock.today()}
    diary.contact_reference(in_review, by=omar, name="Haddad Mariam", **said)
    in_review.applicant.user.email = "amina@office.example"
    in_review.applicant.user.save()
    ties = {flag.found.facts["person"]: flag.found.facts["ties"] for flag in found(in_review, "staff_tie")}
    assert ties[mariam.pk] == [["applicant", "domain"], ["reference", "name"]]
    assert ties[omar.pk] == [["applicant", "domain"]]


def test_an_address_that_anybody_may_have_says_nothing(in_review, omar):
    for person in (in_review.applicant.user, omar):
        person.email = f"{person.pk}@gmail.com"
        person.save()
    assert found(in_review, "staff_tie") == []


def test_a_declared_conflict_answers_for_the_tie(in_review):
    nadia = somebody("nadia@office.example", "Amina El Sayed", Role.OFFICER)
    assert len(found(in_review, "staff_tie")) == 1
    conflicts.declare(again(in_review), by=nadia, note="My sister.")
    assert found(in_review, "staff_tie") == []


def test_nobody_answers_a_flag_about_themselves(in_review, omar):
    nadia = somebody("nadia@office.example", "Amina El Sayed", Role.OFFICER)
    flag = the_flag(in_review, "staff_tie")
    assert refused(lambda: answers(in_review, nadia, flag, "somebody_else")) == "flag_about_you"
    answers(in_review, omar, flag, "somebody_else")
    assert not the_flag(in_review, "staff_tie").is_open


# --- Bankruptcy and figures --------------------------------------------------------------------------


def test_a_bankruptcy_that_is_not_over_raises_a_flag(bankrupt):
    assert the_flag(bankrupt, "bankruptcy").found.facts == {"discharged_on": None}


@pytest.mark.parametrize(("months_ago", "is_flagged"), [(3, True), (23, True), (25, False)])
def test_one_that_is_over_is_told_within_the_months_of_the_product(in_review, omar, amina, months_ago, is_flagged):
    since = clock.today()
    year, month = divmod(since.year * 12 + since.month - 1 - months_ago, 12)
    day = f"1/{month + 1}/{year}"
    sends_the_budget_again(in_review, omar, amina, was_bankrupt="yes", discharged="yes", discharged_on=day)
    assert bool(found(in_review, "bankruptcy")) is is_flagged


def test_without_months_only_what_is_not_over_counts(in_review, omar, amina, product):
    product.bankruptcy_months = None
    product.save()
    day = f"1/1/{clock.today().year}"
    sends_the_budget_again(in_review, omar, amina, was_bankrupt="yes", discharged="yes", discharged_on=day)
    assert found(in_review, "bankruptcy") == []


def test_debts_beyond_the_share_of_the_product_raise_a_flag(in_review, omar):
    assert found(in_review, "debt_share") == []
    ladder.adjust(again(in_review), by=omar, line="budget.debts.0", cents=90_000, note="A second card.")
    flag = the_flag(in_review, "debt_share")
    assert (flag.found.facts["debts_cents"], flag.found.facts["income_cents"]) == (90_000, 230_000)
    assert flag.found.beside["share"] > in_review.product.debt_share


def test_who_has_no_income_is_beyond_any_share(in_review, omar):
    ladder.adjust(again(in_review), by=omar, line="budget.pay.0", cents=0, note="She was laid off.")
    assert the_flag(in_review, "debt_share").found.beside["share"] is None


def test_costs_of_living_beyond_the_cap_raise_a_flag_by_what_counts(amina, product, omar):
    case = fill_in(filling.start(amina, product), amina)
    costs = [{"what": "tuition", "cost": "4,000"}, {"what": "living", "cost": "1,400"}]
    filling.save(case, PURPOSES["training"].section("costs"), costs, by=amina)
    case = review.take(submission.submit(case, by=amina), by=omar)
    facts = {"living_cents": 140_000, "total_cents": 540_000, "limit_percent": 25}
    assert the_flag(case, "living_share").found.facts == facts
    assert flags.with_flags(type(case).objects).get(pk=case.pk).living_limit == [25]
    ladder.adjust(again(case), by=omar, line="costs.cost.1", cents=100_000, note="Her sister pays a part.")
    assert found(case, "living_share") == []


def test_the_same_figures_on_a_later_day_leave_the_answer(in_review, omar):
    ladder.adjust(again(in_review), by=omar, line="budget.debts.0", cents=90_000, note="A second card.")
    answers(in_review, omar, the_flag(in_review, "debt_share"))
    with clock.at(days_ahead(40)):
        assert not the_flag(in_review, "debt_share").is_open


# --- Lists of sanctions ------------------------------------------------------------------------------


def test_a_name_like_one_on_a_list_raises_a_flag_with_its_item(in_review, mariam):
    sanctions.load("Canada", LIST.encode(), by=mariam)
    facts = the_flag(in_review, "sanctions").found.facts
    assert (facts["item"], facts["part"], facts["roles"]) == ("42", "Schedule 1", ["applicant"])
    assert (facts["listed_born"], facts["born"]) == ("1985-03-27", "same")


@pytest.mark.parametrize(
    ("listed", "born"), [("1985", "same"), ("1985-03-28", "other"), ("1960/1961", "other"), ("", "unknown")]
)
def test_the_date_of_birth_of_the_list_is_compared(in_review, mariam, listed, born):
    sanctions.load("Canada", f"name,born\nAmina El-Sayed,{listed}\n".encode(), by=mariam)
    assert the_flag(in_review, "sanctions").found.facts["born"] == born


def test_an_alias_is_compared_too(in_review, mariam):
    sanctions.load("Canada", b"name;aliases\nA. B.;X Y|Sayed Amina\n", by=mariam)
    assert the_flag(in_review, "sanctions").found.facts["name"] == "A. B."


def test_the_next_version_of_a_list_leaves_the_answer_where_the_entry_is_the_same(in_review, mariam, omar):
    sanctions.load("Canada", LIST.encode(), by=mariam)
    answers(in_review, omar, the_flag(in_review, "sanctions"), "somebody_else", "Born in Cairo, not in Minsk.")
    sanctions.load("Canada", (LIST + "A New Name,,,Schedule 1,44\n").encode(), by=mariam)
    assert not the_flag(in_review, "sanctions").is_open
    sanctions.load("Canada", LIST.replace("1985-03-27", "1985").encode(), by=mariam)
    assert the_flag(in_review, "sanctions").is_open

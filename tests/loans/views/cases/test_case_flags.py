"""The page of the flags: what is shown to whom, and answering from it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import conflicts, flags, sanctions
from loans.models import FlagAnswer
from tests.bank import ALTERNA, give_account, left_from_an_earlier_offer
from tests.cases import TERMS, again, fill_in
from tests.journeys.person import Person
from tests.people import somebody

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
SHARED = "Somebody else gave the same bank account"


@pytest.fixture
def indebted(in_review, product):
    """A case whose debts, with the loan, are beyond what the product allows."""
    product.debt_share = Decimal("0.01")
    product.save()
    return again(in_review)


@pytest.fixture
def twin(in_review, product):
    """A case of somebody of the same name."""
    person = somebody("twin@example.org", "Twin")
    about = {"full_name": "EL SAYED Amina", "born_on": "1/1/1990", "phone": "613-555-0777"}
    case = fill_in(filling.start(person, product), person, about_me=about)
    return submission.submit(case, by=person)


def page_of(case, who):
    return Person("en", who).opens("case_flags", case.reference).content.decode()


def address(case, flag):
    return f"{reverse('flag_answer', args=[case.reference, flag.key])}?seen={flag.token}"


def test_a_flag_stands_with_its_facts_and_their_source(indebted, omar):
    page = page_of(indebted, omar)
    for words in ("Debts take more of the income", "$2,300.00", "The figures as they count", "The product allows"):
        assert words in page
    assert reverse("figures", args=[indebted.reference]) in page


def test_an_officer_answers_from_the_page_and_the_decider_reads_it(indebted, omar, mariam):
    [flag] = flags.flags_of(indebted)
    said = {"verdict": "fine", "note": "Her brother pays it.", "once_key": "k1"}
    for _ in range(2):
        page = Person("en", omar).browser.post(address(indebted, flag), said, follow=True).content.decode()
        assert "The answer is kept." in page
    assert FlagAnswer.objects.count() == 1
    page = page_of(indebted, mariam)
    for words in ("Her brother pays it.", "Omar Diallo answered", "Known, and fine"):
        assert words in page


def test_what_was_typed_is_shown_again_beside_what_is_wrong(indebted, omar):
    [flag] = flags.flags_of(indebted)
    answer = Person("en", omar).browser.post(address(indebted, flag), {"verdict": "", "note": "I asked."})
    assert answer.status_code == 422
    assert "I asked." in answer.content.decode()
    assert 'href="#id-debt_share-verdict"' in answer.content.decode()


def test_words_for_a_flag_that_went_meanwhile_are_not_lost(indebted, omar, product):
    [flag] = flags.flags_of(indebted)
    product.debt_share = None
    product.save()
    answer = Person("en", omar).browser.post(address(indebted, flag), {"verdict": "fine", "note": "I asked."})
    assert answer.status_code == 422
    assert "I asked." in answer.content.decode()
    assert "This flag is not there any more" in answer.content.decode()


def test_what_is_no_flag_is_not_there(indebted, omar):
    where = reverse("flag_answer", args=[indebted.reference, "yacht"])
    assert Person("en", omar).browser.post(where, {"verdict": "fine", "note": "So."}).status_code == 404


def test_the_other_case_is_linked_for_whom_it_exists_and_hidden_from_whom_not(twin, in_review, omar, olga):
    conflicts.declare(twin, by=olga, note="My cousin.")
    page = page_of(in_review, omar)
    assert twin.reference in page
    page = page_of(in_review, olga)
    assert "A case you may not open" in page
    assert twin.reference not in page
    assert "EL SAYED" not in page


def test_the_auditor_reads_and_answers_nothing(indebted, ada):
    page = page_of(indebted, ada)
    assert "Debts take more of the income" in page
    assert 'method="post" action="/cases' not in page


def test_the_file_and_every_tab_tell_how_many_are_open(indebted, omar, mariam):
    case = decision.recommend(indebted, by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    for name in ("case", "figures", "case_diary"):
        assert "Flags (1)" in Person("en", mariam).opens(name, case.reference).content.decode()
    page = Person("en", mariam).opens("case", case.reference).content.decode()
    assert "1 open" in page
    assert "They refuse nothing by themselves." in page
    assert "Approve" in page


def test_a_list_of_sanctions_is_named_with_its_day_and_without_one_that_is_said(in_review, omar, mariam):
    assert "No list of sanctions is loaded" in page_of(in_review, omar)
    sanctions.load("Canada", b"name,item,born\nAmina El-Sayed,42,1985-03-27\n", by=mariam)
    page = page_of(in_review, omar)
    for words in (
        "A name like this is on a list of sanctions",
        "item 42",
        "1985-03-27",
        "Names with 1 list of sanctions",
    ):
        assert words in page


def test_nothing_found_is_said(in_review, omar):
    assert "Nothing was found that should be looked at." in page_of(in_review, omar)


def test_bank_details_that_nobody_else_gave_ask_nothing_more(
    twin, indebted, amina, omar, mariam, django_assert_max_num_queries
):
    sanctions.load("Canada", b"name,item\nAmina El-Sayed,42\n", by=mariam)
    case = decision.recommend(indebted, by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    decision.approve(again(case), by=mariam)
    give_account(case, amina)
    person = Person("en", omar)
    shown = person.opens("case_flags", case.reference).content.decode()
    with django_assert_max_num_queries(MOST_QUERIES):
        person.opens("case_flags", case.reference)
    assert SHARED not in shown
    left_from_an_earlier_offer(twin, ALTERNA)
    assert SHARED in person.opens("case_flags", case.reference).content.decode()


def test_the_page_asks_little(twin, indebted, omar, mariam, django_assert_max_num_queries):
    sanctions.load("Canada", b"name,item\nAmina El-Sayed,42\n", by=mariam)
    case = decision.recommend(indebted, by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    for flag in flags.flags_of(again(case)):
        flags.answer_flag(again(case), by=omar, flag=flag.key, verdict="follow", note="I asked.")
    person = Person("en", omar)
    person.opens("case_flags", case.reference)
    with django_assert_max_num_queries(MOST_QUERIES):
        person.opens("case_flags", case.reference)

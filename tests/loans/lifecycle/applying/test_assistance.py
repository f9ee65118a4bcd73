"""Typing for somebody: with their consent, their own draft, seen only while one helps; and who typed never decides."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed

from accounts import phones
from accounts.models import Role, User
from accounts.people import give_role
from config import clock
from letters.models import POST, Letter
from letters.post import post
from letters.tasks import deliver_all
from loans import rules
from loans.lifecycle.applying import assistance, filling, signed_pages, submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.models import Answer, Application, Event
from loans.models.form import Form
from loans.sections import ABOUT_ME
from tests.assisted import NUMBER, begin, check_signed
from tests.cases import TERMS, again, fill_in

pytestmark = pytest.mark.django_db


# --- Begun by the office ---------------------------------------------------------------------------


def test_a_form_is_begun_for_somebody_without_a_mailbox(office, omar):
    case = begin(omar, phone=NUMBER)
    person = case.applicant.user
    assert (case.state, case.assisted_by, case.assisted_way, case.assistants) == ("draft", omar, "paper", [omar.pk])
    assert person.email.endswith("@nobody.invalid")
    assert (person.name, person.language, person.is_staff) == ("Rosa Delgado", "fr", False)
    assert not Letter.objects.filter(to=person).exists()


def test_the_consent_is_noted_with_its_words_by_whom_and_when(office, omar):
    case = begin(omar)
    noted = case.assistances.get()
    assert (noted.event.by, noted.event.verb, noted.words_version, noted.words_language) == (omar, "assist", "1", "fr")
    assert "Je peux arrêter cela à tout moment" in noted.words
    assert noted.event.detail == {"way": "paper", "words": "1"}


def test_what_is_known_of_the_person_is_typed_already(office, omar):
    form = Form(begin(omar, phone=NUMBER))
    assert (form.value("about-me", "full_name"), form.raw("about-me", "phone")) == ("Rosa Delgado", NUMBER)
    assert form.answer("about-me", "full_name").saved_by == omar


def test_somebody_with_an_account_gets_a_draft_of_their_own_and_is_told(office, omar, amina):
    case = begin(omar, email=" Amina@Example.org ", name="Amina", language="en")
    assert case.applicant.user == amina
    assert Letter.objects.get(to=amina).kind == "assistance_begun"
    assert case in Application.objects.belonging_to(amina)


def test_nothing_of_their_earlier_forms_is_carried_into_a_form_that_staff_types(draft, omar, amina):
    case = begin(omar, email=amina.email, language="en")
    assert {answer.field for answer in case.answers.all()} == {"full_name"}


def test_a_number_typed_by_staff_is_no_way_into_an_account_that_was_there(office, omar, amina):
    case = begin(omar, email=amina.email, phone=NUMBER, language="en")
    assert case.assistances.get().phone is None
    new = begin(omar, name="Nour", email="nour@example.org", phone=NUMBER)
    assert new.assistances.get().phone == NUMBER


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"agreed": False}, "not_agreed_aloud"),
        ({"name": "  "}, "no_words"),
        ({"way": "helper"}, "not_listed"),
        ({"way": "dream"}, "not_listed"),
        ({"email": "omar@office.example"}, "of_somebody_here"),
        ({"email": "olga@office.example"}, "of_somebody_here"),
    ],
)
def test_what_may_not_be_leaves_no_trace(office, omar, olga, wrong, code):
    with pytest.raises(Refused, match=code):
        begin(omar, **wrong)
    assert (Application.objects.count(), Event.objects.count()) == (0, 0)
    assert not User.objects.filter(email__endswith="@nobody.invalid").exists()


def test_the_telephone_of_somebody_who_works_here_is_nobodys_telephone(office, omar, olga):
    phones.Phone.objects.create(
        user=olga, number_sealed=NUMBER, number_hash=phones.hash_of(NUMBER), proven_at=clock.now()
    )
    with pytest.raises(Refused, match="of_somebody_here"):
        begin(omar, phone=NUMBER)


@pytest.mark.parametrize("who", ["felix", "ada", "carl", "bilal"])
def test_only_officers_and_managers_begin_a_form(office, request, who):
    with pytest.raises(PermissionDenied):
        begin(request.getfixturevalue(who))
    assert not Application.objects.exists()


def test_the_same_form_sent_twice_begins_one_draft(office, omar):
    assert begin(omar, once_key="k1") == begin(omar, once_key="k1")
    assert Application.objects.count() == 1


# --- Letters to somebody without a mailbox -----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_no_machine_ever_sends_a_letter_to_somebody_without_a_mailbox(on_paper, mailoutbox):
    person = on_paper.applicant.user
    with transaction.atomic():
        letter = post("received", to=person, facts={}, occasion="once")
        code = post("sign_in_code", to=person, facts={"code": "123456"}, occasion="once")
    deliver_all([letter.pk, code.pk])
    assert ([again(each).channel for each in (letter, code)], mailoutbox) == ([POST, POST], [])
    assert (again(letter).state, again(code).state) == ("waiting", "failed")


# --- Who sees and types ------------------------------------------------------------------------------


def test_only_who_helps_and_the_person_see_the_draft(on_paper, omar, olga, mariam, ada, carl):
    assert on_paper in Application.objects.visible_to(omar)
    assert on_paper in Application.objects.visible_to(on_paper.applicant.user)
    for other in (olga, mariam, ada, carl):
        assert on_paper not in Application.objects.visible_to(other)
        assert on_paper not in Application.objects.filled_in_by(other)


def test_every_answer_knows_who_typed_it(on_paper, omar):
    assert {answer.saved_by for answer in Answer.objects.filter(application=on_paper)} == {omar}


def test_who_does_not_help_does_not_type(on_paper, olga):
    with pytest.raises(Refused, match="not_open"):
        filling.save(on_paper, ABOUT_ME, [{"called": "Rose"}], by=olga)


def test_a_colleague_goes_on_and_the_first_sees_it_no_more(on_paper, omar, olga):
    case = assistance.pass_on(on_paper, by=omar, to=olga)
    assert (case.assisted_by, case.assistants) == (olga, [omar.pk, olga.pk])
    assert again(case) in Application.objects.visible_to(olga)
    assert again(case) not in Application.objects.visible_to(omar)
    with pytest.raises(Refused, match="not_open"):
        filling.save(again(case), ABOUT_ME, [{"called": "Rose"}], by=omar)
    old, new = case.assistances.all()
    assert (old.ended, new.event, new.phone, new.words) == (case.event, case.event, old.phone, old.words)


@pytest.mark.parametrize("who", ["omar", "felix", "bilal"])
def test_it_is_handed_to_another_officer_or_manager_only(on_paper, omar, request, who):
    with pytest.raises(Refused, match="unknown_colleague"):
        assistance.pass_on(on_paper, by=omar, to=request.getfixturevalue(who))
    assert again(on_paper).assisted_by == omar


def test_the_person_ends_the_help_at_once(by_phone, omar):
    amina = by_phone.applicant.user
    assistance.end(by_phone, by=amina)
    case = again(by_phone)
    assert (case.assisted_by, case.assistants, case.assistances.get().ended.by) == (None, [omar.pk], amina)
    assert case not in Application.objects.visible_to(omar)
    with pytest.raises(Refused, match="not_open"):
        filling.save(case, ABOUT_ME, [{"called": "A"}], by=omar)
    assert submission.submit(case, by=amina).state == "submitted"


def test_nobody_else_ends_it(on_paper, olga, bilal):
    for other in (olga, bilal):
        with pytest.raises(PermissionDenied):
            assistance.end(on_paper, by=other)


def test_who_loses_their_role_loses_the_draft(on_paper, omar):
    omar.grants.update(ended_at=clock.now())
    omar = User.objects.get(pk=omar.pk)
    assert on_paper not in Application.objects.visible_to(omar)
    with pytest.raises(Refused, match="not_open"):
        filling.save(on_paper, ABOUT_ME, [{"called": "Rose"}], by=omar)


def test_who_typed_does_not_send(on_paper, omar):
    with pytest.raises(PermissionDenied):
        submission.submit(on_paper, by=omar)


# --- A helper whom the person asks ------------------------------------------------------------------


def test_the_person_lets_a_settlement_worker_type(helped, amina, samira):
    noted = helped.assistances.get()
    assert (noted.event.by, noted.helper, noted.name, noted.way) == (amina, samira, "Samira, OCISO", "helper")
    assert "Only I can send it" in noted.words
    assert Letter.objects.get(to=samira).kind == "helper_invited"
    assert list(Application.objects.visible_to(samira)) == [helped]
    filling.save(helped, ABOUT_ME, [{"called": "Mina"}], by=samira)
    assert Form(helped).answer("about-me", "called").saved_by == samira


def test_a_helper_never_sends_and_sees_nothing_afterwards(helped, amina, samira):
    with pytest.raises(PermissionDenied):
        submission.submit(helped, by=samira)
    submission.submit(helped, by=amina)
    assert not Application.objects.visible_to(samira).exists()
    with pytest.raises(Refused, match="not_open"):
        filling.save(again(helped), ABOUT_ME, [{"called": "Mina"}], by=samira)


def test_a_helper_sees_nothing_from_the_moment_the_help_ends(helped, amina, samira):
    assistance.end(helped, by=amina)
    assert not Application.objects.visible_to(samira).exists()


def test_a_helper_confirms_nothing_for_the_person(helped, samira):
    for verb in ("send_confirmation", "confirm_by_code", "print_summary", "check_signed_page", "pass_on"):
        assert verb not in {move.name for move in helped.get_available_user_state_transitions(samira)}


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("amina@example.org", "own_helper"),
        ("omar@office.example", "of_somebody_here"),
        ("nobody", "not_an_address"),
        ("x@nobody.invalid", "of_somebody_here"),
    ],
)
def test_not_everybody_can_be_a_helper(draft, amina, omar, email, code):
    with pytest.raises(Refused, match=code):
        assistance.invite(draft, by=amina, email=email, name="Sam", agreed=True)
    assert again(draft).assisted_by is None


def test_one_helps_at_a_time(helped, amina):
    with pytest.raises(Refused, match="helped_already"):
        assistance.invite(helped, by=amina, email="lea@settle.example", name="Léa", agreed=True)


def test_what_was_sent_takes_no_helper(submitted, amina):
    with pytest.raises(TransitionNotAllowed):
        assistance.invite(submitted, by=amina, email="lea@settle.example", name="Léa", agreed=True)


# --- Who typed never decides --------------------------------------------------------------------------


@pytest.fixture
def recommended_after_typing(office, mariam, omar):
    """A form that Mariam, the manager, typed and Olga's colleague Omar recommended."""
    case = begin(mariam, name="Amina El-Sayed", email="amina@example.org", way="desk", language="en")
    fill_in(case, mariam)
    submission.submit(again(case), by=case.applicant.user)
    review.take(again(case), by=omar)
    decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
    return again(case)


def test_a_manager_who_typed_neither_approves_nor_declines_nor_sends_back(recommended_after_typing, mariam):
    case = recommended_after_typing
    for verb in (
        lambda: decision.approve(case, by=mariam),
        lambda: decision.decline(case, by=mariam, reasons=["not_affordable"]),
        lambda: decision.send_back(case, by=mariam, note="Why?"),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert again(case).state == "recommended"


def test_nor_does_she_vote_or_hear_the_appeal_whatever_roles_she_gets(recommended_after_typing, mariam):
    give_role(mariam, Role.COMMITTEE, by=None)
    everywhere = User.objects.get(pk=mariam.pk)
    assert not rules.sits_on(recommended_after_typing, everywhere)
    assert not rules.may_hear_appeal(recommended_after_typing, everywhere)


def test_an_officer_who_typed_may_review_it(on_paper, omar, olga):
    page = check_signed(on_paper, omar)
    case = signed_pages.confirm(again(on_paper), by=olga, page=page.pk, matches=True)
    assert review.take(case, by=omar).reviewer == omar

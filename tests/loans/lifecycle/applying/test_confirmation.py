"""What was typed for a person is sent by nobody but them: by their code, or by their signature that two compared."""

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from accounts.codes import CodeError
from accounts.models import User
from config import clock
from letters.models import Letter
from loans.lifecycle.applying import assistance, confirmation, filling, signed_pages
from loans.lifecycle.applying.fingerprint import fingerprint
from loans.lifecycle.applying.submission import Incomplete
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing.messages import Attached
from loans.models import Application, SignedPage
from loans.models.form import Form
from loans.sections import ABOUT_ME
from tests.assisted import NUMBER, begin, check_signed, code_sent
from tests.cases import again, fill_in, picture
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


def send_code(case, by, to="mail"):
    confirmation.send_code(again(case), by=by, to=to)
    kind = "confirmation_text" if to == "text" else "confirmation_code"
    return code_sent(case.applicant.user, kind)


def confirm(case, by, code, **other):
    return confirmation.confirm_by_code(again(case), by=by, code=code, **{"read_aloud": True, **other})


def change_an_answer(case, by):
    filling.save(again(case), ABOUT_ME, [{"called": "Mina"}], by=by)


@pytest.fixture
def texts(settings, tmp_path):
    """Texts are laid down in a folder."""
    settings.SMS_URL = f"file://{tmp_path}/texts"


# --- The fingerprint -----------------------------------------------------------------------------------


def test_it_changes_with_an_answer_and_with_a_paper_and_with_nothing_else(by_phone, omar):
    first = fingerprint(by_phone)
    assert fingerprint(again(by_phone)) == first
    filling.save(by_phone, ABOUT_ME, [{"called": Form(by_phone).raw("about-me", "called")}], by=omar)
    assert fingerprint(by_phone) == first
    change_an_answer(by_phone, omar)
    second = fingerprint(by_phone)
    filling.add_paper(by_phone, "income", picture(), name="two.jpg", by=omar)
    assert len({first, second, fingerprint(by_phone)}) == 3


# --- By a code ---------------------------------------------------------------------------------------


def test_the_code_of_the_person_sends_the_form_as_theirs(by_phone, omar):
    amina = by_phone.applicant.user
    case = confirm(by_phone, omar, send_code(by_phone, omar))
    assert case.state == "submitted"
    sent = case.events.get(verb="submit")
    assert (sent.by, sent.detail) == (amina, {"confirmed": "code", "typed_by": omar.pk})
    assert [event.by for event in case.events.filter(verb__in=["send_confirmation", "confirm_by_code"])] == [omar, omar]
    assert case.events.get(verb="send_confirmation").detail == {"to": "mail"}
    assert case not in Application.objects.typed_for_somebody_by(omar)


def test_consents_are_kept_as_the_persons_in_the_language_they_read(office, omar):
    case = begin(omar, name="Nour", email="nour@example.org", language="fr")
    fill_in(case, omar)
    case = confirm(case, omar, send_code(case, omar))
    assert {(consent.user, consent.language) for consent in case.consents.all()} == {(case.applicant.user, "fr")}


def test_a_code_goes_by_text_to_the_number_the_person_gave(office, omar, texts):
    case = begin(omar, phone=NUMBER)
    fill_in(case, omar)
    case = again(case)
    assert confirmation.ways_to(case) == ["text"]
    code = send_code(case, omar, "text")
    assert Letter.objects.get(kind="confirmation_text").address == NUMBER
    assert confirm(case, omar, code).state == "submitted"


def test_without_a_gateway_or_a_mailbox_there_is_no_code(on_paper, omar, settings):
    settings.SMS_URL = ""
    assert confirmation.ways_to(on_paper) == []
    with pytest.raises(Refused, match="not_listed"):
        confirmation.send_code(on_paper, by=omar, to="mail")


def test_an_answer_typed_after_the_code_makes_it_void(by_phone, omar):
    code = send_code(by_phone, omar)
    change_an_answer(by_phone, omar)
    with pytest.raises(CodeError, match="none_sent"):
        confirm(by_phone, omar, code)
    assert again(by_phone).state == "draft"
    assert confirm(by_phone, omar, send_code(by_phone, omar)).state == "submitted"


def test_five_wrong_codes_and_the_right_one_is_no_good_either(by_phone, omar):
    code = send_code(by_phone, omar)
    for _ in range(5):
        with pytest.raises(CodeError, match="wrong"):
            confirm(by_phone, omar, "000000" if code != "000000" else "000001")
    with pytest.raises(CodeError, match="too_many"):
        confirm(by_phone, omar, code)


def test_a_code_of_yesterday_is_no_good(by_phone, omar):
    code = send_code(by_phone, omar)
    with clock.at(days_ahead(1)), pytest.raises(CodeError, match="expired"):
        confirm(by_phone, omar, code)


def test_six_codes_an_hour_and_no_more(by_phone, omar):
    for _ in range(6):
        confirmation.send_code(again(by_phone), by=omar, to="mail")
    with pytest.raises(CodeError, match="too_many"):
        confirmation.send_code(again(by_phone), by=omar, to="mail")
    assert by_phone.events.filter(verb="send_confirmation").count() == 6


def test_a_code_for_a_form_with_gaps_is_not_sent(office, omar):
    case = begin(omar, email="nour@example.org")
    with pytest.raises(Incomplete):
        confirmation.send_code(case, by=omar, to="mail")
    assert not Letter.objects.filter(kind="confirmation_code").exists()


def test_the_answers_must_have_been_read_to_the_person(by_phone, omar):
    with pytest.raises(Refused, match="not_read_to_them"):
        confirm(by_phone, omar, send_code(by_phone, omar), read_aloud=False)


def test_nobody_but_who_types_takes_the_code(by_phone, omar, olga, mariam):
    code = send_code(by_phone, omar)
    for other in (olga, mariam):
        with pytest.raises(PermissionDenied):
            confirm(by_phone, other, code)
    assert confirm(by_phone, omar, code).state == "submitted"


def test_once_the_help_is_over_a_code_is_worth_nothing(by_phone, omar):
    code = send_code(by_phone, omar)
    assistance.end(again(by_phone), by=by_phone.applicant.user)
    with pytest.raises(PermissionDenied):
        confirm(by_phone, omar, code)


def test_the_second_click_gets_what_the_first_did(by_phone, omar):
    code = send_code(by_phone, omar)
    first, second = (confirm(by_phone, omar, code, once_key="k") for _ in range(2))
    assert first == second
    assert first.events.filter(verb="submit").count() == 1


# --- By a signed page ------------------------------------------------------------------------------


def test_two_who_compared_the_signed_page_let_it_be_sent(checked, on_paper, omar, olga):
    case = signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)
    sent = case.events.get(verb="submit")
    assert (case.state, sent.by, sent.detail["confirmed"]) == ("submitted", case.applicant.user, "paper")
    paper = case.documents.get(kind="signed_summary")
    assert (paper.added_by, paper.pages.get().file) == (omar, checked.scan)
    assert [(event.verb, event.by) for event in case.events.filter(verb__contains="signed_page").order_by("pk")] == [
        ("check_signed_page", omar),
        ("confirm_signed_page", olga),
    ]


def test_one_person_alone_is_not_enough(checked, on_paper, omar):
    with pytest.raises(PermissionDenied):
        signed_pages.confirm(again(on_paper), by=omar, page=checked.pk, matches=True)
    assert again(on_paper).state == "draft"


def test_nor_are_two_who_both_typed(checked, on_paper, omar, olga):
    assistance.pass_on(again(on_paper), by=omar, to=olga)
    for typist in (omar, olga):
        with pytest.raises(PermissionDenied):
            signed_pages.confirm(again(on_paper), by=typist, page=checked.pk, matches=True)


@pytest.mark.parametrize("who", ["felix", "ada", "carl", "bilal"])
def test_the_second_is_an_officer_or_a_manager(checked, on_paper, request, who):
    with pytest.raises(PermissionDenied):
        signed_pages.confirm(again(on_paper), by=request.getfixturevalue(who), page=checked.pk, matches=True)


def test_the_first_look_comes_first(on_paper, omar, olga):
    page = signed_pages.print_summary(on_paper, by=omar)
    with pytest.raises(Refused, match="not_checked_yet"):
        signed_pages.confirm(again(on_paper), by=olga, page=page.pk, matches=True)


def test_an_answer_typed_after_the_printing_makes_the_page_void(checked, on_paper, omar, olga):
    change_an_answer(on_paper, omar)
    with pytest.raises(Refused, match="page_void"):
        signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)
    assert again(on_paper).state == "draft"


def test_of_two_printings_only_the_newest_counts(on_paper, omar):
    old = signed_pages.print_summary(on_paper, by=omar)
    signed_pages.print_summary(again(on_paper), by=omar)
    with pytest.raises(Refused, match="page_void"):
        signed_pages.check(again(on_paper), by=omar, page=old.pk, scan=Attached("s.jpg", picture()), matches=True)


def test_a_page_that_does_not_match_is_turned_down_and_printed_anew(checked, on_paper, omar, olga):
    signed_pages.turn_down(again(on_paper), by=olga, page=checked.pk, note="⟦The date is missing.⟧")
    assert again(checked).turned_down.note.text == "⟦The date is missing.⟧"
    with pytest.raises(Refused, match="page_void"):
        signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)
    page = check_signed(on_paper, omar)
    assert signed_pages.confirm(again(on_paper), by=olga, page=page.pk, matches=True).state == "submitted"


def test_a_look_that_found_no_match_confirms_nothing(checked, on_paper, omar, olga):
    with pytest.raises(Refused, match="does_not_match"):
        signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=False)
    with pytest.raises(Refused, match="does_not_match"):
        signed_pages.check(on_paper, by=omar, page=checked.pk, scan=Attached("s.jpg", picture()), matches=False)


def test_what_is_no_picture_is_not_kept(on_paper, omar):
    page = signed_pages.print_summary(on_paper, by=omar)
    with pytest.raises(Refused):
        signed_pages.check(again(on_paper), by=omar, page=page.pk, scan=Attached("s.jpg", b"no"), matches=True)
    assert SignedPage.objects.get().checked is None


def test_a_form_with_gaps_is_not_printed(office, omar):
    with pytest.raises(Incomplete):
        signed_pages.print_summary(begin(omar), by=omar)


def test_once_the_help_is_over_no_page_counts(checked, on_paper, omar, olga):
    assistance.end(again(on_paper), by=omar)
    with pytest.raises(PermissionDenied):
        signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)
    assert not Application.objects.to_look_at_second(User.objects.get(pk=olga.pk)).exists()


def test_what_was_sent_is_not_confirmed_again(checked, on_paper, olga, mariam):
    signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)
    with pytest.raises(TransitionNotAllowed):
        signed_pages.confirm(again(on_paper), by=mariam, page=checked.pk, matches=True)


def test_a_receipt_for_somebody_without_a_mailbox_goes_by_post(checked, on_paper, olga):
    case = signed_pages.confirm(again(on_paper), by=olga, page=checked.pk, matches=True)
    letter = Letter.objects.get(to=case.applicant.user, kind="received")
    assert (letter.channel, letter.state, letter.language) == ("post", "waiting", "fr")


def test_the_form_takes_no_signed_page_as_one_of_its_papers(draft, amina):
    with pytest.raises(Refused, match="unknown_paper"):
        filling.add_paper(draft, "signed_summary", picture(), name="s.jpg", by=amina)

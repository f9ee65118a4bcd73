"""A partner is told about a person only once the person said yes to exactly that; what became of it is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django_fsm import TransitionNotAllowed

from applicants.models import Partner
from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.deciding import decision
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import conflicts, referrals
from loans.models import Consent, Event, Referral
from loans.models.referral import OUTCOME_DAYS
from tests.cases import again, seen
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
WISH = "A course at the University of Toronto"


@pytest.fixture
def partner(office):
    partner = Partner.objects.get(code="oclf")
    partner.email = "hello@oclf.example"
    partner.save()
    return partner


@pytest.fixture
def referral(in_review, omar, partner):
    return referrals.offer(in_review, by=omar, partner=partner, wish=f" {WISH} ")


@pytest.fixture
def agreed(referral, in_review, amina):
    return referrals.agree(in_review, by=amina, referral=referral)


@pytest.fixture
def sent(agreed, in_review, omar):
    return referrals.send(in_review, by=omar, referral=agreed, way="email")


def traces():
    return [model.objects.count() for model in (Referral, Event, Consent, Letter)]


def refused(act, error=Refused):
    """The code with which `act()` is refused; it leaves no trace."""
    before = traces()
    with pytest.raises(error) as told:
        act()
    assert traces() == before
    return getattr(told.value, "code", "")


def test_the_person_is_asked_with_exactly_what_would_be_told(referral, in_review, amina, omar):
    told = {"person": "Amina El-Sayed", "phone": "613-555-0123", "email": amina.email, "wish": WISH}
    assert again(referral).told == told
    assert (referral.event.by, referral.says_yes, referral.consent) == (omar, None, None)
    letter = render(Letter.objects.get(kind="referral_offered", to=amina))
    assert "We send nothing before you have said yes." in letter.text
    assert "Ottawa Community Loan Fund" not in letter.subject + letter.text


def test_the_database_sees_nothing_of_what_is_told(referral):
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM loans_referral")
        assert b"Toronto" not in bytes(cursor.fetchone()[0])
    assert all(WISH not in str(event.detail) for event in Event.objects.all())


def test_nothing_is_sent_before_a_yes_nor_after_a_no(referral, in_review, amina, omar):
    assert refused(lambda: referrals.send(in_review, by=omar, referral=referral, way="email")) == "no_consent"
    referrals.refuse(in_review, by=amina, referral=referral)
    assert refused(lambda: referrals.send(in_review, by=omar, referral=referral, way="sheet")) == "no_consent"
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(sent=Event.objects.last(), way="email")


def test_a_yes_is_a_consent_of_its_own_in_the_words_that_were_read(agreed, amina):
    consent = again(agreed).consent
    assert (consent.purpose, consent.user, consent.withdrawn_at) == (f"referral-{agreed.pk}", amina, None)
    assert "may tell Ottawa Community Loan Fund my name, my telephone number, my e-mail address" in consent.as_read
    assert consent.given_at == again(agreed).answer.at


def test_a_yes_is_taken_back_until_it_was_sent(agreed, in_review, amina, omar):
    referrals.refuse(in_review, by=amina, referral=agreed)
    assert again(again(agreed).consent).withdrawn_at is not None
    assert refused(lambda: referrals.send(in_review, by=omar, referral=agreed, way="email")) == "no_consent"
    assert refused(lambda: referrals.refuse(in_review, by=amina, referral=agreed)) == "refused_already"
    yes = referrals.agree(in_review, by=amina, referral=agreed)
    assert yes.may_be_sent
    assert in_review.consents.filter(purpose=agreed.purpose).count() == 2
    assert refused(lambda: referrals.agree(in_review, by=amina, referral=agreed)) == "agreed_already"


def test_what_was_sent_cannot_be_taken_back(sent, in_review, amina):
    assert refused(lambda: referrals.refuse(in_review, by=amina, referral=sent)) == "referral_over"


def test_the_partner_reads_exactly_that_and_the_person_gets_a_copy(sent, amina, omar, partner):
    letter = Letter.objects.get(kind="referral")
    assert (letter.to, letter.address, letter.case_reference) == (None, partner.email, "")
    words = render(letter)
    for told in ("Amina El-Sayed", "613-555-0123", amina.email, WISH, "Omar Diallo"):
        assert told in words.text
    assert "Amina" not in words.subject
    for kept in ("12 Laurier", "K1A", "31,000", "1985", sent.application.reference):
        assert kept not in words.text
    copy = render(Letter.objects.get(kind="referral_sent", to=amina))
    assert "we told Ottawa Community Loan Fund about you" in copy.text
    assert WISH in copy.text


def test_a_french_partner_is_written_to_in_french(agreed, in_review, omar, partner):
    partner.language = "fr"
    partner.save()
    referrals.send(in_review, by=omar, referral=agreed, way="email")
    letter = Letter.objects.get(kind="referral")
    assert letter.language == "fr"
    assert "Bonjour" in render(letter).text


def test_a_partner_without_an_address_gets_a_sheet(agreed, in_review, omar, partner):
    partner.email = ""
    partner.save()
    code = refused(lambda: referrals.send(in_review, by=omar, referral=agreed, way="email"))
    assert code == "partner_without_email"
    sheet = referrals.send(in_review, by=omar, referral=agreed, way="sheet")
    assert referrals.sheet_of(again(sheet)).startswith(b"%PDF-")
    assert not Letter.objects.filter(kind="referral").exists()


def test_a_partner_who_helps_no_more_is_not_told(in_review, agreed, omar, partner):
    partner.ended_on = clock.today() - timedelta(days=1)
    partner.save()
    assert refused(lambda: referrals.send(in_review, by=omar, referral=agreed, way="email")) == "unknown_partner"
    with pytest.raises(Refused, match="unknown_partner"):
        referrals.offer(in_review, by=omar, partner=partner, wish=WISH)


@pytest.mark.parametrize(("wish", "code"), [(" ", "no_words"), ("x" * 501, "too_long_wish")])
def test_a_wish_says_something_and_is_short(in_review, omar, partner, wish, code):
    assert refused(lambda: referrals.offer(in_review, by=omar, partner=partner, wish=wish)) == code


def test_one_referral_to_a_partner_is_under_way_at_a_time(referral, in_review, omar, partner):
    again_offered = lambda: referrals.offer(in_review, by=omar, partner=partner, wish=WISH)  # noqa: E731
    assert refused(again_offered) == "referred_already"
    referrals.close(in_review, by=omar, referral=referral, outcome="not_sent")
    assert again_offered().pk != referral.pk


def test_its_outcome_is_kept_with_who_and_when(sent, in_review, olga, omar):
    assert refused(lambda: referrals.close(in_review, by=omar, referral=sent, outcome="maybe")) == "not_listed"
    wrong = lambda: referrals.close(in_review, by=omar, referral=sent, outcome="not_sent")  # noqa: E731
    assert refused(wrong) == "outcome_needs_sending"
    closed = again(referrals.close(in_review, by=olga, referral=sent, outcome="accepted"))
    assert (closed.outcome, closed.closed.by) == ("accepted", olga)
    assert refused(lambda: referrals.close(in_review, by=omar, referral=sent, outcome="no_answer")) == "referral_over"


def test_what_was_not_sent_has_no_outcome(agreed, in_review, omar, amina):
    accepted = lambda: referrals.close(in_review, by=omar, referral=agreed, outcome="accepted")  # noqa: E731
    assert refused(accepted) == "outcome_needs_sending"
    referrals.close(in_review, by=omar, referral=agreed, outcome="not_sent")
    assert refused(lambda: referrals.agree(in_review, by=amina, referral=agreed)) == "referral_over"


def test_after_thirty_days_without_an_outcome_somebody_asks(sent):
    with clock.at(days_ahead(OUTCOME_DAYS)):
        assert not Referral.objects.overdue().exists()
    with clock.at(days_ahead(OUTCOME_DAYS + 1)):
        assert Referral.objects.overdue().get() == sent
        assert again(sent).is_overdue


def test_what_was_told_is_erased_a_year_after_its_outcome(sent, in_review, omar):
    assert referrals.forget_referrals(clock.day_of(days_ahead(800))).done == 0
    referrals.close(in_review, by=omar, referral=sent, outcome="accepted")
    assert referrals.forget_referrals(clock.day_of(days_ahead(referrals.KEPT_DAYS))).done == 0
    assert referrals.forget_referrals(clock.day_of(days_ahead(referrals.KEPT_DAYS + 1))).done == 1
    kept = again(sent)
    assert (kept.told, kept.outcome, kept.partner) == (None, "accepted", sent.partner)


def test_a_second_click_does_each_deed_once(in_review, omar, amina, partner):
    for _click in range(2):
        referral = referrals.offer(in_review, by=omar, partner=partner, wish=WISH, once_key="offer")
        referrals.agree(in_review, by=amina, referral=referral, once_key="yes")
        referrals.send(in_review, by=omar, referral=referral, way="email", once_key="send")
        referrals.close(in_review, by=omar, referral=referral, outcome="accepted", once_key="end")
    assert [Referral.objects.count(), Consent.objects.filter(purpose=referral.purpose).count()] == [1, 1]
    assert Letter.objects.filter(kind="referral").count() == 1
    with pytest.raises(Refused, match="once_key_reused"):
        referrals.close(in_review, by=omar, referral=referral, outcome="no_answer", once_key="end")


@pytest.mark.parametrize("who", ["amina", "bilal", "felix", "ada", "carl"])
def test_only_officers_and_managers_refer(request, in_review, agreed, partner, who):
    by = request.getfixturevalue(who)
    for act in (
        lambda: referrals.offer(in_review, by=by, partner=partner, wish=WISH),
        lambda: referrals.send(in_review, by=by, referral=agreed, way="email"),
        lambda: referrals.close(in_review, by=by, referral=agreed, outcome="not_sent"),
    ):
        refused(act, PermissionDenied)


@pytest.mark.parametrize("who", ["bilal", "omar", "mariam", "ada"])
def test_nobody_but_the_person_says_yes_or_no(request, in_review, referral, who):
    by = request.getfixturevalue(who)
    for verb in (referrals.agree, referrals.refuse):
        refused(lambda verb=verb: verb(in_review, by=by, referral=referral), PermissionDenied)


def test_nobody_with_a_conflict_refers(in_review, agreed, olga):
    conflicts.declare(in_review, by=olga, note="She is my neighbour.")
    refused(lambda: referrals.send(again(in_review), by=olga, referral=agreed, way="email"), PermissionDenied)


def test_before_anybody_reads_the_case_nobody_is_referred(submitted, omar, partner):
    refused(lambda: referrals.offer(submitted, by=omar, partner=partner, wish=WISH), TransitionNotAllowed)


def test_a_referral_makes_no_decision_stale(recommended, omar, amina, mariam, partner):
    before = seen(recommended)
    referral = referrals.offer(recommended, by=omar, partner=partner, wish=WISH)
    referrals.agree(again(recommended), by=amina, referral=referral)
    declined = decision.decline(again(recommended), by=mariam, reasons=["not_affordable"], seen=before)
    assert declined.state == "declined"
    assert referrals.send(declined, by=omar, referral=referral, way="email").sent_id

"""Letters by post: printed with their papers, posted on a day, received by presumption, or back again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from config import clock
from letters.models import CAME_BACK, HANDED_OVER, MAIL, POST, PRINTED, WAITING, Letter
from letters.post import post
from letters.tasks import deliver, deliver_waiting
from loans.lifecycle.contracts import signing
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import letters_by_post as by_post
from loans.models import Task
from tests.cases import again

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(in_review, omar):
    """Amina’s receipt, which is to go by post too."""
    return by_post.post_instead(in_review, by=omar, letter=_mail(in_review).pk)


def _mail(case, kind="received"):
    return Letter.objects.get(case_reference=case.reference, to=case.applicant.user, kind=kind, channel=MAIL)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_mail_goes_by_post_with_the_same_facts_and_papers(signed, omar, amina):
    mail = _mail(signed.application, "signed")
    made = by_post.post_instead(signed.application, by=omar, letter=mail.pk, once_key="k")
    assert (made.channel, made.state, made.instead_of, made.to) == (POST, WAITING, mail, amina)
    assert (made.facts, made.occasion, made.language) == (mail.facts, mail.occasion, mail.language)
    assert list(made.attachments.all()) == list(mail.attachments.all())
    assert signed.agreements.get().file in made.attachments.all()
    assert made.code != mail.code
    assert made.message_id != mail.message_id
    again_made = by_post.post_instead(again(signed.application), by=omar, letter=mail.pk, once_key="k")
    assert again_made == made
    again_asked = refused(lambda: by_post.post_instead(again(signed.application), by=omar, letter=mail.pk))
    assert again_asked == "posted_instead"


def test_neither_a_code_nor_a_letter_of_another_case_goes_by_post(loan, omar, amina, declined_too):
    signing.send_code(loan, by=amina)
    case, code = again(loan.application), Letter.objects.get(kind="signing_code")
    Letter.objects.filter(pk=code.pk).update(case_reference=case.reference)
    for pk in (code.pk, declined_too.pk, 0):
        assert refused(lambda pk=pk: by_post.post_instead(again(case), by=omar, letter=pk)) == "posted_instead"


@pytest.fixture
def declined_too(bilal):
    """A letter of another case."""
    with transaction.atomic():
        return post("received", to=bilal, facts={}, occasion="other", case_reference="T-1999-0001")


def test_a_letter_is_printed_then_posted(letter, in_review, omar, olga):
    printed = by_post.print_letter(again(in_review), by=omar, letter=letter.pk)
    assert printed.state == PRINTED
    by_post.print_letter(again(in_review), by=olga, letter=letter.pk)
    posted = by_post.mark_posted(again(in_review), by=olga, letter=letter.pk, tracking=" rn 123-456 789 ca")
    assert (posted.state, posted.posted_on, posted.tracking) == (HANDED_OVER, clock.today(), "RN123456789CA")
    assert posted.body
    event = in_review.events.get(verb="post_letter")
    assert (event.by, event.detail) == (olga, {"letter": letter.pk, "on": clock.today().isoformat(), "files": []})
    assert in_review.events.filter(verb="print_letter").count() == 2
    assert refused(lambda: by_post.print_letter(again(in_review), by=omar, letter=letter.pk)) == "posted_already"
    assert refused(lambda: by_post.mark_posted(again(in_review), by=omar, letter=letter.pk)) == "posted_already"


def test_the_story_proves_which_papers_were_in_the_envelope(signed, omar):
    mail = _mail(signed.application, "signed")
    made = by_post.post_instead(signed.application, by=omar, letter=mail.pk)
    by_post.mark_posted(again(signed.application), by=omar, letter=made.pk)
    event = signed.application.events.get(verb="post_letter")
    assert event.detail["files"][0] == signed.agreements.get().file.sha256
    assert len(event.detail["files"]) == 1 + signed.papers.count()


def test_a_letter_was_posted_neither_tomorrow_nor_before_it_was_written(letter, in_review, omar):
    for days, code in ((1, "in_the_future"), (-1, "posted_before_written")):
        on = clock.today() + timedelta(days=days)
        assert refused(lambda on=on: by_post.mark_posted(again(in_review), by=omar, letter=letter.pk, on=on)) == code
    assert again(letter).state == WAITING


@pytest.mark.parametrize("number", ["RN 12; DROP", "x" * 41, "№1"])
def test_a_tracking_number_holds_no_words(letter, in_review, omar, number):
    told = {"letter": letter.pk, "tracking": number}
    assert refused(lambda: by_post.mark_posted(again(in_review), by=omar, **told)) == "tracking_number"


@pytest.mark.parametrize(
    ("posted_on", "received_on"),
    [
        (date(2027, 3, 1), date(2027, 3, 8)),  # Monday to Monday
        (date(2027, 3, 5), date(2027, 3, 12)),
        (date(2027, 3, 24), date(2027, 4, 2)),  # Good Friday is none; of Easter Monday the bank was not asked
        (date(2026, 12, 29), date(2027, 1, 6)),  # over New Year
    ],
)
def test_it_counts_as_received_on_the_fifth_business_day_after_the_postmark(office, posted_on, received_on):
    letter = Letter(channel=POST, state=HANDED_OVER, posted_on=posted_on)
    assert by_post.received_on(letter) == received_on


def test_neither_one_that_waits_nor_one_that_came_back_counts_as_received(office):
    for state, day in ((WAITING, None), (CAME_BACK, date(2027, 3, 1))):
        assert by_post.received_on(Letter(channel=POST, state=state, posted_on=day)) is None
    assert by_post.received_on(Letter(channel=MAIL, state=HANDED_OVER)) is None


def test_a_letter_that_comes_back_is_a_task_and_may_be_posted_again(letter, in_review, omar, olga):
    assert refused(lambda: by_post.mark_returned(again(in_review), by=olga, letter=letter.pk)) == "not_in_the_post"
    for round_ in (1, 2):
        by_post.mark_posted(again(in_review), by=olga, letter=letter.pk)
        assert not Task.objects.filter(letter=letter, closed=None).exists()
        assert by_post.mark_returned(again(in_review), by=olga, letter=letter.pk).state == CAME_BACK
        assert Task.objects.filter(letter=letter).count() == round_
        assert Task.objects.get(letter=letter, closed=None).for_whom == omar


def test_only_officers_and_managers_handle_the_post(letter, in_review, amina, felix, ada, carl):
    for by in (amina, felix, ada, carl):
        for verb in (by_post.print_letter, by_post.mark_posted, by_post.mark_returned, by_post.post_instead):
            with pytest.raises(PermissionDenied):
                verb(again(in_review), by=by, letter=letter.pk)


def test_a_letter_by_post_is_left_alone_by_the_mail_server(letter):
    with clock.at(clock.now() + timedelta(days=2)):
        deliver(letter.pk)
        deliver_waiting()
    assert again(letter).state == WAITING

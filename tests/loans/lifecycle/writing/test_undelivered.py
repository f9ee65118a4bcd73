"""Letters that did not arrive: a task for whoever can reach the person, until it is done or they have moved."""

import pytest
from django.db import transaction

from accounts import addresses
from config import clock
from letters.models import FAILED, Letter
from letters.post import post
from letters.returns import News, is_out_of_reach
from loans.lifecycle.contracts import signing
from loans.lifecycle.deciding import record_parts
from loans.lifecycle.reviewing import diary, review
from loans.lifecycle.writing import letters_by_post, undelivered
from loans.models import Task
from loans.tasks import read_bounces
from tests.cases import again
from tests.returned import report

pytestmark = pytest.mark.django_db


def letter_of(case, kind="received"):
    return Letter.objects.get(case_reference=case.reference, to=case.applicant.user, kind=kind)


def say(letter, what="hard", key="1", to=""):
    undelivered.hear(News(letter.message_id, what, (to or letter.address,), key))


def tasks_of(case):
    return list(Task.objects.filter(application=case, letter__isnull=False))


def test_a_letter_that_came_back_is_a_task_of_the_officer_for_today(in_review, omar):
    letter = letter_of(in_review)
    say(letter)
    [task] = tasks_of(in_review)
    assert (task.for_whom, task.due_on, task.letter, task.closed) == (omar, clock.today(), letter, None)
    assert task.words == f"The letter of {_day(letter)} to Amina El-Sayed did not arrive. Ring, or send it by post."
    event = in_review.events.get(verb="report_undelivered")
    assert (event.actor, event.detail) == ("clock", {"letter": letter.pk})
    assert is_out_of_reach(in_review.applicant.user.email)


def _day(letter):
    return f"{letter.created_at:%B} {clock.day_of(letter.created_at).day}, {letter.created_at:%Y}"


def test_the_memo_reads_the_letters_of_its_tasks_with_the_story(in_review, omar, django_assert_num_queries):
    for kind in ("received", "more_needed"):
        if kind == "more_needed":
            review.ask_for_more(again(in_review), by=omar, asked=[("study-plan", "When does it end?")])
        say(letter_of(in_review, kind), key=kind)
    with django_assert_num_queries(1):
        said = record_parts.tasks(record_parts.CaseFile(in_review))
    assert [each["what"] for each in said] == [task.words for task in tasks_of(in_review)] != []


def test_what_is_told_again_asks_nobody_again(in_review, omar):
    letter = letter_of(in_review)
    say(letter)
    say(letter)
    say(letter, key="2")
    [task] = tasks_of(in_review)
    diary.finish_task(again(in_review), by=omar, task=task, result="I rang: she has it.")
    say(letter, key="3")
    assert tasks_of(in_review) == [task]


def test_what_came_back_for_now_asks_somebody_the_third_time(in_review):
    letter = letter_of(in_review)
    for key in "12":
        say(letter, "soft", key)
    assert tasks_of(in_review) == []
    say(letter, "soft", "3")
    assert len(tasks_of(in_review)) == 1


def test_a_forged_report_asks_nobody(in_review):
    say(letter_of(in_review), to="claire@example.org")
    undelivered.hear(News("<nobody@example.org>", "hard", (in_review.applicant.user.email,)))
    assert tasks_of(in_review) == []


def test_a_letter_that_arrived_or_was_not_wanted_is_no_task(in_review):
    for what in ("delivered", "complained"):
        say(letter_of(in_review), what)
    assert tasks_of(in_review) == []


def test_a_code_that_came_back_marks_the_address_and_asks_nobody(loan, amina):
    signing.send_code(loan, by=amina)
    code = Letter.objects.get(kind="signing_code")
    Letter.objects.filter(pk=code.pk).update(case_reference=loan.application.reference)
    say(again(code))
    assert tasks_of(loan.application) == []
    assert is_out_of_reach(amina.email)


def test_what_a_colleague_was_told_is_nobodys_task(in_review, omar):
    with transaction.atomic():
        facts = {"giver": "Mariam", "reference": in_review.reference, "link": "https://example.org"}
        letter = post("case_given", to=omar, facts=facts, occasion="given", case_reference=in_review.reference)
    say(letter)
    assert tasks_of(in_review) == []


def test_of_a_draft_nobody_here_is_told(draft, posted_to_amina):
    letter = posted_to_amina(draft)
    say(letter)
    assert tasks_of(draft) == []


@pytest.fixture
def posted_to_amina(amina):
    def write(case):
        with transaction.atomic():
            return post("received", to=amina, facts={}, occasion="early", case_reference=case.reference)

    return write


def test_of_a_case_on_nobodys_desk_somebody_who_may_is_asked(submitted, omar, mariam, ada, felix):
    say(letter_of(submitted))
    [task] = tasks_of(submitted)
    assert task.for_whom == mariam  # the first by name


def test_while_nobody_works_here_nobody_is_asked_and_nothing_breaks(submitted):
    letter = letter_of(submitted)
    say(letter)
    assert tasks_of(submitted) == []
    assert letter.traces.count() == 1


def test_the_task_ends_when_the_person_has_another_address(in_review, amina):
    say(letter_of(in_review))
    undelivered.look_after_undelivered(clock.today())
    assert tasks_of(in_review)[0].closed is None
    addresses.move(amina, "amina@new.example", by=amina)
    undelivered.look_after_undelivered(clock.today())
    [task] = tasks_of(in_review)
    assert (task.closed.verb, task.closed.actor) == ("reach_again", "clock")
    assert not is_out_of_reach(again(amina).email)
    assert undelivered.look_after_undelivered(clock.today()).done == 0


def test_the_task_ends_when_the_letter_is_in_the_post(in_review, omar, olga):
    say(letter_of(in_review))
    made = letters_by_post.post_instead(again(in_review), by=omar, letter=letter_of(in_review).pk)
    assert tasks_of(in_review)[0].closed is None
    letters_by_post.mark_posted(again(in_review), by=olga, letter=made.pk)
    assert tasks_of(in_review)[0].closed.verb == "post_letter"


def test_a_letter_that_no_server_took_is_a_task_after_the_night(in_review):
    letter = letter_of(in_review)
    Letter.objects.filter(pk=letter.pk).update(state=FAILED)
    for done in (1, 0):
        assert undelivered.look_after_undelivered(clock.today()).done == done
    assert len(tasks_of(in_review)) == 1


def test_the_mailbox_is_read_and_its_news_is_heard(in_review, settings, tmp_path):
    for name in ("new", "cur"):
        (tmp_path / name).mkdir()
    letter = letter_of(in_review)
    (tmp_path / "new" / "1").write_bytes(report(letter))
    (tmp_path / "new" / "2").write_bytes(report(letter, to="claire@example.org", number=2))
    (tmp_path / "new" / "3").write_bytes(b"Subject: Hello\n\nIs somebody there?")
    settings.BOUNCES_URL = f"maildir://{tmp_path}"
    assert read_bounces() == 3
    assert read_bounces() == 0
    assert [trace.what for trace in letter.traces.all()] == ["hard"]
    assert len(tasks_of(in_review)) == 1

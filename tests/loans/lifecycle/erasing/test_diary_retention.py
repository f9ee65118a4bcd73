"""The words of a diary are kept for the years of what a person lives on, from the close of the file, then erased."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.actors import CLOCK
from config import clock
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.erasing import diary_retention
from loans.lifecycle.erasing.diary_retention import DIARY_YEARS
from loans.lifecycle.lending import write_off
from loans.lifecycle.reviewing import diary, review
from loans.lifecycle.step import deed
from loans.models import Mishap
from loans.tasks import nightly
from money.calendar import add_months
from tests.cases import again

pytestmark = pytest.mark.django_db
WORDS = ("Call the school", "Professor Tremblay", "He is ill.", "Nadia Haddad", "her former head", "Always on time.")


def on(day):
    """The house lives at noon of that day."""
    return clock.at(timezone.make_aware(datetime.combine(day, time(12))))


def last_day(since=None):
    return add_months(since or clock.today(), 12 * DIARY_YEARS)


def night(day):
    """How many diaries the night of `day` erased."""
    with on(day):
        tally = diary_retention.erase_old_diaries(day)
    assert not Mishap.objects.exists()
    return tally.done


def write_in(case, by):
    task = diary.add_task(
        case, by=by, what=WORDS[0], for_whom=by, due_on=clock.today(), at=time(9), way="office", with_whom=WORDS[1]
    )
    diary.finish_task(again(case), by=by, task=task, result=WORDS[2])
    said = {"name": WORDS[3], "relation": WORDS[4], "said": WORDS[5], "how": "telephone", "verdict": "supports"}
    diary.contact_reference(again(case), by=by, on=clock.today(), **said)


def words_of(case):
    """All that stands in the diary of the case, opened."""
    tasks = [word for each in case.tasks.all() for word in (each.what, each.with_whom, each.result)]
    return [*tasks, *(word for each in case.references.all() for word in (each.name, each.relation, each.said))]


@pytest.fixture
def declined(recommended, omar, mariam):
    write_in(recommended, omar)
    return decision.decline(again(recommended), by=mariam, reasons=["not_affordable"])


def test_its_words_are_kept_through_the_last_day_and_gone_the_day_after(declined):
    assert words_of(declined) == list(WORDS)
    assert night(last_day()) == 0
    assert words_of(again(declined)) == list(WORDS)
    assert night(last_day() + timedelta(days=1)) == 1
    assert not any(words_of(again(declined)))


def test_their_columns_hold_nothing_of_them_any_more(declined):
    def columns():
        with connection.cursor() as cursor:
            cursor.execute("SELECT what, with_whom, result FROM loans_task")
            return [bytes(each) if each is not None else None for each in cursor.fetchone()]

    before = columns()
    night(last_day() + timedelta(days=1))
    after = columns()
    assert after[1:] == [None, None]
    assert len(after[0]) < len(before[0])


def test_days_kinds_and_who_wrote_them_stay(declined, omar):
    day = clock.today()
    night(last_day() + timedelta(days=1))
    task, reference = declined.tasks.get(), declined.references.get()
    assert (task.due_on, task.at, task.way, task.for_whom, task.event.by) == (day, time(9), "office", omar, omar)
    assert (reference.on, reference.how, reference.verdict) == (day, "telephone", "supports")


def test_one_line_without_words_tells_of_it_and_a_second_night_changes_nothing(declined):
    over = last_day() + timedelta(days=1)
    assert [night(over), night(over), night(over + timedelta(days=1))] == [1, 0, 0]
    told = declined.events.get(verb="erase_diary")
    assert (told.actor, told.by, told.words_hash) == ("clock", None, "")
    assert told.detail == {"tasks": 1, "references": 1}
    assert told.from_state == told.to_state


def test_what_is_written_later_is_erased_in_the_next_night(declined, omar):
    over = last_day() + timedelta(days=1)
    night(over)
    with on(over):
        diary.add_task(again(declined), by=omar, what="Send her the paper", for_whom=omar, due_on=over)
    assert night(over + timedelta(days=1)) == 1
    assert not any(words_of(again(declined)))


def test_the_night_does_it(declined):
    with on(last_day() + timedelta(days=1)):
        assert nightly()["erase_old_diaries"] == (1, 0)
        assert nightly()["erase_old_diaries"] == (0, 0)


def test_a_case_without_a_diary_is_left_alone(recommended, mariam):
    case = decision.decline(recommended, by=mariam, reasons=["not_affordable"])
    assert night(last_day() + timedelta(days=1)) == 0
    assert not case.events.filter(verb="erase_diary").exists()


def test_an_open_case_keeps_its_diary_however_old(in_review, omar):
    write_in(in_review, omar)
    assert night(last_day() + timedelta(days=9_000)) == 0


def test_a_case_that_an_appeal_opened_again_keeps_its_diary(declined, amina):
    appeal.appeal(declined, by=amina, note="My debts are paid.")
    assert night(last_day() + timedelta(days=1)) == 0


def test_a_case_taken_up_again_in_the_same_night_keeps_it(waiting, omar):
    diary.add_task(waiting, by=omar, what="Call her", for_whom=omar, due_on=clock.today())
    over = waiting.answer_by + timedelta(days=1)
    with on(over):
        review.close_unanswered(over)
    day = last_day(over) + timedelta(days=1)
    [found] = diary_retention.due_diaries(day)
    review.reopen(again(waiting), by=omar, note="She was ill.")
    diary_retention._erase(found, day)
    assert words_of(again(waiting))[0] == "Call her"


def test_of_a_loan_the_years_run_from_its_end(active, omar, mariam):
    diary.add_task(active.application, by=omar, what="Call her", for_whom=omar, due_on=clock.today())
    assert night(last_day() + timedelta(days=9_000)) == 0
    given_up = clock.today() + timedelta(days=300)
    with on(given_up):
        write_off.propose(active, by=omar, note="He left the country.")
        write_off.write_off(again(active), by=mariam)
    assert night(last_day(given_up)) == 0
    assert night(last_day(given_up) + timedelta(days=1)) == 1


def test_nothing_of_an_open_case_can_be_erased(in_review):
    with pytest.raises(TransitionNotAllowed), deed(in_review.erase_diary, by=CLOCK):
        pass


def test_the_officer_reads_that_it_was_erased(client, declined, omar):
    night(last_day() + timedelta(days=1))
    client.force_login(omar)
    page = client.get(reverse("case_diary", args=[declined.reference])).content.decode()
    assert page.count("Erased, as the rules say.") == 2
    assert "Words of the diary erased" in client.get(reverse("case", args=[declined.reference])).content.decode()
    for word in WORDS:
        assert word not in page

"""The diary on the page of a case and across cases."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from accounts.models import Role
from accounts.people import give_role
from config import clock
from loans.lifecycle.reviewing import diary, review
from loans.models import ReferenceContact, Task
from loans.views.office.office_diary import overdue_of
from tests.cases import again
from tests.days_ahead import days_ahead
from tests.people import SECRET

pytestmark = pytest.mark.django_db


def day_typed(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def soon(days=2):
    return clock.today() + timedelta(days=days)


def read(client, user, case):
    client.force_login(user)
    return client.get(reverse("case_diary", args=[case.reference]))


def send(client, user, case, to, *args, **data):
    client.force_login(user)
    return client.post(reverse(to, args=[case.reference, *args]), data)


def add(case, by, what="Call the school", days=2):
    return diary.add_task(case, by=by, what=what, for_whom=by, due_on=soon(days))


def test_an_officer_makes_an_appointment_from_the_page(client, omar, mariam, in_review):
    typed = {"what": "The budget", "for_whom": mariam.pk, "at": "14 h 30", "way": "office", "with_whom": "Amina"}
    answer = send(client, omar, in_review, "diary_tasks", **typed, **day_typed("due_on", soon()))
    assert (answer.status_code, answer.url) == (302, reverse("case_diary", args=[in_review.reference]))
    page = read(client, omar, in_review).content.decode()
    for words in ("The budget", "14:30", "At the office", "Mariam Haddad"):
        assert words in page


@pytest.mark.parametrize("typed", ["soon", "25:00", "9:75", "9", "٢"])
def test_a_time_that_is_none_is_refused_beside_its_box(client, omar, in_review, typed):
    said = {"what": "The budget", "for_whom": omar.pk, "at": typed, "way": "office", **day_typed("due_on", soon())}
    answer = send(client, omar, in_review, "diary_tasks", **said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id-add-task-at"' in page
    assert "The budget" in page
    assert not Task.objects.exists()


def test_a_task_is_moved_done_and_told_on_the_page(client, omar, in_review):
    task = add(in_review, omar)
    assert send(client, omar, in_review, "task_day", task.pk, **day_typed("due_on", soon(9))).status_code == 302
    assert again(task).due_on == soon(9)
    assert send(client, omar, in_review, "task_result", task.pk, result="Due in May").status_code == 302
    page = read(client, omar, in_review)
    assert page.context["to_do"] == []
    assert "Due in May" in page.content.decode()


def test_words_for_a_task_that_somebody_closed_meanwhile_are_not_lost(client, omar, olga, in_review):
    task = add(in_review, omar)
    diary.finish_task(in_review, by=olga, task=task)
    for to in ("task_result", "task_cancellation"):
        answer = send(client, omar, in_review, to, task.pk, result="They want a form")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "They want a form" in page
        assert "Somebody has done or cancelled this meanwhile" in page
    assert again(task).result is None


def test_a_task_of_another_case_is_not_found(client, omar, in_review, bilal):
    task = add(in_review, omar)
    assert send(client, omar, in_review, "task_result", task.pk + 1).status_code == 404


def test_an_officer_writes_down_whom_they_asked(client, omar, in_review):
    said = {"name": "Joan", "relation": "Teacher", "how": "email", "verdict": "neutral", "said": "She came twice."}
    assert send(client, omar, in_review, "references", **said).status_code == 422
    assert send(client, omar, in_review, "references", **said, **day_typed("on", clock.today())).status_code == 302
    page = read(client, omar, in_review).content.decode()
    for words in ("Joan", "Teacher", "She came twice.", "says neither"):
        assert words in page
    assert ReferenceContact.objects.count() == 1


def test_notes_stand_newest_first_with_who_wrote_them(client, omar, olga, in_review):
    review.add_note(in_review, by=omar, note="The first note")
    review.add_note(in_review, by=olga, note="The second note")
    page = read(client, omar, in_review).content.decode()
    page = page[page.index('id="notes"') :]
    assert page.index("The second note") < page.index("The first note")
    assert page.index("Olga Petrenko") < page.index("Omar Diallo")


def test_the_auditor_reads_the_diary_and_writes_nothing(client, ada, omar, in_review):
    add(in_review, omar)
    page = read(client, ada, in_review)
    assert "Call the school" in page.content.decode()
    assert page.context["deeds"] == []
    assert page.context["to_do"][0]["deeds"] == []


def groups(client, user, query=""):
    client.force_login(user)
    page = client.get(reverse("diary") + query)
    return {str(group["label"]): [task.what for task in group["tasks"]] for group in page.context["groups"]}


def test_the_diary_says_what_is_overdue_for_today_this_week_and_later(client, omar, in_review):
    for what, days in (("late", 0), ("today", 3), ("week", 10), ("later", 11)):
        add(in_review, omar, what, days)
    diary.finish_task(in_review, by=omar, task=add(in_review, omar, "done", 1))
    with clock.at(days_ahead(3)):
        found = groups(client, omar)
        assert overdue_of(omar).count() == 1
    assert found == {"Overdue": ["late"], "Today": ["today"], "In the next seven days": ["week"], "Later": ["later"]}


def test_an_officer_sees_their_own_tasks_and_a_manager_everybodys(client, omar, olga, mariam, in_review):
    add(in_review, omar, "of Omar")
    add(in_review, olga, "of Olga")
    assert groups(client, olga, "?whose=all") == {"In the next seven days": ["of Olga"]}
    assert groups(client, mariam) == {"In the next seven days": ["of Omar", "of Olga"]}
    assert groups(client, mariam, "?whose=mine") == {}


def test_nobody_sees_the_diary_of_their_own_case(client, omar, amina, in_review):
    add(in_review, omar)
    give_role(amina, Role.MANAGER, by=None)
    TOTP.activate(amina, SECRET)
    amina = type(amina).objects.get(pk=amina.pk)
    assert groups(client, amina) == {}
    assert read(client, amina, in_review).status_code == 404


# --- On the desk -------------------------------------------------------------------------------------


def test_counting_them_is_one_question(omar, in_review, django_assert_num_queries):
    assert omar.roles
    with django_assert_num_queries(1):
        list(overdue_of(omar))


def test_whoever_keeps_no_diary_is_told_of_none(carl, django_assert_num_queries):
    assert carl.roles
    with django_assert_num_queries(0):
        assert list(overdue_of(carl)) == []

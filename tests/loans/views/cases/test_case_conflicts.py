import pytest
from django.urls import reverse

from loans.lifecycle.reviewing import conflicts
from loans.models import Application, Conflict, Event
from tests.cases import again

pytestmark = pytest.mark.django_db
WHY = "His sister is my wife."


def to(name, case, *more):
    return reverse(name, args=[case.reference, *more])


def read(client, user, url):
    client.force_login(user)
    return client.get(url)


def send(client, user, url, **data):
    client.force_login(user)
    return client.post(url, data)


def test_an_officer_declares_a_conflict_and_the_case_is_gone(client, omar, in_review):
    here = to("case_conflicts", in_review)
    assert read(client, omar, here).status_code == 200
    form = {"note": WHY, "once_key": "k"}
    assert send(client, omar, here, **form).status_code == 302
    assert client.get(to("case", in_review)).status_code == 404
    assert in_review.reference not in client.get(reverse("desk") + "?show=all").content.decode()
    assert in_review.reference not in client.get(reverse("desk") + "?q=amina").content.decode()


def test_a_second_click_of_the_same_form_is_told_that_it_is_done(client, omar, in_review):
    form = {"note": WHY, "once_key": "k"}
    send(client, omar, to("case_conflicts", in_review), **form)
    assert send(client, omar, to("case_conflicts", in_review), **form).status_code == 302
    assert Conflict.objects.count() == 1
    assert send(client, omar, to("case_conflicts", in_review), note=WHY, once_key="other").status_code == 404


def test_without_words_it_is_asked_again(client, omar, in_review):
    before = Event.objects.count()
    response = send(client, omar, to("case_conflicts", in_review), note="")
    assert response.status_code == 422
    assert (Event.objects.count(), Conflict.objects.count()) == (before, 0)


def test_a_manager_declares_it_for_an_officer_and_gives_the_case_to_another(client, mariam, omar, olga, in_review):
    form = {"person": str(omar.pk), "note": WHY}
    assert send(client, mariam, to("case_conflicts", in_review), **form).status_code == 302
    page = client.get(to("case_conflicts", in_review)).content.decode()
    assert WHY in page
    assert "Nobody has the case on the desk" in page
    assert send(client, mariam, to("case_officer", in_review), officer=str(omar.pk)).status_code == 422
    assert send(client, mariam, to("case_officer", in_review), officer=str(olga.pk)).status_code == 302
    assert again(in_review).reviewer == olga


def test_an_officer_reads_that_there_is_one_but_not_its_words(client, omar, olga, in_review):
    conflicts.declare(in_review, by=olga, note=WHY)
    page = read(client, omar, to("case_conflicts", in_review)).content.decode()
    assert "Olga Petrenko" in page
    assert WHY not in page


def test_what_lies_on_nobodys_desk_is_to_be_taken_up(client, omar, olga, in_review):
    conflicts.declare(in_review, by=omar, note=WHY)
    desk = read(client, olga, reverse("desk") + "?show=unassigned").content.decode()
    assert "On nobody’s desk: take it up" in desk
    assert send(client, olga, to("case_officer", in_review)).status_code == 302
    assert again(in_review).reviewer == olga


def test_a_manager_lifts_what_somebody_else_declared(client, mariam, omar, in_review):
    conflict = conflicts.declare(in_review, by=omar, note=WHY)
    end = to("conflict_end", in_review, conflict.pk)
    assert send(client, mariam, end, note="").status_code == 422
    assert send(client, mariam, end, note="Another family of that name.").status_code == 302
    assert Application.objects.open_to_staff(omar).exists()


def test_a_manager_does_not_lift_what_she_declared(client, mariam, omar, in_review):
    conflict = conflicts.declare(in_review, by=mariam, person=omar, note=WHY)
    assert send(client, mariam, to("conflict_end", in_review, conflict.pk), note="No.").status_code == 403
    assert again(in_review).kept_from == [omar.pk]


def test_managers_see_all_conflicts_that_stand_but_none_that_is_their_own(client, mariam, omar, in_review):
    conflicts.declare(in_review, by=omar, note=WHY)
    assert in_review.reference in read(client, mariam, reverse("office_conflicts")).content.decode()
    conflicts.declare(again(in_review), by=mariam, note=WHY)
    assert in_review.reference not in read(client, mariam, reverse("office_conflicts")).content.decode()


def test_the_page_asks_little(client, mariam, omar, olga, in_review, django_assert_max_num_queries):
    for person in (omar, olga):
        conflicts.declare(again(in_review), by=mariam, person=person, note=WHY)
    read(client, mariam, to("case_conflicts", in_review))  # the first visit warms what is looked up once
    with django_assert_max_num_queries(12):
        client.get(to("case_conflicts", in_review))

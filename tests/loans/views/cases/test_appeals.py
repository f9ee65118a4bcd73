"""Appeals: by when each is answered, who may hear it, and what is said to whoever may not."""

import pytest
from django.urls import reverse

from config import clock
from letters.models import Letter
from letters.render import render
from loans.lifecycle.deciding import appeal, decision
from loans.models import Event
from tests.cases import again, seen
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db
DEEDS = ("appeal_dismissal", "appeal_success")


@pytest.fixture
def declined(recommended, mariam):
    return decision.decline(recommended, by=mariam, reasons=["not_affordable"])


@pytest.fixture
def appealed(declined, amina):
    return appeal.appeal(declined, by=amina, note="My debts are paid.")


def read(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def hear(client, user, case, to, **data):
    client.force_login(user)
    return client.post(reverse(to, args=[case.reference]), {"seen": seen(case), **data})


def test_an_appeal_has_days_of_its_own_where_the_office_says_so(declined, amina, product):
    product.appeal_reply_days = 21
    product.save()
    case = appeal.appeal(again(declined), by=amina, note="My debts are paid.")
    assert 21 <= (case.promised_by - clock.today()).days <= 23


def test_the_applicant_reads_by_when_they_hear(client, appealed, amina):
    assert "We answer by" in read(client, amina, "my_case", appealed.reference).content.decode()
    words = render(Letter.objects.get(kind="appeal_received"))
    assert "You will hear from us by " in words.text


def test_whoever_may_hear_it_finds_it_on_the_desk_and_in_the_list(client, appealed, carl, mariam):
    assert "1 appeal waits for you to hear it" in read(client, carl, "desk").content.decode()
    page = read(client, carl, "office_appeals")
    assert [row["case"] for row in page.context["rows"]] == [appealed]
    own = read(client, mariam, "office_appeals")
    assert own.context["rows"] == []
    assert "1 further appeal waits for somebody who had no part in it." in own.content.decode()
    assert "appeal waits for you" not in read(client, mariam, "desk").content.decode()


def test_an_overdue_appeal_is_told_as_such(client, appealed, carl):
    with clock.at(days_ahead(40)):
        assert "1 was to be answered by now." in read(client, carl, "desk").content.decode()
        assert "days late" in read(client, carl, "office_appeals").content.decode()


@pytest.mark.parametrize("to", DEEDS)
def test_the_decider_is_told_that_somebody_else_hears_it_and_who(client, appealed, mariam, carl, to):
    before = Event.objects.count()
    answer = hear(client, mariam, appealed, to, note="The figures are the same.", once_key="mine")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You had a part in this decision, so somebody else must hear the appeal." in page
    assert "It may be heard by: Carl Nguyen." in page
    assert (again(appealed).state, Event.objects.count()) == ("appealed", before)


def test_where_nobody_may_hear_it_the_decider_is_told_who_is_missing(client, appealed, mariam):
    page = hear(client, mariam, appealed, "appeal_dismissal", note="The same.").content.decode()
    assert "a manager or committee member who had no part is missing." in page


@pytest.mark.parametrize("to", DEEDS)
def test_an_officer_who_hears_no_appeals_is_refused(client, appealed, omar, olga, to):
    for user in (omar, olga):
        assert hear(client, user, appealed, to, note="The same.").status_code == 403


def test_the_list_asks_little(client, appealed, carl, django_assert_max_num_queries):
    read(client, carl, "office_appeals")
    with django_assert_max_num_queries(12):
        assert client.get(reverse("office_appeals")).status_code == 200

"""I have changed my mind: the page, and what the others read meanwhile."""

import pytest
from django.urls import reverse

from accounts.models import User
from config import clock
from letters.wording import day
from loans.models import Loan
from tests.cases import again
from tests.days_ahead import days_ahead

pytestmark = pytest.mark.django_db


@pytest.fixture
def cooling(signed):
    """A loan that was signed today, with three days to change one's mind."""
    Loan.objects.filter(pk=signed.pk).update(cooling_days=3)
    return again(signed)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def withdraw(client, user, loan, **data):
    client.force_login(user)
    return client.post(reverse("loan_withdrawal", args=[loan.application.reference]), data)


def test_the_borrower_finds_the_way_from_their_loan_and_takes_it(client, cooling, amina):
    reference = cooling.application.reference
    there = reverse("loan_withdrawal", args=[reference])
    assert there in page(client, amina, "my_loan", reference).content.decode()
    assert "You need no reason" in page(client, amina, "loan_withdrawal", reference).content.decode()
    response = withdraw(client, amina, cooling, note="I found a bursary.", once_key="mind")
    assert (response.status_code, response.url) == (302, reverse("my_case", args=[reference]))
    assert again(cooling).state == "cancelled"
    assert withdraw(client, amina, cooling, note="I found a bursary.", once_key="mind").status_code == 302


def test_without_such_days_there_is_no_way(client, signed, amina):
    reference = signed.application.reference
    assert "withdrawal" not in page(client, amina, "my_loan", reference).content.decode()
    assert page(client, amina, "loan_withdrawal", reference).status_code == 302


def test_a_page_left_open_until_it_is_over_is_told_so(client, cooling, amina):
    with clock.at(days_ahead(4)):
        response = withdraw(client, amina, cooling, note="")
        assert response.status_code == 422
        assert "The days in which you could change your mind are over." in response.content.decode()
    assert again(cooling).state == "signed"


def test_a_guarantor_does_not_find_it(client, cooling, clara):
    cooling.application.parties.create(user=clara, name="Clara", kind="guarantor")
    reference = cooling.application.reference
    assert "withdrawal" not in page(client, clara, "my_loan", reference).content.decode()
    assert page(client, clara, "loan_withdrawal", reference).status_code == 404


def test_finance_reads_from_which_day_money_may_leave(client, cooling, felix):
    first = day(clock.day_of(days_ahead(4)))
    User.objects.filter(pk=felix.pk).update(language="en")
    client.force_login(felix)
    assert f"money from {first}" in client.get(reverse("loans") + "?show=to_send").content.decode()
    number = cooling.number
    assert f"Money may leave from {first}" in page(client, felix, "loan", number).content.decode()
    told = client.post(reverse("advance_release", args=[number, 1]), {"once_key": "early"})
    assert told.status_code == 422
    assert f"Money may leave from {first}" in told.content.decode()
    assert again(cooling.advances.get()).state == "planned"


def test_the_offer_says_the_right_before_anybody_signs(client, loan, amina):
    reference = loan.application.reference
    assert "change my mind" not in page(client, amina, "offer", reference).content.decode()
    Loan.objects.filter(pk=loan.pk).update(cooling_days=3)
    assert "For 3 days after everybody has signed" in page(client, amina, "offer", reference).content.decode()

"""What if, on the page: the engine's figures for another sum, time or pay-day, and taking them."""

import pytest
from django.urls import reverse

from letters.wording import money
from loans.lifecycle.lending import planning
from loans.lifecycle.offering import own_terms
from tests.cases import again, sign
from tests.words import words

pytestmark = pytest.mark.django_db
TRIED = {"principal_cents": "3,000", "repayment_months": "12", "pay_day": "5"}


@pytest.fixture
def here(client, amina, loan):
    client.force_login(amina)
    return reverse("offer_own_terms", args=[loan.application.reference])


def test_it_begins_with_the_offer_as_it_stands(client, here, loan):
    shown = words(client.get(here))
    assert 'value="5,000"' in shown
    assert f'<option value="{loan.first_due.day}" selected>' in shown
    assert "Take these terms" not in shown


def test_the_figures_are_the_engines_and_nothing_is_changed(client, here, loan):
    shown = words(client.get(here, TRIED))
    found = own_terms.estimate(loan, principal_cents=300_000, repayment_months=12, pay_day=5).figures
    assert all(money(cents) in shown for cents in (found.plan.payment_cents, found.cost.total_paid_cents))
    assert "more each month than in the offer" in shown
    assert again(loan).principal_cents == 500_000


def test_they_are_taken(client, here, loan):
    page = client.get(here, TRIED).context
    sent = {**dict(page["tried_as"]), "once_key": page["once_key"], "shown": page["plan"].pk}
    for _ in range(2):
        response = client.post(here, sent, follow=True)
        assert "These are the terms of your offer now." in words(response)
    assert "We offer to lend you $3,000.00" in words(response)
    assert (again(loan).principal_cents, planning.agreed_plan(loan).rows.first().due_on.day) == (300_000, 5)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"principal_cents": "5,000.01"}, "principal_cents"),
        ({"principal_cents": "lots"}, "principal_cents"),
        ({"repayment_months": "25"}, "repayment_months"),
        ({"repayment_months": ""}, "repayment_months"),
        ({"pay_day": "32"}, "pay_day"),
        ({"pay_day": "٥"}, "pay_day"),
    ],
)
def test_what_cannot_be_stands_beside_its_box_asked_or_sent(client, here, loan, other, field):
    for answer in (client.get(here, TRIED | other), client.post(here, {**TRIED, **other, "once_key": "k"})):
        assert answer.status_code == 422
        assert f"#id-{field}" in [link for link, _ in answer.context["errors"]]
        assert "Take these terms" not in words(answer)
    assert again(loan).principal_cents == 500_000


def test_above_the_criminal_rate_nothing_is_offered(client, here, loan, product):
    type(product).objects.update(fee_rate="0.4", fee_cap_cents=None, fee_paid="deducted")
    type(loan).objects.update(fee_paid="deducted", study_months=0)
    shown = client.get(here, TRIED)
    assert (shown.status_code, "Take these terms" in words(shown)) == (422, False)
    assert "The Criminal Code allows at most 35.00% a year." in words(shown)


def test_once_somebody_has_signed_the_page_leads_back(client, here, loan, clara):
    loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    sign(loan, clara)
    assert client.get(here).status_code == 302
    assert client.post(here, {**TRIED, "once_key": "k"}).status_code == 302
    assert again(loan).principal_cents == 500_000
    assert here not in words(client.get(reverse("offer", args=[loan.application.reference])))


def test_who_signs_with_the_borrower_does_not_find_it(client, here, loan, clara):
    loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    client.force_login(clara)
    assert client.get(here).status_code == 404
    assert here not in words(client.get(reverse("offer", args=[loan.application.reference])))


def test_in_french_with_the_sum_as_it_is_written_there(client, here, amina):
    amina.language = "fr"
    amina.save()
    shown = words(client.get(here, {**TRIED, "principal_cents": "3 000,00"}))
    assert "Voici ce que cela donnerait" in shown
    assert "Prendre" in shown

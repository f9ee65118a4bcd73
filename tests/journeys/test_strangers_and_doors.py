"""Who has no business here, and who has to sign in first."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.journeys.person import Person, code_mailed

pytestmark = pytest.mark.django_db


def test_a_strangers_case_does_not_exist(draft, submitted, bilal):
    stranger = Person("en", bilal).browser
    for name in ("my_case", "task_list", "check_answers", "papers", "offer", "my_loan", "withdrawal", "case"):
        assert stranger.get(reverse(name, args=[submitted.reference])).status_code == 404, name


def test_a_page_that_needs_sign_in_leads_back_after_it(office, db):
    visitor = Client()
    answer = visitor.get(reverse("my_cases"))
    assert answer.url == f"{reverse('account_login')}?next={reverse('my_cases')}"


def test_signing_in_by_code_leads_back_to_the_page(submitted, amina):
    here = reverse("my_case", args=[submitted.reference])
    visitor = Client()
    door = visitor.get(here).url
    assert f'value="{here}"' in visitor.get(door).content.decode()
    asked = visitor.post(reverse("account_login"), {"email": amina.email, "next": here})
    assert f'value="{here}"' in visitor.get(asked.url).content.decode()
    answer = visitor.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code"), "next": here})
    assert (answer.status_code, answer.url) == (302, here)


def test_a_page_elsewhere_is_not_led_back_to(amina):
    visitor = Client()
    visitor.post(reverse("account_login"), {"email": amina.email, "next": "https://evil.example/"})
    answer = visitor.post(reverse("account_confirm_login_code"), {"code": code_mailed("sign_in_code")})
    assert answer.url == reverse("home_for_me")

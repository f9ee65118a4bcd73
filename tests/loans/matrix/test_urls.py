"""Every address, everybody: for whom it is there, who may act, who is sent to sign in first."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.loans.matrix.address import ALL
from tests.loans.matrix.addresses import ADDRESSES

pytestmark = pytest.mark.django_db
STRANGE = (403, 404)  # it is not there for you
REFUSED = (403, 404, 405)


def named(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from named(pattern.url_patterns)


def test_the_list_knows_every_address():
    assert {address.name for address in ADDRESSES} == set(named(get_resolver().url_patterns))


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_it_is_there_for_those_it_is_for(address, visit):
    for who in ALL.split():
        got = visit(address, "get", who).status_code
        assert got < 500, who
        assert (got == 200) == (who in address.shown_to.split()), (who, got)
        if got != 405:  # an address that is only posted to tells a GET nothing about what is there
            assert (got in STRANGE) == (who not in address.exists_for.split()), (who, got)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_only_those_act_who_may(address, visit):
    for who in ALL.split():
        got = visit(address, "post", who).status_code
        assert got < 500, who
        assert (got in REFUSED) == (who not in address.acted_on_by.split()), (who, got)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_whoever_is_not_signed_in_is_led_back_after_it(address, visit):
    door = reverse("account_signup" if address.name == "new_application" else "account_login")  # most who begin are new
    for method in ("get", "post"):
        response = visit(address, method, "")
        leads_to_the_door = response.status_code == 302 and response.url.startswith(door)
        assert leads_to_the_door != address.is_public, (method, response.status_code)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_staff_without_a_second_factor_reach_only_its_enrolment(address, visit):
    enrolment = reverse("mfa_activate_totp")
    reachable = {"account_logout", "set_language", "mfa_activate_totp"}
    response = visit(address, "get", "newcomer")
    assert (response.status_code == 200) == (address.name in reachable - {"set_language"})
    if address.name not in reachable | {"account_reauthenticate", "mfa_reauthenticate"}:
        assert response.status_code == 302
        assert response.url.startswith(enrolment)

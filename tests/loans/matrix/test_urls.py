"""Every address, everybody: for whom it is there, who may act, who is sent to sign in first."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.loans.matrix.address import ALL
from tests.loans.matrix.addresses import ADDRESSES
from tests.loans.matrix.answers import EVERY_ADDRESS

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


@EVERY_ADDRESS
def test_it_is_there_for_those_it_is_for(address, answers):
    for who in ALL.split():
        got = answers["get", who].status
        assert got < 500, who
        assert (got == 200) == (who in address.shown_to.split()), (who, got)
        if got != 405:  # an address that is only posted to tells a GET nothing about what is there
            assert (got in STRANGE) == (who not in address.exists_for.split()), (who, got)


@EVERY_ADDRESS
def test_only_those_act_who_may(address, answers):
    for who in ALL.split():
        got = answers["post", who].status
        assert got < 500, who
        assert (got in REFUSED) == (who not in address.acted_on_by.split()), (who, got)


@EVERY_ADDRESS
def test_whoever_is_not_signed_in_is_led_back_after_it(address, answers):
    door = reverse("account_signup" if address.name == "new_application" else "account_login")  # most who begin are new
    for method in ("get", "post"):
        answer = answers[method, ""]
        leads_to_the_door = answer.status == 302 and answer.leads_to.startswith(door)
        assert leads_to_the_door != address.is_public, (method, answer.status)


@EVERY_ADDRESS
def test_staff_without_a_second_factor_reach_only_its_enrolment(address, answers):
    enrolment = reverse("mfa_activate_totp")
    reachable = {"account_logout", "set_language", "mfa_activate_totp"}
    answer = answers["get", "newcomer"]
    assert (answer.status == 200) == (address.name in reachable - {"set_language"})
    if address.name not in reachable | {"account_reauthenticate", "mfa_reauthenticate"}:
        assert answer.status == 302
        assert answer.leads_to.startswith(enrolment)

"""Every address, everybody: for whom it is there, who may act, who is sent to sign in first."""

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import Role, User
from accounts.people import give_role
from loans.lifecycle import disbursement
from tests.loans.matrix.addresses import ADDRESSES, ALL
from tests.loans.matrix.conftest import pay_off

pytestmark = pytest.mark.django_db
STRANGE = (403, 404)  # it is not there for you
REFUSED = (403, 404, 405)


@pytest.fixture
def closed(application_in):
    return application_in("closed_unanswered")


@pytest.fixture
def released(signed, felix):
    disbursement.release(signed.advances.get(), by=felix)
    return signed


@pytest.fixture
def paying(active, felix):
    pay_off(active, felix)
    return active


@pytest.fixture
def newcomer(db):
    """An officer who has not set up the second factor yet."""
    user = User.objects.known_as("new@office.example", name="Nia", language="en")
    user.emailaddress_set.update(verified=True)
    give_role(user, Role.OFFICER, by=None)
    return user


@pytest.fixture
def visit(client, request):
    """`visit(address, "get", "omar")`: the response; what a visit changed is taken back."""
    everybody = {name: request.getfixturevalue(name) for name in (*ALL.split(), "newcomer")}
    client.raise_request_exception = False

    def respond(address, method, who):
        url = url_of(address)
        client.logout()
        if who:
            client.force_login(everybody[who])
        with transaction.atomic():
            response = getattr(client, method)(url)
            transaction.set_rollback(True)
        return response

    def url_of(address):
        case = request.getfixturevalue(address.world).case if address.world else None
        facts = {"case": case and case.reference}
        if "loan" in address.args:
            facts["loan"] = case.loans.get().number
        if "paper" in address.args:
            facts["paper"] = case.documents.get(kind="identity").pk
        return reverse(address.name, args=[facts.get(part, part) for part in address.args])

    return respond


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
    for method in ("get", "post"):
        response = visit(address, method, "")
        leads_to_sign_in = response.status_code == 302 and response.url.startswith(reverse("account_login"))
        assert leads_to_sign_in != address.is_public, (method, response.status_code)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_staff_without_a_second_factor_reach_only_its_enrolment(address, visit):
    enrolment = reverse("mfa_activate_totp")
    reachable = {"account_logout", "set_language", "mfa_activate_totp"}
    response = visit(address, "get", "newcomer")
    assert (response.status_code == 200) == (address.name in reachable - {"set_language"})
    if address.name not in reachable | {"account_reauthenticate", "mfa_reauthenticate"}:
        assert response.status_code == 302
        assert response.url.startswith(enrolment)

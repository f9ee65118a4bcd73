"""A second factor's recovery codes: made, read, used up, made anew."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from tests.journeys.person import Person
from tests.people import authenticator_code

pytestmark = pytest.mark.django_db
LOSES_THE_OLD = "stop working"


def proven(user):
    """`user`, who has just shown the authenticator."""
    person = Person("en", user)
    person.sends("mfa_reauthenticate", code=authenticator_code())
    return person


def leads_to(person, name):
    return f'href="{reverse(name)}"' in person.opens("mfa_index").content.decode()


def test_who_has_none_is_led_to_where_they_are_made_and_warned_of_nothing(omar):
    person = proven(omar)
    assert leads_to(person, "mfa_generate_recovery_codes")
    assert not leads_to(person, "mfa_view_recovery_codes")
    assert LOSES_THE_OLD not in person.opens("mfa_generate_recovery_codes").content.decode()


def test_who_has_some_is_led_to_them_and_warned_before_others_are_made(omar):
    codes = RecoveryCodes.activate(omar).get_unused_codes()
    person = proven(omar)
    assert leads_to(person, "mfa_view_recovery_codes")
    assert codes[0] in person.opens("mfa_view_recovery_codes").content.decode()
    assert LOSES_THE_OLD in person.opens("mfa_generate_recovery_codes").content.decode()


def test_who_has_used_all_is_led_to_where_they_are_made(omar):
    codes = RecoveryCodes.activate(omar)
    assert all(codes.validate_code(code) for code in codes.get_unused_codes())
    person = Person("en", omar)
    assert leads_to(person, "mfa_generate_recovery_codes")
    assert not leads_to(person, "mfa_view_recovery_codes")

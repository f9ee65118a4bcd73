import base64

import pytest
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as pace

from vault import keys
from vault.checks import keys_are_in_order
from vault.errors import Damaged, KeysUnusable, UnknownKey, WrongPlace

HERE, THERE = "people.sin:1", "people.sin:2"


@given(plain=strategies.binary(max_size=500))
@pace(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_sealed_comes_back_whole(plain):
    assert keys.unseal(keys.seal(plain, place=HERE), place=HERE) == plain


def test_the_same_text_is_never_sealed_alike():
    assert keys.seal(b"046 454 286", place=HERE) != keys.seal(b"046 454 286", place=HERE)


def test_sealed_bytes_do_not_show_what_they_hold():
    assert b"046" not in keys.seal(b"046 454 286", place=HERE)


def test_what_was_sealed_for_one_place_opens_in_no_other():
    with pytest.raises(WrongPlace):
        keys.unseal(keys.seal(b"secret", place=HERE), place=THERE)


def test_a_forged_mark_of_the_place_does_not_help():
    sealed = keys.seal(b"secret", place=HERE)
    elsewhere = keys.seal(b"other", place=THERE)
    forged = sealed[:15] + elsewhere[15:23] + sealed[23:]
    assert keys.is_for(forged, THERE)
    with pytest.raises(Damaged):
        keys.unseal(forged, place=THERE)


@pytest.mark.parametrize("position", [0, 5, 23, -1])
def test_one_changed_bit_anywhere_is_noticed(position):
    sealed = bytearray(keys.seal(b"a secret of some length", place=HERE))
    sealed[position] ^= 1
    with pytest.raises(Damaged):
        keys.unseal(bytes(sealed), place=HERE)


@pytest.mark.parametrize("length", [0, 1, 22, 38])
def test_bytes_cut_short_are_noticed(length):
    with pytest.raises(Damaged):
        keys.unseal(keys.seal(b"", place=HERE)[:length], place=HERE)


def test_the_newest_key_seals_and_the_older_one_still_opens(second_key):
    old = keys.seal(b"secret", place=HERE)
    second_key()
    new = keys.seal(b"secret", place=HERE)
    assert (keys.version_of(old), keys.version_of(new)) == (1, 2)
    assert keys.unseal(old, place=HERE) == keys.unseal(new, place=HERE) == b"secret"


def test_version_ten_is_newer_than_version_nine(settings):
    key = settings.VAULT_KEYS["1"]
    settings.VAULT_KEYS = {"9": key, "10": key}
    assert keys.newest_version() == 10


def test_a_key_that_was_taken_away_is_named(second_key, settings):
    second_key()
    sealed = keys.seal(b"secret", place=HERE)
    settings.VAULT_KEYS = {"1": settings.VAULT_KEYS["1"]}
    with pytest.raises(UnknownKey, match="key 2"):
        keys.unseal(sealed, place=HERE)


def test_another_key_of_the_same_version_opens_nothing(settings):
    sealed = keys.seal(b"secret", place=HERE)
    settings.VAULT_KEYS = {"1": base64.urlsafe_b64encode(b"x" * 32).decode()}
    with pytest.raises(Damaged):
        keys.unseal(sealed, place=HERE)


def test_a_key_may_have_lost_its_padding(settings):
    sealed = keys.seal(b"secret", place=HERE)
    settings.VAULT_KEYS = {"1": settings.VAULT_KEYS["1"].rstrip("=")}
    assert keys.unseal(sealed, place=HERE) == b"secret"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "VAULT_KEYS is empty"),
        ({"1": base64.urlsafe_b64encode(b"short").decode()}, "has 5 bytes, it must have 32"),
        ({"1": ""}, "has 0 bytes"),
        ({"1": "not base64!"}, "not urlsafe base64"),
        ({"new": "A" * 43}, "a version is a whole number"),
        ({"0": "A" * 43}, "a version is a whole number"),
        ({"65536": "A" * 43}, "a version is a whole number"),
    ],
)
def test_bad_keys_are_refused_in_plain_words(settings, wrong, words):
    settings.VAULT_KEYS = wrong
    with pytest.raises(KeysUnusable, match=words):
        keys.seal(b"secret", place=HERE)
    assert [error.id for error in keys_are_in_order(None)] == ["vault.E001"]


@pytest.mark.parametrize("wrong", ["", "c2hvcnQ", "not base64!"])
def test_a_bad_look_up_key_stops_the_start(settings, wrong):
    settings.VAULT_LOOKUP_KEY = wrong
    (error,) = keys_are_in_order(None)
    assert error.id == "vault.E002"
    assert "VAULT_LOOKUP_KEY" in error.msg
    assert "base64" in error.hint


def test_an_error_never_spells_out_a_key(settings):
    settings.VAULT_KEYS = {"1": "c2hvcnQtYnV0LXNlY3JldA"}
    (error,) = keys_are_in_order(None)
    assert "c2hvcnQ" not in error.msg


def test_good_keys_pass_the_check():
    assert keys_are_in_order(None) == []

import base64

import pytest

from vault.lookup import keyed_hash


def test_the_same_value_is_found_again_however_it_was_typed():
    assert keyed_hash("  A1A 1a1 ", purpose="postal") == keyed_hash("a1a1A1", purpose="postal")
    assert keyed_hash("Zoe\u0308", purpose="name") == keyed_hash("ZOË", purpose="name")


def test_another_value_is_not_found():
    assert keyed_hash("046454286", purpose="sin") != keyed_hash("046454287", purpose="sin")


def test_two_columns_cannot_be_joined():
    assert keyed_hash("046454286", purpose="sin") != keyed_hash("046454286", purpose="account")


def test_purpose_and_value_cannot_be_shifted_into_one_another():
    assert keyed_hash("bc", purpose="a") != keyed_hash("c", purpose="ab")


def test_without_the_key_the_hash_cannot_be_guessed(settings):
    before = keyed_hash("046454286", purpose="sin")
    settings.VAULT_LOOKUP_KEY = base64.urlsafe_b64encode(b"another key of thirty-two bytes!").decode()
    assert keyed_hash("046454286", purpose="sin") != before


def test_it_is_sixty_four_hexadecimal_digits():
    digest = keyed_hash("046454286", purpose="sin")
    assert len(digest) == 64
    int(digest, 16)


def test_a_hash_needs_its_purpose():
    with pytest.raises(ValueError, match="purpose"):
        keyed_hash("046454286", purpose="")

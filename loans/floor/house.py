"""The floor of safety: what kind of house this is, and its keys."""

from django.conf import settings

from loans.floor.finding import Finding
from vault import keys
from vault.errors import KeysUnusable

SHORTEST_SECRET_KEY = 50  # characters, as Django's own check has it
PUBLISHED_KEYS = ("django-insecure-", "only-for-tests")
FEWEST_DIFFERENT_BYTES = 16  # in a key: 32 random bytes hold about 30 different ones


def demonstration_is_off():
    if settings.DEMO:
        return Finding("demo", "This is a demonstration (DEMO=1).", "In a real office, set DEMO=0.")
    return None


def vault_keys_are_good():
    try:
        found = [*keys.sealing_keys().values(), keys.lookup_key()]
    except KeysUnusable as error:
        return Finding("vault_keys", f"{error}.", "docs/running.md, Keys, says how to make a good key.")
    is_published = settings.VAULT_LOOKUP_KEY.startswith(PUBLISHED_KEYS)
    if is_published or any(len(set(key)) < FEWEST_DIFFERENT_BYTES for key in found):
        sentence = "A key in VAULT_KEYS or VAULT_LOOKUP_KEY is not random, or it is published."
        return Finding("vault_keys", sentence, "docs/running.md, Keys, says how to make a good key.")
    return None


def secret_key_is_good():
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_SECRET_KEY and not key.startswith(PUBLISHED_KEYS):
        return None
    remedy = 'Set SECRET_KEY to what `python3 -c "import secrets; print(secrets.token_urlsafe(48))"` prints.'
    return Finding("secret_key", f"SECRET_KEY is shorter than {SHORTEST_SECRET_KEY} characters or published.", remedy)

"""The house does not start without good keys."""

from django.core.checks import Error

from vault import keys
from vault.errors import KeysUnusable

HINT = "Make one: python -c \"import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip('='))\""


def keys_are_in_order(app_configs, **kwargs):
    """An error for each kind of key that is missing, malformed or short."""
    errors = []
    for number, ask in ((1, keys.sealing_keys), (2, keys.lookup_key)):
        try:
            ask()
        except KeysUnusable as error:
            errors.append(Error(str(error), hint=HINT, id=f"vault.E00{number}"))
    return errors

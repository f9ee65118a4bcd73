from django.apps import AppConfig
from django.core import checks


class VaultConfig(AppConfig):
    name = "vault"

    def ready(self):
        from vault.checks import keys_are_in_order

        checks.register(keys_are_in_order)

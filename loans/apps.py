from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


def _install_guards(using, **_):
    from loans.models import guards

    guards.install(using)


class LoansConfig(AppConfig):
    name = "loans"

    def ready(self):
        from loans.checks import ink_is_guarded

        # The one listener of the house: SQLite re-makes a table in a migration and silently drops its triggers.
        post_migrate.connect(_install_guards, sender=self)
        register(ink_is_guarded, Tags.database)

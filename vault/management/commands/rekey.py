from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from vault import keys, rekeying


class Command(BaseCommand):
    """Besides our own columns and files: what a room keeps sealed in other people's tables.

    settings.VAULT_ELSEWHERE names its functions: `reseal(*, batch)` returns a Counter as `rekeying.rekey_files` does.
    """

    help = "Seal every encrypted column and file again under the newest key. Safe to stop and to run again."

    def add_arguments(self, parser):
        parser.add_argument("--batch", type=int, default=500, help="rows in one transaction (default 500)")

    def handle(self, *, batch, **options):
        if batch < 1:
            raise CommandError("--batch must be at least 1")
        self.stdout.write(f"Sealing under key {keys.newest_version()}")
        damaged = 0
        for model, fields in rekeying.sealed_models():
            damaged += self._say(model._meta.label, rekeying.rekey_rows(model, fields, batch=batch))
        damaged += self._say("stored files", rekeying.rekey_files(batch=batch))
        for name in getattr(settings, "VAULT_ELSEWHERE", ()):
            damaged += self._say(name, import_string(name)(batch=batch))
        if damaged:
            raise CommandError(f"{damaged} could not be opened and stay as they were: see the log. Keep the old keys.")
        self.stdout.write("Everything stands under the newest key: older keys may be taken away.")

    def _say(self, what, counts):
        self.stdout.write(
            f"{what}: {counts['rows']} looked at, {counts['resealed']} sealed again, {counts['damaged']} damaged"
        )
        return counts["damaged"]

"""Back from a backup: `manage.py restore FILE` into an empty house; with --rehearse only read and proved."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from vault import backup


class Command(BaseCommand):
    help = "Fills an empty, migrated house from a backup, all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--rehearse", action="store_true", help="read and prove it all, change nothing")

    def handle(self, *, file, rehearse, **options):
        try:
            found = backup.rehearse(file) if rehearse else backup.restore(file)
        except (backup.BackupRefused, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        told = f"{sum(found.rows.values())} rows and {found.files} files, as of {found.made_at:%Y-%m-%d %H:%M} UTC"
        self.stdout.write(f"This backup is good: {told}." if rehearse else f"Restored {told}. Now run manage.py audit.")

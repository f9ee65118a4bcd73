from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from vault.backup import restoring
from vault.errors import VaultError


class Command(BaseCommand):
    help = "Put a backup into an empty house. Nothing is changed before the whole file was read and found well."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument("--rehearse", action="store_true", help="read and check everything, change nothing")

    def handle(self, *, file, rehearse, **options):
        try:
            contents, unreadable = (restoring.rehearse if rehearse else restoring.restore)(file)
        except (VaultError, DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"Taken at {contents.made_at}")
        for label, count in contents.rows.items():
            self.stdout.write(f"{label}: {count}")
        self.stdout.write(f"files: {contents.files}, gone when it was taken: {contents.gone}")
        done = "Rehearsed: nothing was changed." if rehearse else "Restored. Now run `manage.py audit`."
        if unreadable:
            raise CommandError(f"{done} But {unreadable} sealed values or files did not open when it was taken.")
        self.stdout.write(done)

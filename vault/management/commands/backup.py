from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from vault.backup.taking import take
from vault.errors import VaultError


class Command(BaseCommand):
    help = "Write the database and the stored files into one sealed file, read it back, print what it holds."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a new file, such as /srv/backups/2027-03-14.backup")

    def handle(self, *, file, **options):
        try:
            taken = take(file)
        except (VaultError, DatabaseError, OSError) as error:
            raise CommandError(f"No backup was taken: {error}") from error
        held = taken.contents
        for label, count in held.rows.items():
            self.stdout.write(f"{label}: {count}")
        self.stdout.write(f"files: {held.files}, gone meanwhile: {held.gone}")
        self.stdout.write(f"SHA-256: {taken.sha256}")
        if taken.doubts:
            raise CommandError(f"{file} was written and read back, but: " + "; ".join(taken.doubts))
        self.stdout.write(f"{file} was written and read back: it is whole.")

"""Everything in one sealed file: `manage.py backup /elsewhere/tremplin-2027-03-14.backup`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from vault import backup


class Command(BaseCommand):
    help = "Writes database and stored files into one sealed file and reads it back. Keep the keys elsewhere."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        if file.exists():
            raise CommandError(f"{file} is there already: a backup is never written over.")
        try:
            found = backup.take(file)
        except (backup.BackupRefused, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{sum(found.rows.values())} rows, {found.files} files, read back and proved: {file}")
        if found.missing:
            self.stderr.write(f"{found.missing} stored files are named in the database and not in the storage.")

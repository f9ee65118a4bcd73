"""The books for strangers: `manage.py export-books DIR`; see docs/verifying.md."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from loans.export.lines import NotExported
from loans.export.writing import export_books


class Command(BaseCommand):
    help = "Writes terms, facts, entries and roots into an empty folder, with a program that checks them without us."

    def add_arguments(self, parser):
        parser.add_argument("dir", type=Path, help="a new or empty folder")

    def handle(self, *, dir, **options):
        try:
            counts = export_books(dir)
        except (NotExported, DatabaseError, OSError) as error:
            raise CommandError(f"Not exported: {error}") from error
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(f"Check it with: python3 {dir / 'verify_books.py'} --replay --root HASH")

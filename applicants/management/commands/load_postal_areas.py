"""Take in which neighbourhood and ward each postal code lies in."""

from django.core.management.base import BaseCommand, CommandError

from applicants import areas


class Command(BaseCommand):
    help = "Loads a CSV with the columns prefix, neighbourhood, ward, city, source, as_of. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--source", default="", help="for rows that name none")

    def handle(self, *, file, source, **options):
        try:
            count = areas.load(file, source=source)
        except (OSError, UnicodeDecodeError, areas.Unusable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} postal areas are loaded.")

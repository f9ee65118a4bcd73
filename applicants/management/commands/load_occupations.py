"""Take in the whole occupational classification from Statistics Canada's file."""

from django.core.management.base import BaseCommand, CommandError

from applicants import occupations


class Command(BaseCommand):
    help = (
        "Loads unit groups from a CSV: Statistics Canada's (Code - NOC 2021 V1.0, Class title, All examples), "
        "or one with the columns code, title_en, title_fr, other_titles. Safe to run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--source", default="NOC 2021, Statistics Canada")

    def handle(self, *, file, source, **options):
        try:
            count = occupations.load(file, source=source)
        except (OSError, UnicodeDecodeError, occupations.Unusable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} occupations are loaded.")

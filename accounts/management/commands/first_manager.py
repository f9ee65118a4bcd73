"""Open the office: `manage.py first_manager mariam@example.org --name "Mariam Haddad"`. Works once."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.people import AlreadyStaffed, first_manager


class Command(BaseCommand):
    help = "Makes the office's first manager; refuses when there is one."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--language", default="en", choices=[code for code, _ in settings.LANGUAGES])

    def handle(self, *, email, name, language, **options):
        try:
            user = first_manager(email, name=name, language=language)
        except AlreadyStaffed:
            raise CommandError("The office has a manager already: roles are given from inside.") from None
        self.stdout.write(f"{user.name} is manager. Sign in at {settings.SITE_URL} and enrol a second factor.")

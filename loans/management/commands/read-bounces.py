"""Mails that came back, by hand or from cron: `manage.py read-bounces`."""

from django.core.management.base import BaseCommand

from loans.tasks import read_bounces


class Command(BaseCommand):
    help = "Reads the mailbox of BOUNCES_URL: what became of the letters that went by mail."

    def handle(self, **options):
        self.stdout.write(f"{read_bounces()} mails read")

"""The proof of the books: `manage.py audit` exits 1 and names what is wrong."""

from django.core.management.base import BaseCommand, CommandError

from loans.lifecycle.audit import audit
from loans.models import Loan


class Command(BaseCommand):
    help = "Replays every loan and compares chain, entries, plan and position."

    def handle(self, **options):
        findings = list(audit())
        for finding in findings:
            self.stderr.write(f"{finding.loan}: {finding.what}")
        if findings:
            raise CommandError(f"{len(findings)} findings")
        self.stdout.write(f"{Loan.objects.count()} loans: the books are whole.")

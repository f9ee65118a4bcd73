"""The proof of the books: `manage.py audit` exits 1 and names what is wrong, by loan, fact and root."""

import json
from contextlib import nullcontext
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from loans.lifecycle.ledger.audit import audit
from loans.models import Loan, Root
from vault.backup.rows import snapshot


class Command(BaseCommand):
    help = "Replays every loan, compares chain, entries, plan and position; proves every root and frozen file."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="findings as lines of JSON on the standard output")

    def handle(self, *, json: bool = False, **options):
        # Of one moment, so that a payment that comes in meanwhile is no finding.
        with nullcontext() if connection.in_atomic_block else snapshot():
            found = sum(self._tell(finding, as_json=json) for finding in audit())
            loans, roots = Loan.objects.count(), Root.objects.count()
        if found:
            raise CommandError(f"{found} findings")
        if not json:
            self.stdout.write(f"{loans} loans, {roots} roots: the books are whole.")

    def _tell(self, finding, *, as_json):
        if as_json:
            told = asdict(finding)
            if finding.case is None:  # said of records of decisions alone
                del told["case"]
            self.stdout.write(json.dumps(told))
        else:
            self.stderr.write(str(finding))
        return 1

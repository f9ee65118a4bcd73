"""`manage.py quote [FILE]`: a line of JSON in, a line of JSON out; see money/quote.py. Needs no database."""

import json
import sys

from django.core.management.base import BaseCommand

from money.quote import quote


class Command(BaseCommand):
    help = "Reads terms as JSON lines from FILE or the standard input; writes schedule, totals and APR of each."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="JSON lines; the standard input when left out")

    def handle(self, *, file, **options):
        if file:
            with open(file, "rb") as lines:
                self._answer(lines)
        else:
            self._answer(sys.stdin.buffer)

    def _answer(self, lines):
        for line in lines:
            if line.strip():
                self.stdout.write(json.dumps(quote(line)))

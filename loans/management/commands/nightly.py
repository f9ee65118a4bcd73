"""The clock by hand or from cron: `manage.py nightly --on 2027-03-01`."""

from datetime import datetime, time

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date

from config import clock
from loans.tasks import nightly


class Command(BaseCommand):
    help = "Does the jobs of one night; without --on, those of today."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=parse_date, help="the office's day, such as 2027-03-01")

    def handle(self, *, on=None, **options):
        if on is None:
            self._run()
            return
        noon = datetime.combine(on, time(12), tzinfo=timezone.get_default_timezone())
        with clock.at(noon):
            self._run()

    def _run(self):
        for job, (done, passed_over) in nightly().items():
            self.stdout.write(f"{job}: {done} done, {passed_over} passed over")

"""Is the office ready for real data? `manage.py doctor` says what is mis-set; exit code 1 when something is serious."""

from django.core.management.base import BaseCommand, CommandError

from loans import floor


class Command(BaseCommand):
    help = "Says in plain words what is mis-set and how to mend it."
    requires_system_checks = []  # it says itself, and in kinder words, what they would stop at

    def handle(self, **options):
        found = list(floor.findings())
        for finding in found:
            self.stdout.write(f"{'SERIOUS' if finding.is_serious else 'Advice'}: {finding.sentence} [{finding.code}]")
            self.stdout.write(f"    {finding.remedy}\n")
        floor.remember(found)
        if serious := sum(finding.is_serious for finding in found):
            raise CommandError(f"Not ready for real data. Serious findings: {serious}.")
        self.stdout.write("Ready for real data.")

"""Build a demonstration office: `manage.py demo --loans 60`; with --once only when there is no case yet.

More than a thousand, or what lies beyond `--walked`, are made in bulk: `manage.py demo --loans 100000`. Beside loans
made in bulk stand cases that are none, open ones and such as are over: one for ten loans, or `--cases N` of them.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from loans import demonstration
from loans.furnishing.office import furnish

LOANS_A_CASE = 10


class Command(BaseCommand):
    help = "Builds a portfolio by walking the real verbs at past dates, and prints who one can sign in as."

    def add_arguments(self, parser):
        parser.add_argument("--loans", type=int, default=60)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--walked", type=int, help="so many by the real verbs, the rest in bulk")
        parser.add_argument("--cases", type=int, help="so many more in bulk that are no loan")
        parser.add_argument("--once", action="store_true", help="leave an office that has cases as it is")

    def handle(self, *, loans, seed, walked, cases, once, **options):
        if not settings.DEMO:
            raise CommandError("DEMO=1 is not set: a real office is never filled with invented people.")
        if demonstration.is_empty():
            furnish()
            in_bulk = demonstration.build(loans, seed, walked)
            if in_bulk:
                self.stdout.write(f"{in_bulk} loans were made in bulk: they have no letters and no papers.")
            cases = in_bulk // LOANS_A_CASE if cases is None else cases
            if cases:
                demonstration.build_without_loans(loans, cases, seed)
                self.stdout.write(f"{cases} more cases were made in bulk: they have no letters and no papers either.")
        elif not once:
            raise CommandError("This office has cases already.")
        self.stdout.write(f"\nSign in at {settings.SITE_URL}/sign-in/; the codes lie in {settings.SITE_URL}/mail-room/")
        for role, email in demonstration.sign_ins():
            self.stdout.write(f"  {role:<18} {email}")
        self.stdout.write(
            f"Staff add the key {demonstration.SECRET} to an authenticator app for their second factor.\n"
        )

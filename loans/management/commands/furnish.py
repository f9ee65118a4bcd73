"""Furnish a new office: products, fund, definitions and the lender's own row. Safe to run again."""

from django.core.management.base import BaseCommand

from loans.furnishing.office import furnish


class Command(BaseCommand):
    help = "Puts in the products, the fund, the definitions and the lender's row that are missing."

    def handle(self, **options):
        furnish()

"""The office's own settings: every kind in one list. A new kind is one file, or a few lines, and its line here."""

from loans.settings.checklist import CHECKLIST
from loans.settings.clauses import CLAUSES
from loans.settings.credit import BANDS, BUREAUS
from loans.settings.institutions import INSTITUTIONS
from loans.settings.kind import Group, Kind
from loans.settings.lender import LENDER
from loans.settings.partners import PARTNERS
from loans.settings.products import PRODUCTS
from loans.settings.rates import RATES
from loans.settings.reasons import REASONS
from loans.settings.templates import TEMPLATES

ALL = (PRODUCTS, RATES, CHECKLIST, REASONS, TEMPLATES, CLAUSES, PARTNERS, BUREAUS, BANDS, INSTITUTIONS, LENDER)
KINDS = {kind.slug: kind for kind in ALL}

__all__ = ["KINDS", "PRODUCTS", "RATES", "REASONS", "Group", "Kind"]

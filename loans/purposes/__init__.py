"""What the office lends for: one file a purpose, one line here."""

from loans.purposes.business import BUSINESS
from loans.purposes.training import TRAINING

PURPOSES = {purpose.slug: purpose for purpose in (TRAINING, BUSINESS)}

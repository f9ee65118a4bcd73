"""Who can act besides a person. `None` is nobody: a verb called without an actor is a bug."""

from enum import StrEnum


class Actor(StrEnum):
    """A machine that acts in the loan office's name."""

    CLOCK = "clock"  # a nightly job
    BANK = "bank"  # an imported file
    LEDGER = "ledger"  # a consequence of the books or of the last signature


CLOCK, BANK, LEDGER = Actor

"""People without an e-mail address: the address that stands in the place of theirs, and is never written to."""

from uuid import uuid4

NOWHERE = "nobody.invalid"  # no such house can exist (RFC 6761, section 6.4)


def address_of_nobody() -> str:
    """A new address at which nobody can be reached, for the account of a person who has none."""
    return f"{uuid4().hex}@{NOWHERE}"


def is_mailbox(address: str) -> bool:
    """Whether mail to this address could arrive."""
    return not address.lower().endswith(f"@{NOWHERE}")

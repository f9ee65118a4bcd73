"""What is told about something that is mis-set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that is mis-set: what, in a sentence, and how to mend it. Serious: real data must wait for it."""

    code: str
    sentence: str
    remedy: str
    is_serious: bool = True

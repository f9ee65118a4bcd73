"""What every purpose is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field

from loans.fields import Text, Values
from loans.sections import Section


@dataclass(frozen=True)
class Purpose:
    """What a loan is for: its name and the pages of its form, in order."""

    slug: str
    title: Text
    sections: tuple[Section, ...]
    # A paper that only some are asked for: its page, and whether the answers of that page ask for it.
    papers_if: dict[str, tuple[str, Callable[[Values], bool]]] = field(default_factory=dict)

    def section(self, slug: str) -> Section:
        """The page of this slug; raises KeyError when the form has none."""
        return {section.slug: section for section in self.sections}[slug]

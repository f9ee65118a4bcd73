"""What every purpose is made of."""

from dataclasses import dataclass

from loans.fields import Text
from loans.sections import Section


@dataclass(frozen=True)
class Purpose:
    """What a loan is for: its name and the pages of its form, in order."""

    slug: str
    title: Text
    sections: tuple[Section, ...]

    def section(self, slug: str) -> Section:
        """The page of this slug; raises KeyError when the form has none."""
        return {section.slug: section for section in self.sections}[slug]

"""What a page of the form is."""

from dataclasses import dataclass

from loans.fields import Field, Text

MOST_LINE_NUMBERS = 1000  # lines of a repeated page that may ever have been begun
MOST_CENTS = 100_000_000  # a million dollars: beyond it an answer is a slip of the finger


@dataclass(frozen=True)
class Section:
    """One page of the form. A repeated one holds several lines of the same fields."""

    slug: str
    title: Text
    intro: Text = ""
    fields: tuple[Field, ...] = ()
    repeated: bool = False
    may_be_empty: bool = False  # a repeated page that no line is needed on
    max_lines: int = 20

    def field(self, name: str) -> Field:
        """The field of this name; raises KeyError when the page has none."""
        return {field.name: field for field in self.fields}[name]

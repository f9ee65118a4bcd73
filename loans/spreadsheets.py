"""Cells for a spreadsheet that opens our CSV files: words stay words, whatever they begin with."""

RISKY_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


def as_words(text: str) -> str:
    """`text` as a cell that no spreadsheet runs as a formula: where it would, a ' stands before it."""
    return f"'{text}" if text.startswith(RISKY_BEGINNINGS) else text

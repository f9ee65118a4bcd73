"""A large portfolio at once: the same engine, the same rows, the same ink as the verbs write, but no verbs walked.

Left out, because nothing in the books hangs on them: letters, papers, the typing of the form. An agreement is one sheet
that says it is a specimen.
"""

from loans.demonstration.bulk.chunks import build, build_without_loans

__all__ = ["build", "build_without_loans"]

"""Lines of the log without personal data: what is known by its shape is masked, and values in faults are left out.

Masked: e-mail addresses, telephone and insurance numbers, network addresses, one-time codes, any run of six digits.
Kept: references of cases, dates since 2020, ids of tasks. A name has no shape: never log one.
"""

import logging
import re
import traceback

FEWEST_DIGITS_TOGETHER = 6
FEWEST_DIGITS_APART = 7

_SHAPES = re.compile(
    r"""
    (?P<kept> \b[A-Z]{1,3}-20\d\d-\d{3,6}\b                                                        # a case
            | \b20[2-9]\d-[01]\d-[0-3]\d(?:[T\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b  # a moment
            | \b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b )                                    # a task
  | (?P<address> [^\s@<>"'(),;:=&?/]+ (?:@|%40) [^\s@<>"'(),;:=&?/]+ )
  | (?P<number> \+? \(? \d (?: [\s().\-\N{NON-BREAKING HYPHEN}\N{EN DASH}]{0,2} \d )+ )
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r"""'[^']*' | "[^"]*" | \([^()]*\)""", re.VERBOSE)
_IDENTIFIER = re.compile(r"""['"][a-z0-9]+(?:_[a-z0-9]+)+['"]""")  # of a column or a constraint
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+")


def mask(text: str) -> str:
    """`text` on one line, with e-mail addresses and long numbers masked."""
    return _CONTROL.sub(" ", _SHAPES.sub(_masked, text))


def _masked(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    if found["address"]:
        return "[e-mail]"
    digits = sum(letter.isdigit() for letter in found["number"])
    is_together = any(len(run) >= FEWEST_DIGITS_TOGETHER for run in re.findall(r"\d+", found["number"]))
    return "[number]" if is_together or digits >= FEWEST_DIGITS_APART else found["number"]


def fault(error: BaseException) -> str:
    """Where an exception came from and its kind, cause first; no values: neither of variables nor in its message."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [fault(before), "which led to"] if before else []
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames]
    return "\n".join([*lines, f"{type(error).__qualname__}: {_without_values(error)}"])


def _without_values(error: BaseException) -> str:
    # Only the first line: below it, databases tell the row.
    first = next(iter(str(error).splitlines()), "")
    return mask(_VALUE.sub(lambda value: value[0] if _IDENTIFIER.fullmatch(value[0]) else "…", first))


class Discreet(logging.Formatter):
    """When, how bad, who says it, what: one line, and below it where a fault came from."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {mask(_message(record))}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{fault(error)}" if error else line


def _message(record: logging.LogRecord) -> str:
    if isinstance(record.args, dict) and "traceback" in record.args:  # Celery writes the fault into its message too
        silent = {**record.args, "exc": "", "traceback": "", "args": "", "kwargs": ""}
        return str(record.msg) % silent
    return record.getMessage()

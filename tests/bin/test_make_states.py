"""docs/states.md says what the machines are now."""

from pathlib import Path

from bin.make_states import states

PAGE = Path(__file__).resolve().parent.parent.parent / "docs/states.md"


def test_the_page_of_the_machines_is_fresh():
    assert PAGE.read_text() == states(), "run `make states`"


def test_every_machine_is_on_it():
    for heading in ("## Application", "## Loan", "## Advance", "## Document"):
        assert heading in states()

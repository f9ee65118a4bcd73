"""Write docs/states.md from the machines as the models declare them (`make states`); a test keeps it fresh."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# The machines

Made by `make states` from the moves that the models declare; change those, not this page. A move without an arrow's end
is a deed: it leaves the state as it is. Who may is a sentence in `loans/rules.py`; what happens is the verb of the same
name in `loans/lifecycle/`.
"""


def states() -> str:
    """The page: for each machine its diagram and a table of its moves."""
    from loans.models import Advance, Application, Document, Loan

    return "\n".join([HEAD, *(_machine(model) for model in (Application, Loan, Advance, Document))])


def _machine(model: type) -> str:
    moves = sorted(_moves(model), key=lambda move: (_place(model, move.source), move.name))
    lines = [f"## {model.__name__}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {model.State.values[0]}"]
    lines += [f"    {move.source} --> {move.target}: {move.name}" for move in moves if move.target]
    lines += ["```", "", "| from | move | to | who may | what it means |", "|---|---|---|---|---|"]
    for move in moves:
        meaning = getattr(model, move.name).__doc__.strip()
        lines.append(
            f"| {move.source} | `{move.name}` | {move.target or ''} | `{move.permission.__name__}` | {meaning} |"
        )
    return "\n".join([*lines, ""])


def _moves(model: type) -> list:
    return list(model(state=model.State.values[0]).get_all_state_transitions())


def _place(model: type, state: str) -> int:
    return model.State.values.index(state)


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    (ROOT / "docs/states.md").write_text(states())


if __name__ == "__main__":
    main()

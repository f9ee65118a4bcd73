"""`pytest --one-in 6`: of each file every sixth test, from its first one on; the rooms named here are asked whole.

The same tests run on SQLite all and on PostgreSQL in part, since the one differs from the other in few things: locks and
races (`tests/postgres`), the guards of the tables (`tests/loans/models`), and what lives over many transactions.
"""

from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
WHOLE = [HERE / room for room in ("browser", "faults", "journeys", "postgres", "loans/models")]


def pytest_addoption(parser):
    parser.addoption("--one-in", type=int, default=1, metavar="N", help="every Nth test of each file, its first always")


def pytest_collection_modifyitems(config, items):
    """Chosen by the place in the file, so that every worker and every run chooses the same."""
    asked, passed_over, seen = [], [], Counter()
    for item in items:
        whole = any(room in item.path.parents for room in WHOLE)
        chosen = whole or seen[item.path] % config.getoption("one_in") == 0
        (asked if chosen else passed_over).append(item)
        seen[item.path] += 1
    if passed_over:
        config.hook.pytest_deselected(items=passed_over)
        items[:] = asked

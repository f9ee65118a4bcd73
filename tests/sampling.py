"""`pytest --one-in 6`: the first test of each file and a sixth of the others; the rooms named here are asked whole.

All tests run on SQLite, and these on PostgreSQL, since the one differs from the other in few things: locks and races
(`tests/postgres`), the guards of the tables (`tests/loans/models`), and what lives over many transactions.
"""

from pathlib import Path
from zlib import crc32

from tests.sharing import shared

HERE = Path(__file__).parent
ASKED_WHOLE = ("browser", "faults", "journeys", "postgres", "loans/models", "loans/test_benchmark.py")
WHOLE = [HERE / room for room in ASKED_WHOLE]


def pytest_addoption(parser):
    parser.addoption(
        "--one-in", type=int, default=1, metavar="N", help="the first test of each file, and a share of the others"
    )


def pytest_collection_modifyitems(config, items):
    """Chosen by their names, so that every worker and every run chooses the same; what is shared stays together."""
    one_in = config.getoption("one_in")
    asked, passed_over, seen = [], [], set()
    for item in items:
        whole = item.path not in seen or any(room in (item.path, *item.path.parents) for room in WHOLE)
        chosen = whole or crc32(shared(item.nodeid).encode()) % one_in == 0
        (asked if chosen else passed_over).append(item)
        seen.add(item.path)
    if passed_over:
        config.hook.pytest_deselected(items=passed_over)
        items[:] = asked

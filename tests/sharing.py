"""Which tests go to one worker, one after the other, since they share what takes long to make (`--dist loadgroup`)."""

import re

import pytest
from xdist.scheduler import LoadScopeScheduling

# Made once a worker, for all tests below such a path.
FILES = ("tests/loans/test_benchmark.py", "tests/pages/", "tests/test_catalogues.py")
# What one address answers is asked by whichever test comes first (tests/loans/matrix/answers.py).
OF_AN_ADDRESS = re.compile(r"tests/loans/matrix/test_(?:urls|headers|bare_strings)\.py::.*\[(.+)\]")


def shared(nodeid: str) -> str:
    """What the test of this id shares with others; its own id where that is nothing."""
    path = next((path for path in FILES if nodeid.startswith(path)), None)
    address = OF_AN_ADDRESS.fullmatch(nodeid)
    return path or (address and f"address {address[1]}") or nodeid


class Sharing(LoadScopeScheduling):
    """As `loadgroup`, whose mark is not seen by the pytest of today: it writes the group where nobody reads it."""

    def _split_scope(self, nodeid: str) -> str:
        return shared(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Sharing(config, log) if config.getvalue("dist") == "loadgroup" else None

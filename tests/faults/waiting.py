"""Waiting for what another process does."""

import time

SECONDS = 60


def wait_until(is_so, seconds=SECONDS):
    """Whether it is so within that time; asks every so often."""
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.2)
    return is_so()

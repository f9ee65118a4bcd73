"""Several clients at once: real processes, each with a connection of its own."""

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from time import perf_counter
from typing import NamedTuple

from django.db import connections

PATIENCE_SECONDS = 600


class ClientFailed(RuntimeError):
    """A client stopped in the middle; its own words stand on the standard error."""


class Client(NamedTuple):
    """What one client does: `warm_up` is not timed, `act` is."""

    warm_up: Callable[[], object]
    act: Callable[[], object]


def together(clients: Sequence[Client]) -> float:
    """The seconds from the moment when all clients were warm until the last one had done its act.

    Raises ClientFailed.
    """
    connections.close_all()  # a connection is not for two processes
    forking = multiprocessing.get_context("fork")
    gate = forking.Barrier(len(clients) + 1)
    processes = [forking.Process(target=_run, args=(client, gate), daemon=True) for client in clients]
    try:
        for process in processes:
            process.start()
        gate.wait(PATIENCE_SECONDS)
        began = perf_counter()
        gate.wait(PATIENCE_SECONDS)
        return perf_counter() - began
    except BrokenBarrierError as error:
        raise ClientFailed from error
    finally:
        for process in processes:
            if process.pid:
                process.terminate()
                process.join()


def _run(client: Client, gate: Barrier) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        client.warm_up()
        gate.wait(PATIENCE_SECONDS)
        client.act()
        gate.wait(PATIENCE_SECONDS)
    except BaseException:
        gate.abort()
        raise

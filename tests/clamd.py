"""A small clamd for tests: it speaks its protocol and finds the EICAR test file. Loaded by the root conftest."""

import socketserver
import struct
import threading

import pytest

# The test file of eicar.org, in two parts so that no scanner stops at this one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        command = self._until_zero()
        if command == b"zPING":
            self._say(b"PONG")
        elif command == b"zINSTREAM":
            data = b"".join(self._chunks())
            self.server.seen.append(data)
            self._say(self.server.answer or (b"stream: Eicar-Signature FOUND" if EICAR in data else b"stream: OK"))

    def _until_zero(self):
        read = b""
        while (byte := self.rfile.read(1)) not in (b"\0", b""):
            read += byte
        return read

    def _chunks(self):
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            yield self.rfile.read(length)

    def _say(self, line):
        self.wfile.write(line + b"\0")


class Daemon(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.seen, self.answer = [], b""


@pytest.fixture
def clamd(settings):
    """A running scanner that the house knows of; `clamd.seen` holds what it was shown."""
    with Daemon() as daemon:
        threading.Thread(target=daemon.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{daemon.server_address[1]}"
        yield daemon
        daemon.shutdown()

"""Looking for viruses before a file is kept: asks a ClamAV daemon, when settings.CLAMAV_URL names one.

The protocol is clamd's (its manual page, section COMMANDS): INSTREAM takes chunks, each after its length in four bytes,
and ends with a chunk of length zero; the daemon answers in one line that ends with a zero byte.
"""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from vault.errors import ScannerSilent

PATIENCE_SECONDS = 20  # for one file of 25 MB on a small machine
CHUNK_BYTES = 64 * 1024
LONGEST_ANSWER = 4096
PORT = 3310


def is_on() -> bool:
    """Whether files are looked at here."""
    return bool(settings.CLAMAV_URL)


def is_infected(data: bytes) -> bool:
    """Whether the scanner knows a virus in `data`; False when none is set up.

    Raises ScannerSilent when one is set up and does not say clearly yes or no.
    """
    if not is_on():
        return False
    answer = _ask(b"zINSTREAM\0", data, patience_seconds=PATIENCE_SECONDS)
    if answer.endswith(" FOUND"):
        return True
    if answer == "stream: OK":
        return False
    raise ScannerSilent(f"clamd said {answer!r}")


def knock(*, patience_seconds: float) -> None:
    """Raises ScannerSilent when the scanner that is set up does not answer within `patience_seconds`."""
    if (answer := _ask(b"zPING\0", patience_seconds=patience_seconds)) != "PONG":
        raise ScannerSilent(f"clamd said {answer!r}")


def _ask(command: bytes, data: bytes | None = None, *, patience_seconds: float) -> str:
    try:
        with _connected(patience_seconds) as line:
            line.sendall(command)
            if data is not None:
                _send(line, data)
            return _answer(line)
    except (OSError, ValueError) as error:
        raise ScannerSilent(f"{type(error).__name__} while talking to clamd") from error


def _connected(patience_seconds: float) -> socket.socket:
    url = urlsplit(settings.CLAMAV_URL)
    if url.scheme == "tcp" and url.hostname:
        return socket.create_connection((url.hostname, url.port or PORT), timeout=patience_seconds)
    if url.scheme == "unix" and url.path:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience_seconds)
        line.connect(url.path)
        return line
    raise ValueError("CLAMAV_URL is tcp://host:port or unix:///path")


def _send(line: socket.socket, data: bytes) -> None:
    for start in range(0, len(data), CHUNK_BYTES):
        chunk = data[start : start + CHUNK_BYTES]
        line.sendall(struct.pack(">I", len(chunk)) + chunk)
    line.sendall(struct.pack(">I", 0))


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()

"""A gateway of text messages that is played: it takes, refuses, dies or keeps silent as it is told."""

import json
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer


class Gateway:
    """What it was sent, and how it answers: a status, or None to hang up without a word; not before `wait` is set."""

    def __init__(self):
        self.taken, self.headers, self.answer, self.elsewhere, self.wait = [], [], 202, "", None

    @property
    def handler(self):
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.headers.append(dict(self.headers))
                if gateway.wait:
                    gateway.wait.wait(30)
                if gateway.answer is None:
                    self.connection.close()
                    return
                if gateway.answer < 300:
                    gateway.taken.append(json.loads(body))
                self.send_response(gateway.answer)
                if gateway.elsewhere:
                    self.send_header("Location", gateway.elsewhere)
                self.send_header("Content-Length", "0")
                with suppress(OSError):  # who asked may be dead
                    self.end_headers()

            do_GET = do_POST

            def log_message(self, *args):
                """Silence."""

        return Handler


@contextmanager
def open_gateway():
    """(the gateway, its address on this machine)."""
    gateway = Gateway()
    server = HTTPServer(("127.0.0.1", 0), gateway.handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield gateway, f"http://key%20of%20ours@127.0.0.1:{server.server_port}/messages?from=us"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

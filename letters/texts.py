"""The gateway for text messages (SMS), in one setting, SMS_URL.

Empty: no texts. `file:///folder`: each is written there as a file (the demo; the mail room shows them too).
`https://token@host/path` (http on this machine only): each is a POST of JSON {"id", "to", "text"} with the header
`Authorization: Bearer token`; `id` is the same when a message in doubt is repeated, so that the gateway can drop the
second one. 2xx means taken; 4xx, 503 and a refused line mean that nothing went out; whatever else leaves a doubt.
"""

import json
import socket
import ssl
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 20
HERE = ("127.0.0.1", "::1", "localhost")  # where alone a gateway may be spoken to without encryption
_CERTAIN_NO = range(400, 500)
_UNAVAILABLE = 503


class NotTaken(Exception):
    """The gateway answered no, or never answered at all: nothing went out."""


def is_on() -> bool:
    """Whether this house sends texts."""
    return bool(settings.SMS_URL)


def hand_over(*, to: str, text: str, message_id: str) -> None:
    """Give one text for the number `to` (E.164) to the gateway. Raises NotTaken; any other error leaves a doubt."""
    gateway = urlsplit(settings.SMS_URL)
    message = {"id": message_id, "to": to, "text": text}
    if gateway.scheme == "file":
        _lay_down(Path(unquote(gateway.path)), message)
    elif gateway.hostname and (gateway.scheme == "https" or (gateway.scheme == "http" and gateway.hostname in HERE)):
        _send(gateway, message)
    else:
        raise NotTaken("SMS_URL names no gateway")


def _lay_down(folder, message):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = message["id"].strip("<>").partition("@")[0]
        (folder / f"{name}.json").write_text(json.dumps(message, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise NotTaken from error


def _send(gateway, message):
    where = f"{gateway.hostname}:{gateway.port}" if gateway.port else gateway.hostname
    query = f"?{gateway.query}" if gateway.query else ""
    headers = {"Content-Type": "application/json"}
    if gateway.username:
        headers["Authorization"] = f"Bearer {unquote(gateway.username)}"
    request = urllib.request.Request(  # noqa: S310  the scheme was looked at above
        f"{gateway.scheme}://{where}{gateway.path or '/'}{query}",
        data=json.dumps(message).encode(),
        headers=headers,
        method="POST",
    )
    try:
        with _AS_IT_IS.open(request, timeout=TIMEOUT_SECONDS):
            pass
    except urllib.error.HTTPError as error:
        if error.code in _CERTAIN_NO or error.code == _UNAVAILABLE or error.code in range(300, 400):
            raise NotTaken(f"the gateway answered {error.code}") from error
        raise
    except urllib.error.URLError as error:
        if isinstance(error.reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
            raise NotTaken from error
        raise


class _NotElsewhere(urllib.request.HTTPRedirectHandler):
    """A gateway that has moved is not followed: the number and the text are for the one we were told."""

    def redirect_request(self, *args, **kwargs):
        return None


_AS_IT_IS = urllib.request.build_opener(_NotElsewhere)

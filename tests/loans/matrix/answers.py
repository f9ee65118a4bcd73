"""What every address answers everybody: asked once an address, and held against every rule by the tests that share it.

The office is a real one, over HTTPS and in a made-up French, so that headers, cookies and bare strings show too.
"""

from typing import NamedTuple

import pytest
from django.http import HttpResponse

from tests.loans.matrix.address import ALL, Address
from tests.loans.matrix.addresses import ADDRESSES
from tests.loans.matrix.pseudo import words_of

# The tests of one address go to one worker, one after the other (tests/sharing.py): whichever comes first asks.
EVERY_ADDRESS = pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
HOST = {"HTTP_HOST": "loans.rideau.ca", "HTTP_X_FORWARDED_PROTO": "https"}


class Answer(NamedTuple):
    """What came back: `words` of a page or a CSV file, None of anything else; a cookie as its parts by name."""

    status: int
    leads_to: str
    words: str | None
    headers: dict[str, str]
    cookies: dict[str, dict[str, object]]
    is_page: bool


Answers = dict[tuple[str, str], Answer]  # (method, who; "" is somebody not signed in) → what came back
newest: dict[Address, Answers] = {}


def read(response: HttpResponse) -> Answer:
    kind = response.get("Content-Type", "")
    is_page = kind.startswith("text/html") and bool(response.content)
    words = words_of(response) if is_page else response.content.decode() if kind.startswith("text/csv") else None
    cookies = {
        name: {part: cookie[part] for part in ("secure", "samesite", "httponly")}
        for name, cookie in response.cookies.items()
        if cookie.value
    }
    headers = dict(response.headers)
    return Answer(response.status_code, getattr(response, "url", ""), words, headers, cookies, is_page)


@pytest.fixture
def answers(address, request, settings):
    """(method, who) → Answer of this address, for everybody, somebody not signed in and a newcomer among the staff."""
    if address not in newest:
        request.getfixturevalue("over_https")
        request.getfixturevalue("pseudo")
        visit = request.getfixturevalue("visit")
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        request.getfixturevalue("client").defaults |= HOST
        everybody = ("", "newcomer", *ALL.split())
        found = {
            (method, who): read(visit(address, method, who, language="fr"))
            for method in ("get", "post")
            for who in everybody
        }
        newest.clear()
        newest[address] = found
    return newest[address]

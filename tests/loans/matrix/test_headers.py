"""Every address of a real office, whoever asks, carries the headers that keep its pages to themselves."""

import pytest

from config.headers import POLICY
from tests.loans.matrix.answers import EVERY_ADDRESS

pytestmark = pytest.mark.django_db
WANTED = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": POLICY,
}


@EVERY_ADDRESS
def test_every_answer_carries_the_headers(address, answers, settings):
    for asked, answer in answers.items():
        assert {name: answer.headers.get(name) for name in WANTED} == WANTED, (asked, answer.status)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        for name, cookie in answer.cookies.items():
            assert (cookie["secure"], cookie["samesite"]) == (True, "Lax"), name
            assert cookie["httponly"] or name == settings.LANGUAGE_COOKIE_NAME, name

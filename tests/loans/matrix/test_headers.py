"""Every address of a real office, whoever asks, carries the headers that keep its pages to themselves."""

import pytest

from config.headers import POLICY
from tests.loans.matrix.addresses import ADDRESSES

pytestmark = pytest.mark.django_db
WANTED = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": POLICY,
}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_every_answer_carries_the_headers(address, visit, client, settings, over_https):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.defaults |= {"HTTP_HOST": "loans.rideau.ca", "HTTP_X_FORWARDED_PROTO": "https"}
    for who in ("", "amina", "omar"):
        for method in ("get", "post"):
            response = visit(address, method, who)
            assert {name: response.get(name) for name in WANTED} == WANTED, (who, method, response.status_code)
            policy = response["Content-Security-Policy"]
            assert "unsafe" not in policy
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            for cookie in response.cookies.values():
                if cookie.value:
                    assert (cookie["secure"], cookie["samesite"]) == (True, "Lax"), cookie.key
                    assert cookie["httponly"] or cookie.key == settings.LANGUAGE_COOKIE_NAME, cookie.key

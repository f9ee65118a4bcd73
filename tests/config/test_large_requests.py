"""A stranger's huge file is refused before any of it is read."""

import pytest
from django.test import RequestFactory

from config.large_requests import MOST_BYTES, LargeRequestsMiddleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/verify/", "/letters/told/", "/no/such/page/"])
def test_what_is_too_large_is_not_read(client, office, address):
    response = client.post(address, {"code": "x"}, CONTENT_LENGTH=str(MOST_BYTES + 1))
    assert response.status_code == 413
    assert "This file is too large. A photo may have 25 MB" in response.content.decode()
    assert response.wsgi_request.environ["wsgi.input"].read_started is False


@pytest.mark.parametrize("told", ["", "0", str(MOST_BYTES), "-1", "x", "١٢٣"])
def test_everything_else_is(told):
    house = LargeRequestsMiddleware(lambda request: "answered")
    assert house(RequestFactory().get("/", CONTENT_LENGTH=told)) == "answered"

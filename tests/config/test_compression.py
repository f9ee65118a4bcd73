"""Words leave compressed, papers as they are, and what makes that safe holds."""

import gzip

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.compression import CompressionMiddleware

PACKED = {"accept-encoding": "gzip, br"}


def answered(content_type, headers=PACKED):
    house = CompressionMiddleware(lambda request: HttpResponse(b"words " * 1000, content_type=content_type))
    return house(RequestFactory().get("/", headers=headers))


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "text/csv", "application/json"])
def test_words_are_compressed(content_type):
    answer = answered(content_type)
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"] == "Accept-Encoding"
    assert len(answer.content) < 500
    assert gzip.decompress(answer.content) == b"words " * 1000


@pytest.mark.parametrize("content_type", ["image/jpeg", "application/pdf", "application/zip"])
def test_photos_and_papers_are_sent_as_they_are(content_type):
    answer = answered(content_type)
    assert not answer.has_header("Content-Encoding")
    assert answer.content == b"words " * 1000


def test_whoever_takes_no_gzip_gets_none():
    assert answered("text/html", headers={}).content == b"words " * 1000


def test_no_secret_can_be_guessed_from_the_length_of_a_page():
    """BREACH: foreign pages open ours without the session, and an answer never has the same length twice for sure."""
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert len({len(answered("text/html").content) for _ in range(200)}) > 20


@pytest.mark.django_db
def test_the_token_of_a_form_is_masked_anew_in_each_answer():
    browser = Client()
    token = b'name="csrfmiddlewaretoken" value="'
    pages = [browser.get("/sign-in/").content for _ in range(2)]
    first, second = (page.split(token)[1][:64] for page in pages)
    assert first != second

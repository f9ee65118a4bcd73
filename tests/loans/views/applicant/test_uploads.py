"""Files in pieces through the pages: found by their code alone, each request checked, told where they stand."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from loans.lifecycle.applying import filling, uploads
from loans.models import Page, Upload
from tests.cases import picture

pytestmark = pytest.mark.django_db
DATA = picture("PNG")


def announce(client, case, data=DATA, **said):
    facts = {"kind": "identity", "name": "passport.png", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    return client.post(reverse("uploads", args=[case.reference]), facts | said)


def patch(client, url, data, start):
    headers = {"Upload-Offset": str(start)}
    return client.patch(url, data, content_type="application/offset+octet-stream", headers=headers)


def test_a_file_goes_up_in_pieces_and_the_page_shows_it(client, mine):
    state = announce(client, mine).json()
    assert state == {"url": state["url"], "arrived": 0, "size": len(DATA), "over": False, "error": ""}
    half = patch(client, state["url"], DATA[:50], 0).json()
    assert (half["arrived"], half["over"]) == (50, False)
    assert client.get(state["url"]).json() == half
    whole = patch(client, state["url"], DATA[50:], 50).json()
    assert (whole["over"], whole["error"]) == (True, "")
    page = client.get(reverse("papers", args=[mine.reference]), {"sent": "identity"}).content.decode()
    assert "passport.png" in page
    assert "Saved. Thank you." in page


def test_a_piece_sent_again_is_told_where_it_stands(client, mine):
    url = announce(client, mine).json()["url"]
    patch(client, url, DATA[:50], 0)
    response = patch(client, url, DATA[:50], 0)
    assert response.status_code == 409
    assert response.json()["arrived"] == 50


def test_when_only_the_answer_was_lost_the_next_ask_finishes_it(client, mine, amina):
    url = announce(client, mine).json()["url"]
    uploads.append(Upload.objects.get(), 0, DATA, by=amina)  # the house went down before it cleaned the file
    assert patch(client, url, b"", len(DATA)).json()["over"] is True
    assert patch(client, url, b"", len(DATA)).json()["error"] == ""
    assert Page.objects.count() == 1


def test_a_cut_upload_says_so_on_the_page_and_may_be_forgotten(client, mine):
    url = announce(client, mine).json()["url"]
    patch(client, url, DATA[: len(DATA) // 2], 0)
    papers = reverse("papers", args=[mine.reference])
    page = client.get(papers).content.decode()
    assert f"is not finished: {50 * (len(DATA) // 2) * 2 // len(DATA)}% is here." in page
    assert "Choose the same file again" in page
    assert client.post(f"{url}removal/").status_code == 302
    assert "is not finished" not in client.get(papers).content.decode()


def test_what_was_refused_is_told_on_the_page_until_another_is_sent(client, mine):
    bad = b"<html><script>alert(1)</script></html>"
    state = announce(client, mine, bad, name="photo.jpg").json()
    told = patch(client, state["url"], bad, 0).json()
    assert told["over"] is True
    assert "This is not a photo" in told["error"]
    papers = reverse("papers", args=[mine.reference])
    response = client.get(papers, {"sent": "identity"})
    assert "photo.jpg: This is not a photo" in response.content.decode()
    assert "Saved. Thank you." not in response.content.decode()
    assert [link for link, _ in response.context["errors"]] == ["#id-file-identity"]
    announce(client, mine)
    assert "This is not a photo" not in client.get(papers).content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {"size": "0"},
        {"size": "-5"},
        {"size": "ten"},
        {"size": "١٢٣"},
        {"size": "99999999999"},
        {"kind": "x"},
        {"sha256": "z"},
    ],
)
def test_what_cannot_be_announced_is_told(client, mine, said):
    response = announce(client, mine, **said)
    assert response.status_code == 422
    assert response.json()["error"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("start", ["", "x", "-1", "1e3", "99999999999999999999"])
def test_an_offset_that_is_no_number_changes_nothing(client, mine, start):
    url = announce(client, mine).json()["url"]
    assert patch(client, url, DATA, start).status_code == 409
    assert Upload.objects.get().arrived == 0


def test_a_piece_that_is_too_large_is_not_read(client, mine):
    url = announce(client, mine, b"x" * 3_000_000).json()["url"]
    assert patch(client, url, b"x" * (uploads.MOST_PIECE_BYTES + 1), 0).status_code == 413
    assert Upload.objects.get().arrived == 0


def test_to_anybody_else_an_upload_does_not_exist(client, mine, amina, bilal, omar, product):
    url = announce(client, mine).json()["url"]
    other = filling.start(amina, product)
    code = url.rstrip("/").rsplit("/", 1)[1]
    assert client.get(reverse("upload", args=[other.reference, code])).status_code == 404
    for stranger in (bilal, omar):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
        assert patch(client, url, DATA, 0).status_code == 404
        assert client.post(f"{url}removal/").status_code == 404
        assert announce(client, mine).status_code == 404


def test_each_request_carries_the_token_of_its_page(mine, amina):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(amina)
    assert announce(strict, mine).status_code == 403
    token = str(strict.get(reverse("papers", args=[mine.reference])).context["csrf_token"])
    facts = {"kind": "identity", "name": "x", "size": 9, "sha256": ""}
    headers = {"X-CSRFToken": token}
    url = strict.post(reverse("uploads", args=[mine.reference]), facts, headers=headers).json()["url"]
    assert patch(strict, url, b"x", 0).status_code == 403
    taken = strict.patch(url, b"x", content_type="application/octet-stream", headers={**headers, "Upload-Offset": "0"})
    assert taken.json()["arrived"] == 1


def test_after_the_form_was_sent_nothing_is_announced(client, submitted, amina):
    client.force_login(amina)
    response = announce(client, submitted)
    assert response.status_code == 422
    assert "was sent already" in response.json()["error"]


def test_codes_are_not_guessed(client, mine):
    codes = {announce(client, mine, bytes([n]) * 9).json()["url"].rstrip("/").rsplit("/", 1)[1] for n in range(5)}
    assert len(codes) == 5
    assert min(map(len, codes)) == 43

"""Files in pieces: they go on where they were, become a page once, and are forgotten in time."""

import hashlib

import pytest

from config import clock
from loans.lifecycle.applying import filling, uploads
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.models import Page, Piece, Upload
from loans.tasks import nightly
from tests.cases import again, large_photo, pdf, picture
from tests.days_ahead import days_ahead
from vault import files
from vault.cleaning import MOST_BYTES, MOST_PHOTO_BYTES
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(amina, product):
    return filling.start(amina, product)


def begin(case, data, by, kind="identity", name="passport.jpg"):
    said = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    return uploads.begin(case, kind, name=name, by=by, **said)


def send(upload, data, by, piece=300):
    while upload.arrived < upload.size:
        upload = uploads.append(upload, upload.arrived, data[upload.arrived : upload.arrived + piece], by=by)
    return uploads.finish(upload, by=by)


def test_a_file_in_pieces_becomes_a_page_and_its_pieces_go(mine, amina):
    upload = send(begin(mine, picture(), amina), picture(), amina)
    assert upload.outcome == uploads.KEPT
    assert upload.page.file.name == "passport.jpg"
    assert upload.page.file.content_type == "image/jpeg"
    assert not Piece.objects.exists()
    assert StoredFile.objects.count() == 2  # the page, and the page in small


def test_what_has_arrived_lies_sealed(mine, amina):
    data = picture("PNG")
    uploads.append(begin(mine, data, amina), 0, data[:100], by=amina)
    piece = Piece.objects.get()
    assert piece.file.read() == data[:100]
    assert data[:50] not in files.sealed_at(piece.file.path)


def test_the_same_file_chosen_again_goes_on_where_it_was(mine, amina):
    data = picture()
    uploads.append(begin(mine, data, amina), 0, data[:100], by=amina)
    same = begin(mine, data, amina, name="IMG_0001.jpg")
    assert same.arrived == 100
    assert send(same, data, amina).outcome == uploads.KEPT


def test_a_file_that_is_here_already_is_not_sent_twice_unless_it_was_taken_out(mine, amina):
    data = picture()
    first = send(begin(mine, data, amina), data, amina)
    assert begin(mine, data, amina) == first
    filling.remove_page(first.page, by=amina)
    assert begin(mine, data, amina) != first


def test_a_piece_for_another_place_is_not_taken(mine, amina):
    data = picture()
    upload = uploads.append(begin(mine, data, amina), 0, data[:100], by=amina)
    for start in (0, 50, 101):
        with pytest.raises(Refused, match="other_place"):
            uploads.append(upload, start, data[:10], by=amina)
    assert again(upload).arrived == 100


def test_more_than_was_announced_is_not_taken(mine, amina):
    upload = begin(mine, picture(), amina)
    with pytest.raises(Refused, match="too_big"):
        uploads.append(upload, 0, picture() + b"x", by=amina)


def test_a_photo_of_more_than_10_mb_is_kept_small_and_a_pdf_is_told_with_its_first_bytes(mine, amina):
    large = large_photo()
    upload = send(begin(mine, large, amina), large, amina, piece=uploads.MOST_PIECE_BYTES)
    assert upload.outcome == uploads.KEPT
    assert upload.page.file.size < len(large) / 3
    data = pdf() + b" " * MOST_BYTES
    upload = uploads.append(begin(mine, data, amina, name="letter.pdf"), 0, data[:300], by=amina)
    assert (upload.outcome, upload.arrived) == ("too_big", 0)
    assert uploads.finish(upload, by=amina).outcome == "too_big"
    assert not Piece.objects.exists()


def test_a_file_that_changed_on_its_way_is_not_kept(mine, amina):
    upload = begin(mine, picture(), amina)
    assert send(upload, picture()[:-1] + b"x", amina).outcome == "lost_on_the_way"
    assert not Page.objects.exists()


def test_a_file_that_will_not_do_is_told_and_not_kept(mine, amina):
    data = pdf()[:-30]
    upload = send(begin(mine, data, amina), data, amina)
    assert upload.outcome == "broken_pdf"
    assert not StoredFile.objects.exists()
    assert send(upload, data, amina).outcome == "broken_pdf"
    uploads.forget_refused(mine, "identity", by=amina)
    assert not Upload.objects.exists()


def test_an_upload_finished_twice_becomes_one_page(mine, amina):
    data = picture()
    upload = uploads.append(begin(mine, data, amina), 0, data, by=amina)
    stale = again(upload)
    assert uploads.finish(upload, by=amina).outcome == uploads.KEPT
    with pytest.raises(Piece.DoesNotExist):
        Piece.objects.get()
    assert uploads.finish(again(stale), by=amina).outcome == uploads.KEPT
    assert Page.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"size": 0}, "empty_file"),
        ({"size": -1}, "empty_file"),
        ({"size": MOST_PHOTO_BYTES + 1}, "too_big"),
        ({"kind": "../../etc"}, "unknown_paper"),
        ({"sha256": "0" * 63}, "unknown_paper"),
    ],
)
def test_what_cannot_be_announced(mine, amina, said, code):
    with pytest.raises(Refused, match=code):
        uploads.begin(mine, **{"kind": "identity", "name": "x", "size": 9, "sha256": "", "by": amina, **said})


def test_one_person_has_at_most_ten_files_on_their_way(mine, amina):
    for number in range(uploads.MOST_UNFINISHED):
        begin(mine, b"x" * (number + 1), amina)
    with pytest.raises(Refused, match="too_many_uploads"):
        begin(mine, b"x" * 99, amina)


def test_nobody_else_sends_or_finishes_it(mine, amina, bilal, omar):
    upload = begin(mine, picture(), amina)
    for stranger in (bilal, omar):
        with pytest.raises(Refused, match="not_open"):
            begin(mine, picture(), stranger)
        with pytest.raises(Refused, match="not_open"):
            uploads.append(upload, 0, picture(), by=stranger)


def test_a_file_that_comes_whole_after_the_form_was_sent_is_not_kept(in_review, draft, amina):
    review.ask_for_more(again(in_review), by=in_review.reviewer, asked=[("papers", "Page 2?")])
    data = picture("PNG")
    upload = uploads.append(begin(again(draft), data, amina), 0, data, by=amina)
    review.answer(again(in_review), by=amina)
    assert uploads.finish(upload, by=amina).outcome == "not_open"


def test_the_night_forgets_what_is_not_finished_after_three_days(mine, amina):
    data = picture()
    uploads.append(begin(mine, data, amina), 0, data[:100], by=amina)
    sealed = Piece.objects.get().file.path
    kept = send(begin(mine, pdf(), amina), pdf(), amina).page
    for days, left in ((3, 2), (4, 0)):
        with clock.at(days_ahead(days)):
            assert nightly()["forget_old_uploads"][1] == 0
        assert Upload.objects.count() == left
    assert not Piece.objects.exists()
    assert Page.objects.get() == kept
    assert not StoredFile.objects.filter(path=sealed).exists()

import io

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed
from PIL import Image

from loans.lifecycle.applying import filling
from loans.lifecycle.contracts import signing
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import papers, review
from loans.models import Event
from loans.models.form import Form
from tests.cases import again, pdf, picture
from tests.clamd import EICAR
from tests.vault.cleaning.heic import HEIC
from vault.cleaning import MOST_BYTES, MOST_PHOTO_BYTES

pytestmark = pytest.mark.django_db


def passport(case):
    return case.documents.get(kind="identity")


def test_the_reviewer_accepts_a_paper_once(in_review, omar):
    papers.accept(passport(in_review), by=omar, once_key="k")
    assert papers.accept(passport(in_review), by=omar, once_key="k").state == "accepted"
    assert Event.objects.filter(verb="accept").count() == 1


def test_an_accepted_paper_may_still_be_refused(in_review, omar):
    papers.accept(passport(in_review), by=omar)
    papers.refuse(passport(in_review), by=omar, note="It ran out last year.")
    assert passport(in_review).state == "refused"
    assert Event.objects.get(verb="refuse").note.text == "It ran out last year."


def test_a_paper_is_not_refused_without_saying_why(in_review, omar):
    with pytest.raises(Refused, match="empty_note"):
        papers.refuse(passport(in_review), by=omar, note="  ")
    assert passport(in_review).state == "received"


def test_only_the_reviewer_judges_papers(in_review, olga, mariam, amina):
    for stranger in (olga, mariam, amina):
        with pytest.raises(PermissionDenied):
            papers.accept(passport(in_review), by=stranger)


def test_papers_are_judged_only_while_the_case_is_in_review(recommended, omar):
    with pytest.raises(PermissionDenied):
        papers.accept(passport(recommended), by=omar)


def test_a_refused_paper_is_missing_again_and_replaced_by_the_next_one(in_review, omar, amina):
    papers.refuse(passport(in_review), by=omar, note="Cut off at the edge.")
    review.ask_for_more(again(in_review), by=omar, asked=[("papers", "Please send the whole page.")])
    case = again(in_review)
    assert [gap.field for gap in Form(case).all_gaps()] == ["identity"]
    filling.add_paper(case, "identity", picture(), name="again.jpg", by=amina)
    assert list(case.documents.filter(kind="identity").values_list("state", flat=True)) == ["replaced", "received"]
    assert Form(case).all_gaps() == []


def test_a_replaced_paper_stays_as_it_is(in_review, omar, amina):
    papers.refuse(passport(in_review), by=omar, note="Cut off.")
    review.ask_for_more(again(in_review), by=omar, asked=[("papers", "Again, please.")])
    filling.add_paper(again(in_review), "identity", picture(), name="again.jpg", by=amina)
    review.answer(again(in_review), by=amina)
    old = in_review.documents.get(state="replaced")
    with pytest.raises(TransitionNotAllowed):
        papers.accept(old, by=omar)


# --- What a paper is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        pytest.param(b"x" * (MOST_PHOTO_BYTES + 1), "too_big", id="large"),
        pytest.param(b"%PDF-" + b"x" * MOST_BYTES, "too_big", id="large PDF"),
        (b"MZ\x90\x00 a program that calls itself photo.jpg", "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "wrong_type"),
        (b"GIF89a" + b"\x00" * 30, "wrong_type"),
        (b"PK\x03\x04 a zip", "wrong_type"),
        (b"<!doctype html><html><body>%PDF-1.7 in a page that is called letter.pdf %%EOF</body></html>", "wrong_type"),
        (b"%PDF-1.7 cut off", "broken_pdf"),
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n", "broken_pdf"),
        (picture("PNG")[:60], "broken_picture"),
        (picture("JPEG")[:200], "broken_picture"),
    ],
)
def test_what_is_no_paper_is_named(data, code):
    with pytest.raises(Refused) as refused:
        papers.clean_paper(data, "identity")
    assert refused.value.code == code


def test_a_half_picture_is_seen_after_a_pdf_was_made(loan):
    signing.agreement_for(loan, "en")
    with pytest.raises(Refused, match="broken_picture"):
        papers.clean_paper(picture("PNG")[:60], "identity")


def test_a_picture_that_would_fill_the_memory_is_refused():
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(Refused):
        papers.clean_paper(out.getvalue(), "identity")


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (pdf(), "application/pdf"),
        (HEIC, "image/jpeg"),
    ],
)
def test_a_paper_is_known_by_its_content(data, content_type):
    assert papers.clean_paper(data, "identity").content_type == content_type


# --- Viruses -------------------------------------------------------------------------------------

PDF = pdf()


def test_a_clean_paper_is_taken_after_a_look_at_all_of_it(clamd):
    assert papers.clean_paper(PDF, "identity").content_type == "application/pdf"
    assert clamd.seen == [PDF]


def test_an_infected_paper_is_refused(clamd):
    with pytest.raises(Refused, match="infected"):
        papers.clean_paper(PDF + EICAR + b"\n%%EOF", "identity")


def test_a_paper_that_cannot_be_checked_is_not_taken(settings):
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    with pytest.raises(Refused, match="cannot_check"):
        papers.clean_paper(PDF, "identity")


def test_what_is_no_paper_is_not_even_shown_to_the_scanner(clamd):
    with pytest.raises(Refused, match="wrong_type"):
        papers.clean_paper(b"MZ a program" + EICAR, "identity")
    assert clamd.seen == []

"""A letter by post on paper: whole, and with an address that the post can read."""

import subprocess

import pytest

from letters.models import Letter
from letters.printing import to_print

pytestmark = pytest.mark.django_db


def test_in_a_language_from_right_to_left_the_address_still_reads_from_left_to_right(submitted, tmp_path):
    letter = Letter.objects.get(kind="received")
    letter.channel, letter.language = "post", "ar"
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(to_print(letter, "12 Laurier Avenue\nOttawa\nK1A 0B1"))
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True).stdout
    assert "12 Laurier Avenue" in text
    assert "150 Rideau Street" in text

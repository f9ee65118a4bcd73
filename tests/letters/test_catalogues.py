"""What is signed of a catalogue: its words, and whether they are all there."""

import pytest

from letters.catalogues import fingerprint, lacking

COMMENT = '\n#: loans/sections/person.py\nmsgid "About me"\nmsgstr "عني"\n'


def test_the_fingerprint_is_that_of_the_words(catalogue_of):
    before = fingerprint("ar")
    assert len(before) == 64
    catalogue_of(sign_in="دخول")
    assert fingerprint("ar") != before


def test_a_plural_form_counts_too(catalogue_of):
    before = fingerprint("ar")
    catalogue_of(days="%(n)s أيام")
    assert fingerprint("ar") != before


def test_where_a_sentence_stands_does_not_count(catalogue_of):
    catalogue_of(more=COMMENT)
    before = fingerprint("ar")
    catalogue_of(more=COMMENT.replace("sections", "fields"))
    assert fingerprint("ar") == before


@pytest.mark.parametrize(
    ("said", "missing"),
    [({}, 0), ({"sign_in": ""}, 1), ({"days": ""}, 1), ({"more": COMMENT.replace("\nmsgid", "\n#, fuzzy\nmsgid")}, 1)],
)
def test_what_has_no_words_or_guessed_ones_is_lacking(catalogue_of, said, missing):
    catalogue_of(**said)
    assert lacking("ar") == missing


def test_the_folder_of_chinese_is_found(catalogue_of):
    catalogue_of("zh_Hans", sign_in="")
    assert lacking("zh-hans") == 1

"""The message templates of a new office: sound, in every language, and never written over."""

import pytest

from config.languages import FURTHER
from loans.furnishing.office import furnish
from loans.models import MessageTemplate
from loans.placeholders import named_in, strays_in

pytestmark = pytest.mark.django_db


def test_every_template_says_the_same_facts_in_every_language(office):
    templates = list(MessageTemplate.objects.in_force())
    assert len(templates) >= 6
    for row in templates:
        row.full_clean()
        assert set(row.in_other_languages) == set(FURTHER)
        texts = [row.text_en, row.text_fr, *(words["text"] for words in row.in_other_languages.values())]
        assert {frozenset(named_in(text)) for text in texts} == {frozenset(named_in(row.text_en))}, row.code
        assert not any(strays_in(text) for text in texts), row.code
        assert len(set(texts)) == len(texts)


def test_furnishing_again_changes_and_doubles_nothing(office):
    MessageTemplate.objects.filter(code="welcome").update(text_en="What the office wrote.", in_other_languages={})
    before = list(MessageTemplate.objects.values())
    furnish()
    assert list(MessageTemplate.objects.values()) == before

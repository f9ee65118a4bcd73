"""Every page of an applicant can be read by somebody in grade 8, in English and in French; so can every letter."""

import pytest
from django.utils.translation import override

from bin.readability import blocks, table, too_hard
from letters.kinds import KINDS
from letters.models import Letter
from letters.render import render
from tests.letters.examples import EXAMPLES
from tests.pages.conftest import LANGUAGES

pytestmark = pytest.mark.django_db
FOR_STAFF = {"role_proposed", "books_sealed"}
TEXTS_ALONE = {slug for slug, kind in KINDS.items() if kind.is_text}
HARD = {
    "en": "The administration of your application necessitates the verification of documentation about eligibility, "
    "notwithstanding any communication that may have been received previously from a representative.",
    "fr": "L’administration de votre demande nécessite la vérification de la documentation liée à l’admissibilité, "
    "nonobstant toute communication antérieurement transmise par une représentante de l’organisation.",
}


def test_every_page_is_read_in_grade_8(pages):
    texts = [(str(page), page.language, blocks(page.html)) for page in pages]
    print(table(texts))
    assert len(texts) > 100
    assert too_hard(texts) == []


def test_every_letter_is_read_in_grade_8(db):
    texts = []
    for language in LANGUAGES:
        for kind in KINDS.keys() - FOR_STAFF - TEXTS_ALONE:
            letter = Letter(kind=kind, language=language, facts=EXAMPLES[kind], address="amina@example.org")
            with override(language):
                texts.append((f"letter {kind} ({language})", language, render(letter).text.split("\n\n")))
    print(table(texts))
    assert too_hard(texts) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hard_paragraph_on_an_easy_page_is_found(pages, language):
    easy = next(page for page in pages if page.name == "home" and page.language == language)
    harder = easy.html.replace("</main>", f"<p>{HARD[language]}</p></main>")
    assert too_hard([("easy", language, blocks(easy.html)), ("hard", language, blocks(harder))]) == ["hard"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_do_not_hide_a_hard_paragraph(language):
    labels = ["Name"] * 400
    assert too_hard([("form", language, [*labels, *[HARD[language]] * 6])]) == ["form"]

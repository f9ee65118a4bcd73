"""“Is it genuine?” of the papers beside an agreement, in each language."""

import html

import pytest

from tests.cases import again

pytestmark = pytest.mark.django_db
NAMES = {
    "en": ("Genuine: this paper is ours", "Cost of borrowing statement"),
    "fr": ("Authentique\N{NO-BREAK SPACE}: ce document vient de nous", "Déclaration du coût d’emprunt"),
    "ar": ("أصلي: هذه الوثيقة صادرة عنّا", "بيان تكلفة الاقتراض"),
    "es": ("Auténtico: este documento es nuestro", "Declaración del costo del préstamo"),
    "zh-hans": ("真实：此文件由我们出具", "借款成本说明"),
}


@pytest.mark.parametrize("language", NAMES)
def test_the_page_names_the_paper_and_nothing_private(client, signed, five_languages, language):
    client.cookies["language"] = language
    paper = signed.papers.get(kind="disclosure")
    page = html.unescape(client.post("/verify/", {"code": paper.code}).content.decode())
    for said in NAMES[language]:
        assert said in page
    assert signed.number not in page


def test_a_paper_of_a_loan_that_was_called_off_is_not_in_force(client, signed):
    type(signed).objects.filter(pk=signed.pk).update(state="cancelled")
    code = again(signed).papers.get(kind="privacy").code
    page = html.unescape(client.post("/verify/", {"code": code}).content.decode())
    assert "This paper is ours, but it is not the one in force" in page
    assert "Privacy summary" in page

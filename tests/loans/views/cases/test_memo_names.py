"""What the decision memo speaks of goes by its name, in the reader's language: nobody reads a code."""

import pytest

from tests.credit import entered
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "paper", "terms"),
    [
        ("en", "Credit report", "{0.name_en}, in force from"),
        ("fr", "Dossier de crédit", "«\u00a0{0.name_fr}\u00a0», en vigueur"),
    ],
)
def test_papers_and_products_are_called_by_name(in_review, product, omar, language, paper, terms):
    entered(in_review, omar)
    page = Person(language, omar).opens("case_memo", in_review.reference).content.decode()
    assert f"<li>{paper}" in page
    assert terms.format(product) in page
    assert "credit_report" not in page

"""What a partner does is told in the reader's language where somebody wrote it; its name stays."""

import pytest
from django.utils.translation import override

from applicants.models import Partner

CLASSES = Partner(
    name_en="Language Centre",
    name_fr="Centre de langues",
    says_en="Free English classes",
    says_fr="Cours d’anglais gratuits",
    in_other_languages={"es": {"says": "Clases de inglés gratis"}},
)


@pytest.mark.parametrize(
    ("language", "name", "says"),
    [
        ("en", "Language Centre", "Free English classes"),
        ("fr", "Centre de langues", "Cours d’anglais gratuits"),
        ("es", "Language Centre", "Clases de inglés gratis"),
        ("ar", "Language Centre", "Free English classes"),
    ],
)
def test_a_partner_speaks_as_many_languages_as_were_written(language, name, says):
    with override(language):
        assert (CLASSES.name, CLASSES.says) == (name, says)

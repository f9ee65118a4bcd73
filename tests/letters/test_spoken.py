"""Words of rows: English and French always, further languages where somebody has written them."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from letters.models import Lender
from letters.spoken import spoken

FUND = Lender(
    name_en="Springboard Fund",
    name_fr="Fonds Tremplin",
    hours_en="9 to 5\nor <so>",
    hours_fr="de 9 h à 17 h",
    in_other_languages={"es": {"hours": "de 9 a 5"}, "ar": {"hours": ""}},
)


@pytest.mark.parametrize(
    ("language", "hours", "said_in"),
    [
        ("en", "9 to 5\nor <so>", "en"),
        ("fr", "de 9 h à 17 h", "fr"),
        ("fr-ca", "de 9 h à 17 h", "fr"),
        ("es", "de 9 a 5", "es"),
        ("ar", "9 to 5\nor <so>", "en"),
        ("zh-hans", "9 to 5\nor <so>", "en"),
    ],
)
def test_a_row_says_it_as_near_as_it_can(language, hours, said_in):
    with override(language):
        assert spoken(FUND, "hours") == (hours, said_in)
        assert FUND.hours == hours
        assert FUND.name == ("Fonds Tremplin" if said_in == "fr" else "Springboard Fund")


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("en", "9 to 5<br>or &lt;so&gt;"),
        ("es", "de 9 a 5"),
        ("ar", '<span lang="en" dir="ltr">9 to 5<br>or &lt;so&gt;</span>'),
    ],
)
def test_a_page_marks_what_is_in_another_language(language, html):
    with override(language):
        assert Template('{{ fund|told:"hours" }}').render(Context({"fund": FUND})) == html

"""Who else helps: the rows of a new office."""

import re

import pytest
from django.utils.translation import override

from applicants.models import Partner
from config import clock
from config.languages import FURTHER
from letters.models import Lender
from loans.furnishing.office import furnish
from loans.furnishing.partner_words import PARTNER_WORDS
from loans.screening import SITUATIONS

pytestmark = pytest.mark.django_db


def test_every_kind_of_help_is_there_each_with_its_source_and_day(office):
    partners = list(Partner.objects.current())
    assert {partner.kind for partner in partners} == set(Partner.Kind)
    assert all(partner.source and partner.as_of <= clock.today() for partner in partners)
    assert all(partner.says_en and partner.says_fr and partner.says_en != partner.says_fr for partner in partners)
    assert len({partner.code for partner in partners if partner.refers}) >= 5


def test_what_nobody_confirmed_says_so(office):
    services = Partner.objects.exclude(kind=Partner.Kind.LENDER)
    assert all("to be confirmed by the office" in partner.source for partner in services)


def test_the_situations_they_help_in_are_known(office):
    assert {code for partner in Partner.objects.all() for code in partner.helps} <= SITUATIONS


def test_every_row_is_sound(office):
    for partner in Partner.objects.all():
        partner.full_clean(exclude=["helps", "ended_on"])


def test_what_each_does_is_written_in_every_further_language(office):
    codes = set(Partner.objects.values_list("code", flat=True))
    assert codes == set(PARTNER_WORDS)
    for code, words in PARTNER_WORDS.items():
        partner = Partner.objects.get(code=code)
        assert set(words) == set(FURTHER)
        for language, says in words.items():
            with override(language):
                assert partner.says == says
        assert {figures(words[language]) == figures(partner.says_en) for language in ("ar", "es")} == {True}, code


def figures(text):
    """The sums and numbers in a text: where a translation has others, it is wrong."""
    return sorted(re.findall(r"\d+(?:,\d{3})*", text))


def test_an_office_that_is_there_gets_the_further_languages_unless_it_wrote_its_own_words(office):
    Partner.objects.update(in_other_languages={})
    Partner.objects.filter(code="ociso").update(says_en="What the office wrote.")
    Partner.objects.filter(code="lassa").update(in_other_languages={"ar": {"says": "كلماتنا"}})
    furnish()
    told = dict(Partner.objects.values_list("code", "in_other_languages"))
    assert told["211"]["es"]["says"].startswith("Llame al 211")
    assert told["ociso"] == {}
    assert told["lassa"] == {"ar": {"says": "كلماتنا"}}


def test_the_hours_are_told_in_every_further_language_unless_the_office_has_others(office):
    lender = Lender.objects.get()
    for language, begins in (("ar", "من الاثنين"), ("es", "De lunes"), ("zh-hans", "周一")):
        with override(language):
            assert lender.hours.startswith(begins)
    Lender.objects.update(in_other_languages={}, hours_en="Tuesdays only")
    furnish()
    with override("ar"):
        assert Lender.objects.get().hours == "Tuesdays only"


def test_furnishing_again_changes_and_doubles_nothing(office):
    Partner.objects.filter(code="ociso").update(phone="613-555-0100", says_en="What the office wrote.")
    before = list(Partner.objects.values())
    furnish()
    assert list(Partner.objects.values()) == before

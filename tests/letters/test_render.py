import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as house_settings
from django.template import engines

from letters.kinds import KINDS
from letters.render import render
from tests.letters.examples import EXAMPLES

pytestmark = pytest.mark.django_db
FOLDER = Path(house_settings.BASE_DIR) / "templates" / "letters"
LANGUAGES = [code for code, _ in house_settings.LANGUAGES]
ABOUT_SIGNING_IN = {"sign_in_code", "sign_up_code", "account_exists", "no_account_here", "second_factor_changed"}
MAILED = sorted(slug for slug, kind in KINDS.items() if not kind.is_text)
ABOUT_THE_CASE = sorted(set(MAILED) - ABOUT_SIGNING_IN)
# What somebody who looks over a shoulder must not read in a subject.
TELLING = re.compile(
    r"\d|\$|approv|declin|refus|reject|accept|offer|lapse|late|overdue|owe|due|pay|paid|debt|money|loan|sign"
    r"|approuv|rejet|offre|échu|retard|verse|rembours|dette|argent|prêt|dollar"
    r"|aprob|rechaz|oferta|vencid|atras|deuda|pagar|pagos?\b|dinero|préstamo|\bfirm"
    r"|قرض|قسط|توقيع|رفض|موافقة|متأخر|دولار"
    r"|贷款|欠|付款|还款|签署|拒绝|批准|逾期|元",
    re.IGNORECASE,
)
WRITTEN_WRONG = ("None", "{{", "{%", "MISSING", "..", "&#x27;", "&amp;", "&lt;")


class Tags(HTMLParser):
    """The tags of a page, open ones in order; complains about one that is closed without being open."""

    LONE = frozenset({"meta", "br"})

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in self.LONE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def strict_templates():
    """A fact that a template names and the letter lacks is written as MISSING."""
    engine = engines["django"].engine
    engine.string_if_invalid = "MISSING"
    yield
    engine.string_if_invalid = ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAILED)
def test_every_kind_reads_well_in_every_language(kind, language, posted, lender, strict_templates):
    letter = posted(kind, facts=EXAMPLES[kind], language=language, officer_name="Omar", case_reference="T-2027-0042")
    words = render(letter)
    assert words.subject
    assert "\n" not in words.subject
    for wrong in WRITTEN_WRONG:
        assert wrong not in words.subject + words.text
    for wrong in ("None", "{{", "{%", "MISSING"):
        assert wrong not in words.html
    for always in ("Omar", lender.phone, "T-2027-0042"):
        assert always in words.text
        assert always in words.html
    assert ("Fonds Tremplin" if language == "fr" else "Springboard Fund") in words.text
    assert "\n\n\n" not in words.text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in words.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAILED)
def test_text_and_html_say_the_same(kind, language, posted, lender):
    words = render(posted(kind, facts=EXAMPLES[kind], language=language, officer_name="Omar"))
    bare = re.sub(r"<(style|title)>.*?</\1>|<[^>]+>", " ", words.html)
    for seen, meant in (("&#x27;", "'"), ("&amp;", "&")):
        bare = bare.replace(seen, meant)
    said = [line.removeprefix("- ") for line in words.text.splitlines() if not line.startswith("https://")]
    flat = " ".join(bare.split())
    assert [line for line in said if " ".join(line.split()) not in flat] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ABOUT_THE_CASE)
def test_a_subject_never_tells_a_sum_a_delay_or_a_decision(kind, language, posted):
    subject = render(posted(kind, facts=EXAMPLES[kind], language=language)).subject
    assert not TELLING.search(subject), subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAILED)
def test_no_subject_has_a_figure_in_it(kind, language, posted):
    assert not re.search(r"[\d$]", render(posted(kind, facts=EXAMPLES[kind], language=language)).subject)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_yes_a_no_and_a_lapse_have_one_subject(language, posted):
    kinds = ("offer", "declined", "offer_lapsed")
    assert len({render(posted(kind, facts=EXAMPLES[kind], language=language)).subject for kind in kinds}) == 1


@pytest.mark.parametrize("kind", ["sign_in_code", "sign_up_code", "signing_code"])
def test_a_code_stands_in_the_letter_and_not_in_its_subject(kind, posted):
    words = render(posted(kind, facts=EXAMPLES[kind]))
    assert "482913" in words.text
    assert "482913" in words.html
    assert "482913" not in words.subject


@pytest.mark.parametrize("kind", MAILED)
def test_the_html_is_simple_and_asks_for_nothing_from_outside(kind, posted, lender):
    html = render(posted(kind, facts=EXAMPLES[kind])).html
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert not {"img", "script", "link", "table", "iframe", "form", "style"} & set(tags.seen)
    assert not [name for name, _ in tags.attributes if name in ("src", "srcset", "background") or name.startswith("on")]
    assert "url(" not in html


def test_the_walk_knows_an_example_of_every_kind():
    assert set(EXAMPLES) == set(KINDS)
    for kind in KINDS.values():
        assert set(kind.needs) <= set(EXAMPLES[kind.slug])


def test_every_folder_of_words_is_a_kind():
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(MAILED)
    for kind in MAILED:
        assert {path.name for path in (FOLDER / kind).iterdir()} == {"subject.txt", "body.txt", "body.html"}


def test_sums_and_days_are_written_in_the_readers_language(posted):
    english = render(posted("payment_received", facts=EXAMPLES["payment_received"], language="en")).text
    assert "$308.77" in english
    assert "May 5, 2027" in english
    french = render(posted("payment_received", facts=EXAMPLES["payment_received"], language="fr", occasion="2")).text
    assert "308,77\u00a0$" in french
    assert "5 mai 2027" in french


def test_the_last_payment_names_no_next_one(posted):
    facts = EXAMPLES["payment_received"] | {"next_due_on": None, "next_due_cents": None, "owed_cents": 0}
    words = render(posted("payment_received", facts=facts))
    assert "next payment" not in words.text + words.html
    assert "still to be paid" not in words.text + words.html


def test_somebody_whose_name_we_do_not_know_is_greeted_all_the_same(posted):
    text = render(posted("sign_in_code", facts={"code": "482913", "name": ""})).text
    assert text.startswith("Hello,\n")


def test_what_people_typed_cannot_become_html(posted):
    facts = EXAMPLES["declined"] | {"name": "<b>Amina</b>", "reasons": ["<script>alert(1)</script>"]}
    words = render(posted("declined", facts=facts))
    assert "<script>" not in words.html
    assert "<b>Amina" not in words.html
    assert "<b>Amina</b>" in words.text


def test_a_letter_without_a_link_leads_to_the_front_door(posted, settings):
    settings.SITE_URL = "https://loans.example.org"
    words = render(posted("received", facts={"name": "Amina"}))
    assert "https://loans.example.org" in words.text
    assert 'href="https://loans.example.org"' in words.html


def test_the_day_in_a_letter_is_the_day_it_was_written(posted, morning):
    assert "March 1, 2027" in render(posted("received")).text


BINDING_KINDS = sorted(kind.slug for kind in KINDS.values() if kind.binds)


def test_decisions_and_the_terms_of_the_contract_bind():
    ends = ["loan_withdrawn", "offer", "plan_changed", "waived"]
    assert ["appeal_granted", "decision_stands", "declined", *ends] == BINDING_KINDS


@pytest.fixture
def arabic(amina, settings):
    """Amina reads Arabic, which is offered; where it binds, French."""
    settings.DEMO = True
    amina.language, amina.binding_language = "ar", "fr"
    amina.save()
    return amina


@pytest.mark.parametrize("kind", BINDING_KINDS)
def test_what_binds_stands_below_in_french_and_says_so(kind, posted, lender, arabic):
    french = render(posted(kind, facts=EXAMPLES[kind], language="fr"))
    letter = posted(kind, facts={**EXAMPLES[kind], "in_binding_language": {}}, to=arabic, occasion="in Arabic")
    words = render(letter)
    assert words.html.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    assert words.html.count("<html") == words.html.count("</html>") == 1
    above, below = words.html.split('<div lang="fr" dir="ltr">')
    sentence = next(line for line in french.text.splitlines()[2:] if line)
    for told in (below.replace("&#x27;", "'"), words.text):
        assert sentence in told
    assert sentence not in above
    assert "French text below" in above or "الفرنسي" in above


def test_texts_among_the_facts_are_given_in_the_language_that_binds(posted, lender, arabic):
    facts = {"reasons": ["سبب"], "in_binding_language": {"reasons": ["Un motif."]}}
    words = render(posted("declined", facts=facts, to=arabic))
    assert words.text.index("- سبب") < words.text.index("- Un motif.")
    assert words.html.index("<li>سبب</li>") < words.html.index("<li>Un motif.</li>")


def test_a_letter_that_binds_nobody_is_written_once(posted, arabic):
    words = render(posted("received", facts={}, to=arabic))
    assert 'lang="fr"' not in words.html


def test_in_english_a_decision_stands_once(posted, amina):
    words = render(posted("declined", facts={**EXAMPLES["declined"], "in_binding_language": {"reasons": ["No."]}}))
    assert "text below" not in words.text
    assert "No." not in words.text


def test_a_language_that_is_offered_no_more_gives_way_in_letters_too(posted, arabic, settings):
    settings.DEMO = False
    letter = posted("declined", facts=EXAMPLES["declined"], to=arabic)
    assert letter.language == "fr"
    assert "binds_in" not in letter.facts

"""What the papers of a contract say: five answers first, the seven elements of a debit, names in any script."""

import re

import pytest
from django.utils.translation import gettext, override

from config import clock
from config.languages import BINDING
from letters.wording import money
from loans.lifecycle.contracts import clauses, paper_making, signing
from loans.lifecycle.lending import planning
from loans.lifecycle.settings import office_settings
from loans.models import ContractClause, Product
from loans.settings import KINDS
from tests.cases import again
from tests.pdfs import bare, fonts_of, fonts_with_gaps, text_of
from tests.settings import proposed, refused, settled

pytestmark = pytest.mark.django_db
RECOURSE = {  # DOMAIN 3.4, word for word
    "en": (
        "You have certain recourse rights if any debit does not comply with this agreement. For example, you have the "
        "right to receive reimbursement for any debit that is not authorized or is not consistent with this PAD "
        "Agreement. To obtain more information on your recourse rights, contact your financial institution or visit "
        "www.payments.ca."
    ),
    "fr": (
        "Vous avez certains droits de recours si un débit n’est pas conforme au présent accord. Par exemple, vous avez "
        "le droit de recevoir le remboursement de tout débit qui n’est pas autorisé ou qui n’est pas compatible avec "
        "le présent accord de DPA. Pour plus d’information sur vos droits de recours, communiquez avec votre "
        "institution financière ou visitez www.paiements.ca."
    ),
}
CATEGORY = {
    ("training", "en"): ("Personal pre-authorised debits", "within 90 calendar days"),
    ("training", "fr"): ("Débits préautorisés personnels", "dans les 90 jours civils"),
    ("business", "en"): ("Business pre-authorised debits", "within 10 business days"),
    ("business", "fr"): ("Débits préautorisés d’entreprise", "dans les 10 jours ouvrables"),
}
REACHED_AT = ("613-555-0142", "bonjour@tremplin.example")
SAME = {
    "en": (
        "Made on",
        "You allow Rideau Springboard Fund to debit the account",
        "at least 30 days before the next debit",
        "sample cancellation form",
        "at least 10 days",
    ),
    "fr": (
        "Fait le",
        "Vous permettez à Fonds Tremplin Rideau de débiter le compte",
        "au moins 30 jours avant le prochain débit",
        "exemple de formulaire d’annulation",
        "au moins 10 jours",
    ),
}


def paper(loan, kind, language="en"):
    paper_making.make_all(loan, language)
    return loan.papers.get(kind=kind, language=language).file.read()


@pytest.mark.parametrize("language", BINDING)
@pytest.mark.parametrize("purpose", ["training", "business"])
def test_the_debit_agreement_has_its_seven_elements(loan, purpose, language):
    Product.objects.filter(pk=loan.application.product_id).update(purpose=purpose)
    text = bare(text_of(paper(again(loan), "debit_agreement", language)))
    for said in (*SAME[language], *REACHED_AT, *CATEGORY[purpose, language], RECOURSE[language], "Amina El-Sayed"):
        assert bare(said) in text, said
    plan = planning.agreed_plan(loan)
    sums = {"en": f"${plan.payment_cents / 100:.2f}", "fr": f"{plan.payment_cents / 100:.2f}$".replace(".", ",")}
    assert sums[language] in text


@pytest.mark.parametrize(
    ("language", "questions"),
    [
        ("en", ("How much?", "How often do you pay?", "Until when?", "What does it cost?", "What if you cannot pay?")),
        (
            "fr",
            ("Combien?", "Quand payez-vous?", "Jusqu’à quand?", "Combien cela coûte-t-il?", "Si vous ne pouvez pas"),
        ),
    ],
)
def test_the_first_page_of_the_agreement_answers_five_questions(loan, language, questions):
    made = signing.agreement_for(loan, language)
    first = bare(text_of(made.file.read(), "-f", "1", "-l", "1"))
    places = [first.index(bare(question)) for question in questions]
    assert places == sorted(places)
    if language == "en":
        figures = planning.figures_of(loan.terms)
        for cents in (loan.principal_cents, figures.cost.cost_of_borrowing_cents, figures.cost.total_paid_cents):
            assert money(cents) in first


def test_the_privacy_summary_says_what_is_kept_how_long_and_whom_to_ask(loan):
    for language, said in (("en", "7 years"), ("fr", "7\N{NO-BREAK SPACE}ans")):
        text = bare(text_of(paper(loan, "privacy", language)))
        assert bare(said) in text
        assert "613-555-0142" in text
        assert "{" not in text


# --- Clauses --------------------------------------------------------------------------------------


def test_a_clause_is_changed_by_two_and_an_agreement_made_before_keeps_its_words(loan, mariam, nadia):
    before = signing.agreement_for(loan, "en").file.read()
    change = proposed("clauses", "paying-back", by=mariam, text_en="You pay {rate} on a {product}.")
    assert (change.takes_two, change.is_confirmed) == (True, None)
    assert "You pay 6.70%" not in bare(text_of(before))
    office_settings.decide(change, by=nadia, confirmed=True)
    assert signing.agreement_for(again(loan), "en").file.read() == before
    loan.agreements.all().delete()
    after = text_of(signing.agreement_for(again(loan), "en").file.read())
    assert bare("You pay 6.70% on a Credential loan.") in bare(after)


def test_a_clause_with_a_stray_placeholder_is_refused(mariam, office):
    refused("unknown_placeholder", lambda: proposed("clauses", "interest", by=mariam, text_fr="Le taux est {taux}."))


def test_a_new_clause_stands_where_it_was_put(loan, mariam, nadia):
    said = {"paper": "agreement", "place": 5, "stands": "always", "title_en": "Language", "title_fr": "Langue"}
    texts = {"text_en": "You chose the language.", "text_fr": "Vous avez choisi la langue."}
    kind = KINDS["clauses"]
    words = {"by": mariam, "reason": "The lawyer said so.", "starts": clock.today()}
    change = office_settings.add(kind, "language", {**said, **texts}, **words)
    office_settings.decide(change, by=nadia, confirmed=True)
    told = clauses.clauses_for(loan, ContractClause.Paper.AGREEMENT)
    assert [clause.code for clause in told][:2] == ["language", "what-we-lend"]


def test_the_clause_for_the_guarantor_stands_only_where_there_is_one(loan, clara):
    codes = [clause.code for clause in clauses.clauses_for(loan, ContractClause.Paper.AGREEMENT)]
    loan.application.parties.create(kind="guarantor", user=clara, name="Clara")
    with_one = [clause.code for clause in clauses.clauses_for(again(loan), ContractClause.Paper.AGREEMENT)]
    assert set(with_one) - set(codes) == {"guarantor"}


def test_an_office_without_clauses_begins_with_the_furnished_ones(loan):
    ContractClause.objects.all().delete()
    assert clauses.clauses_for(loan, ContractClause.Paper.PRIVACY)


def test_every_furnished_clause_fills_its_places_in_both_languages(loan, mariam, nadia):
    settled("clauses", "your-rights", by=mariam, second=nadia, place=7)
    for paper_ in ContractClause.Paper:
        for clause in clauses.clauses_for(loan, paper_, claim_window="soon"):
            assert not re.search(r"[{}]", clause.text)
            assert clause.title


# --- Names in any script --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("አበበ ቢቂላ", "Ethiopic"),
        ("أمينة السيد", "Arabic"),
        ("欧阳娜娜", "CJK"),
        ("Nguyễn Thị Hồng Nhung", "Noto-Sans"),
        ("Олександр Ковальчук", "Noto-Sans"),
    ],
)
def test_a_name_is_set_in_its_own_script_with_embedded_fonts(loan, name, font):
    loan.application.parties.update(name=name)
    paper_making.make_all(loan)
    for made in (loan.agreements.get(), loan.papers.get(kind="disclosure"), loan.papers.get(kind="debit_agreement")):
        data = made.file.read()
        fonts = fonts_of(data)
        assert any(font in each for each in fonts), fonts
        assert all(is_embedded for _encoding, is_embedded in fonts.values())
        assert fonts_with_gaps(data) == []
        assert all(word in bare(text_of(data)) for word in name.split())


def test_a_sign_that_no_font_has_is_seen_as_a_gap(loan):
    loan.application.parties.update(name="Amina \ue000")
    assert len(fonts_with_gaps(paper(loan, "debit_agreement"))) == 1


@pytest.mark.parametrize("language", BINDING)
@pytest.mark.parametrize("parties", [1, 2])
def test_the_card_of_what_the_loan_costs_stands_on_one_page_with_its_heading(loan, clara, language, parties):
    for number in range(1, parties):
        loan.application.parties.create(kind="co_borrower", user=clara, name=f"Clara {number}")
    data = signing.agreement_for(again(loan), language).file.read()
    with override(language):
        card = [gettext("What it costs, line by line"), gettext("Amount of the loan"), gettext("Total of all payments")]
    pages = [bare(page) for page in text_of(data).split("\f")]
    (page,) = [page for page in pages if bare(card[0]) in page]
    assert all(bare(words) in page for words in card)

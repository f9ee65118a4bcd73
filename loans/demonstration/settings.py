"""What the demo's managers changed of the settings: a partner's words, a fee that was refused, a term that waits."""

from datetime import date, timedelta

from config import clock
from loans.lifecycle.settings import office_settings
from loans.settings import KINDS

PARTNERS, PRODUCTS, REASONS, CHECKLIST = (KINDS[kind] for kind in ("partners", "products", "reasons", "checklist"))


def change_settings(*, manager, second):
    """A partner and a reason are told better, one proposal was refused; a term and an item of the checklist wait."""
    _partner(manager)
    with clock.at(clock.now() - timedelta(days=40)):
        refused = _product(manager, "The bank’s charges rose.", fee_rate="0.05")
        office_settings.decide(refused, by=second, confirmed=False)
    with clock.at(clock.now() - timedelta(days=2)):
        first = clock.today() + timedelta(days=30)
        _product(
            manager, "Our funder asks that one month of study less is paid for.", starts=first, max_study_months=11
        )

    _reason(manager)
    _item(manager)


def _reason(manager):
    said = REASONS.answers_of(REASONS.rows("papers_missing").first())
    words = {
        "change_en": "Sending the papers would change this. A photo of each page is enough.",
        "change_fr": "Envoyer les documents changerait cela. Une photo de chaque page suffit.",
    }
    why = "People thought that they had to come to the office."
    with clock.at(clock.now() - timedelta(days=1)):
        office_settings.propose(
            REASONS, "papers_missing", {**said, **words}, by=manager, reason=why, starts=clock.today()
        )


def _item(manager):
    said = {
        "text_en": "The taxes of the last two years were filed.",
        "text_fr": "Les impôts des deux dernières années ont été déclarés.",
        "help_en": "A notice of assessment of each year, or a letter that they are on their way.",
        "help_fr": "Un avis de cotisation pour chaque année, ou une lettre disant qu’ils sont en route.",
        "place": 35,
        "must_be_answered": True,
    }
    office_settings.add(
        CHECKLIST, "taxes-filed", said, by=manager, reason="Our funder asks for it.", starts=clock.today()
    )


def _partner(manager):
    said = PARTNERS.answers_of(PARTNERS.rows("211").first())
    with clock.at(clock.now() - timedelta(days=12)):
        told = {"as_of": clock.today().isoformat(), "source": "A call to 211 by our office"}
        office_settings.propose(
            PARTNERS, "211", {**said, **told}, by=manager, reason="We asked whether this still holds."
        )


def _product(manager, reason, *, starts: date | None = None, **changed):
    code = "professional-development"
    said = {**PRODUCTS.answers_of(PRODUCTS.rows(code).first()), **changed}
    return office_settings.propose(
        PRODUCTS, code, said, by=manager, reason=reason, starts=starts or clock.today() + timedelta(days=60)
    )

"""Consents in the words that are in force, with the names of this case in them."""

from dataclasses import replace

from loans.lifecycle.applying.consents import names_for
from loans.models import ConsentText
from loans.sections import CONSENTS


def worded(page, form):
    """A page of the form whose consents ask in the wording of today; any other page as it is."""
    if not any(CONSENTS.get(field.name) == page.slug for field in page.fields):
        return page
    texts, names = ConsentText.in_force(), names_for(form)
    return replace(page, fields=tuple(_worded(page, field, form, texts, names) for field in page.fields))


def _worded(page, field, form, texts, names):
    if CONSENTS.get(field.name) != page.slug or field.name not in texts:
        return field
    if "{partner}" in texts[field.name].text_en and not names["partner"]:
        return field  # nobody to name yet: the question as it stands asks for an organization in general
    needed = form.needs(page.slug, field)
    return replace(field, label=texts[field.name].words(names), required=needed)

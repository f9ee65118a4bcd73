"""Which languages we offer: English and French, and each further one once somebody has signed its catalogue."""

from collections.abc import Collection

from django.conf import settings

from config.languages import BINDING, FURTHER, NAMES
from letters.models import SignedCatalogue


def offered() -> tuple[str, ...]:
    """The languages one may choose now, in the order of the house; a demo shows them all."""
    if settings.DEMO:
        return tuple(NAMES)
    signed = set(SignedCatalogue.objects.filter(ended_at=None).values_list("language", flat=True))
    return BINDING + tuple(code for code in FURTHER if code in signed)


def best_of(wanted: Collection[str], known: Collection[str], otherwise: str) -> str:
    """The first of the `wanted` that is `known`, or its plain form ("fr" for "fr-ca"); else `otherwise`."""
    for code in wanted:
        for form in (code, code.partition("-")[0]):
            if form in known:
                return form
    return otherwise

"""What every page knows about the house."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from config.languages import NAMES
from letters.models import Lender


def house(request: HttpRequest) -> dict:
    """The lender (looked up once a page, and only where it is named), whether this is a demo; address, languages."""
    return {
        "lender": SimpleLazyObject(Lender.objects.current),
        "DEMO": settings.DEMO,
        "SITE_URL": settings.SITE_URL,
        "language_names": NAMES,
    }

"""Opening a language to everybody: who has read its catalogue and when, written down by a manager."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from config import clock
from config.languages import FURTHER
from letters.catalogues import fingerprint, lacking
from letters.models import SignedCatalogue


class SigningRefused(Exception):
    """A catalogue that cannot be signed. `code`: no_such_language | no_reader | in_the_future | catalogue_not_whole |
    catalogue_signed_already.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def may_sign(user: User) -> bool:
    """Whether this person writes down who has read a catalogue, and takes it back."""
    return Role.MANAGER in user.roles


def sign(language: str, *, by: User, read_by: str, read_on: date) -> SignedCatalogue:
    """`read_by`, who knows the language, has read its catalogue on `read_on`: from now on it is offered.

    What is signed are the words as they stand now. Raises PermissionDenied, and SigningRefused.
    """
    _refuse_strangers(by)
    if language not in FURTHER:
        raise SigningRefused("no_such_language")
    if not read_by.strip():
        raise SigningRefused("no_reader")
    if read_on > clock.today():
        raise SigningRefused("in_the_future")
    if lacking(language):
        raise SigningRefused("catalogue_not_whole")
    try:
        with transaction.atomic():
            return SignedCatalogue.objects.create(
                language=language,
                read_by=read_by.strip()[:150],
                read_on=read_on,
                fingerprint=fingerprint(language),
                recorded_by=by,
                recorded_at=clock.now(),
            )
    except IntegrityError:
        raise SigningRefused("catalogue_signed_already") from None


def take_back(language: str, *, by: User) -> None:
    """The language is offered no more: its readers find English or French. Doing it twice changes nothing more."""
    _refuse_strangers(by)
    in_force = SignedCatalogue.objects.filter(language=language, ended_at=None)
    in_force.update(ended_by=by, ended_at=clock.now())


def _refuse_strangers(user: User) -> None:
    if not may_sign(user):
        raise PermissionDenied("a manager writes down who has read a catalogue")

"""People who may be one and the same person: alike by name, telephone, e-mail address or social insurance number.

Nothing is decided here: families share a telephone, and two people may have one name. Somebody looks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When

from applicants.models import Applicant
from applicants.search_words import SearchWord
from applicants.spelled import FAR_END, WITHOUT_SPACES, alike, forms_of, words_of, words_of_phone

MOST = 200  # of those who share words of the name, the newest are looked at
NAME, PHONE, EMAIL, SIN = "name", "phone", "email", "sin"
SAME, OTHER, UNKNOWN = "same", "other", "unknown"  # the day of birth beside it


@dataclass(frozen=True)
class LookAlike:
    """Somebody else, by what they are alike (some of NAME, PHONE, EMAIL, SIN), and how their day of birth compares."""

    person: Applicant
    by: tuple[str, ...]
    born: str


def people_near(person: Applicant) -> "QuerySet[Applicant]":
    """The keys of everybody who shares something with this person, for a query; `person` comes with its user.

    At most MOST: first those who share more than words of the name, then the newest.
    """
    sure, named = _sharing_more(person), Q(pk__in=_sharing_the_name(person))
    others = Applicant.objects.filter(sure | named).exclude(pk=person.pk)
    others = others.annotate(is_sure=Case(When(sure, then=1), default=0)).order_by("-is_sure", "-pk")
    keys: QuerySet[Applicant] = others.values("pk")[:MOST]
    return keys


def alike_to(person: Applicant, others: Iterable[Applicant]) -> list[LookAlike]:
    """Who of these may be this person, in the order of their keys; all come with their users."""
    found = [LookAlike(other, by, _born(person, other)) for other in others if (by := _alike_by(person, other))]
    return sorted(found, key=lambda each: each.person.pk)


def _sharing_more(person):
    """The telephone, the box of the e-mail address, or the social insurance number."""
    phones = SearchWord.objects.filter(word__in=_numbers(person.phone)).order_by().values("applicant")
    local, _at, domain = mailbox(person.user.email).rpartition("@")
    mail = Q(user__email=f"{local}@{domain}")
    mail |= Q(user__email__startswith=f"{local}+", user__email__endswith=f"@{domain}")
    number = Q(sin_hash=person.sin_hash) if person.sin_hash else Q(pk=None)
    return Q(pk__in=phones) | mail | number


def _sharing_the_name(person):
    """The keys of people who have two words of the name; of a name that may be one word, that word."""
    name = person.full_name
    least = 1 if WITHOUT_SPACES.search(name) or any(len(form) == 1 for form in forms_of(name)) else 2
    words = SearchWord.objects.filter(word__in=words_of(name)).order_by().values("applicant")
    return words.annotate(found=Count("word", distinct=True)).filter(found__gte=least).values("applicant")


def _alike_by(person, other):
    tests = (
        (NAME, person.full_name and other.full_name and alike(person.full_name, other.full_name)),
        (PHONE, _numbers(person.phone) & _numbers(other.phone)),
        (EMAIL, mailbox(person.user.email) == mailbox(other.user.email)),
        (SIN, person.sin_hash and person.sin_hash == other.sin_hash),
    )
    return tuple(what for what, holds in tests if holds)


def _born(person, other):
    if not (person.born_on and other.born_on):
        return UNKNOWN
    return SAME if person.born_on == other.born_on else OTHER


def _numbers(typed):
    """The whole number, with and without its country."""
    return {word for word in words_of_phone(typed) if not word.startswith(FAR_END)}


def mailbox(address: str) -> str:
    """The box into which mail to an address falls: what follows a plus sign is the person's own mark."""
    local, _at, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"

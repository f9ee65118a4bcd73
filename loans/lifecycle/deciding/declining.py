"""What a no tells the person: why, what would change it, and who else might help."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from applicants.models import Partner
from config import clock
from loans.eligibility import RULES
from loans.lifecycle.reviewing.credit_reasons import bureaus_told
from loans.models import Application, EligibilityRule, Event, ReasonWords
from loans.reasons import words_of
from loans.screening import ELSEWHERE, NEARBY

PLACE = "lives_in"  # the rule of loans.eligibility that says where we lend
A_KIND, IN_ALL = 2, 5  # partners named at most


def told(case: Application, words: Sequence[ReasonWords], partners: Sequence[Partner]) -> dict[str, Any]:
    """The facts of the letter that stand in languages, frozen: in the one that is read, and in the one that binds."""
    person = case.applicant.user
    return {**_facts(person.reads, words, partners), "in_binding_language": _facts(person.binds_in, words, partners)}


def _facts(language: str, words: Sequence[ReasonWords], partners: Sequence[Partner]) -> dict[str, Any]:
    with override(language):
        return {
            "reasons": [f"{each.sentence} {each.what_would_change_it}".strip() for each in words],
            "helpers": [
                {
                    "name": partner.name,
                    "what": str(partner.get_kind_display()),
                    "phone": partner.phone,
                    "website": partner.website,
                }
                for partner in partners
            ],
        }


def helpers_of(case: Application, words: Iterable[ReasonWords]) -> list[Partner]:
    """Partners of the kinds that these reasons name, whose help fits what the money is for and where the person lives.

    At most two of a kind and five in all, those whose help is the most particular first. Their own words about whom
    they help are left out of a decision: they decide that themselves.
    """
    kinds = list(dict.fromkeys(kind for each in words for kind in each.helpers))
    around = _situations(case)
    fitting = [each for each in Partner.objects.current().filter(kind__in=kinds) if set(each.helps) <= around]
    fitting.sort(key=lambda partner: -len(partner.helps))
    named: list[Partner] = []
    for kind in kinds:
        named += [partner for partner in fitting if partner.kind == kind][:A_KIND]
    return named[:IN_ALL]


def _situations(case: Application) -> set[str]:
    """What Partner.helps is measured by: what the money is for, and whether the person lives where we lend."""
    sent = case.submissions.order_by("pk").last()
    said = sent.answers if sent else {}
    places = list(EligibilityRule.objects.filter(rule=PLACE).values_list("operand", flat=True))
    fits = [RULES[PLACE].fits(said, operand, clock.day_of(case.started_at)) for operand in places]
    is_elsewhere = bool(fits) and all(each is False for each in fits)
    return {case.product.purpose, ELSEWHERE if is_elsewhere else NEARBY}


def decision_told(case: Application) -> dict[str, Any]:
    """The newest no of a case as its letter told it: `words`, `helpers`, `at`, and the `bureaus` whose reports it rests
    on, with their addresses as they are now; nothing where there was none.
    """
    event = _newest_no(case)
    if event is None:
        return {}
    named = event.detail.get("helpers", [])
    partners = sorted(Partner.objects.filter(pk__in=named), key=lambda partner: named.index(partner.pk))
    bureaus = [{**each, "on": date.fromisoformat(each["on"])} for each in bureaus_told(event.detail.get("reports", ()))]
    return {"words": words_of(event.detail), "helpers": partners, "at": event.at, "bureaus": bureaus}


def bureaus_behind(case: Application) -> dict[str, Any]:
    """`bureaus` for a letter: those on whose reports the newest no of a case rests; nothing where it rests on none."""
    event = _newest_no(case)
    reports = event.detail.get("reports", ()) if event else ()
    return {"bureaus": bureaus_told(reports)} if reports else {}


def _newest_no(case: Application) -> Event | None:
    noes = Event.objects.filter(case=case, subject_kind="application", verb="decline")
    newest: Event | None = noes.order_by("-pk").first()
    return newest

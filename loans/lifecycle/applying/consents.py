"""Consents: each purpose given and withdrawn by itself, at any time, in words that stay readable for ever."""

from datetime import datetime

from django.db.models import Q

from accounts.models import User
from applicants.models import Partner
from config import clock
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.models import Application, Consent, ConsentText, Event
from loans.models.consent import language_read
from loans.models.form import Form
from loans.sections import CONSENTS, STATEMENTS
from loans.surroundings import was_sent_by_a_partner


def _consent_of(event: Event) -> Consent:
    """The consent that this event gave or withdrew: it bears the event's moment."""
    theirs = Consent.objects.filter(application=event.case_id, user=event.by_id, purpose=event.detail["purpose"])
    consent: Consent = theirs.filter(Q(given_at=event.at) | Q(withdrawn_at=event.at)).latest("pk")
    return consent


@once_only(_consent_of)
def give(application: Application, *, by: User, purpose: str, once: Once | None = None) -> Consent:
    """Agree to one purpose, in the words in force and the active language.

    Raises Refused: unknown_consent, agreed_already.
    """
    if purpose not in CONSENTS or purpose in STATEMENTS:
        raise Refused("unknown_consent")
    with deed(application.give_consent, by=by, once=once, detail={"purpose": purpose}) as case:
        if case.consents.filter(user=by, purpose=purpose, withdrawn_at=None).exists():
            raise Refused("agreed_already")
        return _note_down(case, ConsentText.in_force()[purpose], Form(case), by=by, at=case.event.at)


@once_only(_consent_of)
def withdraw(application: Application, *, by: User, purpose: str, once: Once | None = None) -> Consent:
    """Take one consent back; what was agreed to stays readable. Raises Refused: unknown_consent, not_agreed_to."""
    if purpose not in CONSENTS or purpose in STATEMENTS:
        raise Refused("unknown_consent")
    with deed(application.withdraw_consent, by=by, once=once, detail={"purpose": purpose}) as case:
        consent: Consent | None = case.consents.filter(user=by, purpose=purpose, withdrawn_at=None).first()
        if consent is None:
            raise Refused("not_agreed_to")
        consent.withdrawn_at = case.event.at
        consent.save(update_fields=["withdrawn_at"])
    return consent


def take_from(case: Application, form: Form, *, by: User) -> None:
    """Whatever the form says yes to and was never asked before: a consent taken back is not given anew by a form.

    The wording is that of the day on which the box was ticked.
    """
    known = set(case.consents.filter(user=by).values_list("purpose", flat=True))
    for purpose, page in CONSENTS.items():
        if purpose not in known and form.value(page, purpose) is True:
            text = ConsentText.in_force(clock.day_of(form.answer(page, purpose).saved_at))[purpose]
            _note_down(case, text, form, by=by, at=clock.now())


def names_for(form: Form) -> dict[str, str]:
    """The names that stand in the wordings, in the active language: the product's fund, and who sent the person.

    The partner's is empty where no partner did.
    """
    fund = form.application.product.fund
    sent_by = form.values("sent-by").get("partner") if was_sent_by_a_partner(form.values("sent-by")) else ""
    partner = Partner.objects.filter(code=sent_by).first() if sent_by else None
    name = partner.name if partner else str(sent_by)
    return {"fund": fund.name_fr if language_read() == "fr" else fund.name_en, "partner": name}


def _note_down(case: Application, text: ConsentText, form: Form, *, by: User, at: datetime) -> Consent:
    consent: Consent = Consent.objects.create(
        application=case,
        user=by,
        purpose=text.purpose,
        text_version=text.version,
        language=language_read(),
        words=text.words(names_for(form)),
        given_at=at,
    )
    return consent

"""Referrals: a partner who might help is told about a person, exactly what the person agreed to and nothing else.

An officer offers it, the person says yes or no on their page, and takes a yes back for as long as nothing was sent.
"""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from accounts.models import User
from applicants.models import Partner
from config import clock
from config.languages import BINDING, ENGLISH
from letters.pdf import render_pdf
from letters.post import post
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import Tally, deed
from loans.lifecycle.tell import tell_borrower
from loans.models import Application, Consent, ConsentText, Event, Referral
from loans.models.consent import language_read

LONGEST_WISH = 500  # characters
KEPT_DAYS = 365  # after a referral is closed, what was told is kept so long; then the night erases it
CONSENT = "referral"  # the purpose of the wording (ConsentText); each referral's own consent is Referral.purpose


def _offered(event: Event) -> Referral:
    referral: Referral = Referral.objects.get(event=event)
    return referral


def _touched(event: Event) -> Referral:
    referral: Referral = Referral.objects.get(pk=event.detail["referral"])
    return referral


@once_only(_offered)
def offer(application: Application, *, by: User, partner: Partner, wish: str, once: Once | None = None) -> Referral:
    """Ask the person whether we may tell `partner` about them; `wish` says what they want the money for.

    What would be told is frozen here, as the person will read it. Raises Refused: no_words, too_long_wish,
    unknown_partner, referred_already.
    """
    if not wish.strip():
        raise Refused("no_words", field="wish")
    if len(wish.strip()) > LONGEST_WISH:
        raise Refused("too_long_wish", most=LONGEST_WISH)
    with deed(application.offer_referral, by=by, once=once, detail={"partner": partner.pk}) as case:
        _refuse_former(partner)
        if case.referrals.filter(partner=partner, closed=None).exists():
            raise Refused("referred_already")
        person = case.applicant
        told = {"person": str(person), "phone": person.phone, "email": person.user.email, "wish": wish.strip()}
        referral: Referral = Referral.objects.create(application=case, event=case.event, partner=partner, told=told)
        tell_borrower(case, "referral_offered", occasion=f"referral:{referral.pk}")
    return referral


@once_only(_touched)
def agree(application: Application, *, by: User, referral: Referral, once: Once | None = None) -> Referral:
    """The person says yes, in the words in force. Raises Refused: referral_over, agreed_already."""
    with deed(application.agree_to_referral, by=by, once=once, detail={"referral": referral.pk}) as case:
        found = _to_answer(case, referral)
        if found.says_yes:
            raise Refused("agreed_already")
        text = ConsentText.in_force()[CONSENT]
        found.consent = Consent.objects.create(
            application=case,
            user=by,
            purpose=found.purpose,
            text_version=text.version,
            language=language_read(),
            words=words_of(found, text),
            given_at=case.event.at,
        )
        found.says_yes, found.answer = True, case.event
        found.save()
    return found


@once_only(_touched)
def refuse(application: Application, *, by: User, referral: Referral, once: Once | None = None) -> Referral:
    """The person says no, or takes a yes back before it was sent. Raises Refused: referral_over, refused_already."""
    with deed(application.refuse_referral, by=by, once=once, detail={"referral": referral.pk}) as case:
        found = _to_answer(case, referral)
        if found.says_yes is False:
            raise Refused("refused_already")
        if found.consent is not None:
            found.consent.withdrawn_at = case.event.at
            found.consent.save(update_fields=["withdrawn_at"])
        found.says_yes, found.answer = False, case.event
        found.save()
    return found


@once_only(_touched)
def send(application: Application, *, by: User, referral: Referral, way: str, once: Once | None = None) -> Referral:
    """Tell the partner what the person agreed to: by e-mail, or on a sheet that is printed (`Referral.Way`).

    Raises Refused: not_listed, no_consent, referral_over, unknown_partner, partner_without_email.
    """
    if way not in Referral.Way.values:
        raise Refused("not_listed", field="way")
    with deed(application.send_referral, by=by, once=once, detail={"referral": referral.pk, "way": way}) as case:
        found = _to_answer(case, referral)
        if not found.says_yes or found.consent is None or found.consent.withdrawn_at is not None:
            raise Refused("no_consent")
        partner = found.partner
        _refuse_former(partner)
        if way == Referral.Way.EMAIL and not partner.email:
            raise Refused("partner_without_email")
        found.way, found.sent = way, case.event
        found.save()
        if way == Referral.Way.EMAIL:
            _write_to(partner, found, by)
        _tell_person(case, found)
    return found


@once_only(_touched)
def close(
    application: Application, *, by: User, referral: Referral, outcome: str, once: Once | None = None
) -> Referral:
    """Write down what became of it (`Referral.Outcome`); what was never sent can only be given up.

    Raises Refused: not_listed, referral_over, outcome_needs_sending.
    """
    if outcome not in Referral.Outcome.values:
        raise Refused("not_listed", field="outcome")
    codes = {"referral": referral.pk, "outcome": outcome}
    with deed(application.close_referral, by=by, once=once, detail=codes) as case:
        found = _of(case, referral)
        if found.closed_id is not None:
            raise Refused("referral_over")
        if (outcome == Referral.Outcome.NOT_SENT) != (found.sent_id is None):
            raise Refused("outcome_needs_sending")
        found.outcome, found.closed = outcome, case.event
        found.save()
    return found


def words_of(referral: Referral, text: ConsentText, language: str | None = None) -> str:
    """What the person agrees to, with the partner's name in it, in `language` (the active one)."""
    with override(language_read(language)):
        name = referral.partner.name
    words: str = text.words({"partner": name}, language)
    return words


def sheet_of(referral: Referral) -> bytes:
    """The sheet for the partner as a PDF, in their language: what the letter would say. Only of one that was sent."""
    language = language_of(referral.partner)
    with override(language):
        from_whom = {"referral": referral, "told": referral.told, "partner": referral.partner.name}
        title = referral.partner.name
    return render_pdf("loans/case_referral_sheet.html", from_whom, language=language, title=title)


def language_of(partner: Partner) -> str:
    """In which of the two languages of the house the partner is written to."""
    return partner.language if partner.language in BINDING else ENGLISH


def forget_referrals(day: date) -> Tally:
    """The clock erases what was told, KEPT_DAYS after a referral was closed; the partner, days and outcome stay."""
    over = Referral.objects.filter(closed__at__date__lt=day - timedelta(days=KEPT_DAYS), told__isnull=False)
    return Tally(done=over.update(told=None))


def _write_to(partner: Partner, referral: Referral, by: User) -> None:
    language = language_of(partner)
    with override(language):
        facts: dict[str, Any] = {"name": partner.name, **(referral.told or {})}
    post(
        "referral",
        address=partner.email,
        language=language,
        facts=facts,
        occasion=f"referral:{referral.pk}",
        officer_name=by.name,
        officer_email=by.email,
    )


def _tell_person(case: Application, referral: Referral) -> None:
    """The person gets a copy: whom we told, and what."""
    with override(case.applicant.user.reads):
        partner = {"partner": referral.partner.name, "partner_phone": referral.partner.phone}
    facts = {**partner, **(referral.told or {}), "way": referral.way}
    tell_borrower(case, "referral_sent", occasion=f"referral:{referral.pk}", **facts)


def _refuse_former(partner: Partner) -> None:
    if partner.ended_on is not None and partner.ended_on < clock.today():
        raise Refused("unknown_partner")


def _of(case: Application, referral: Referral) -> Referral:
    """The referral afresh, of this case, which is locked."""
    found: Referral = case.referrals.select_related("partner", "consent").get(pk=referral.pk)
    return found


def _to_answer(case: Application, referral: Referral) -> Referral:
    found = _of(case, referral)
    if not found.is_open_to_answer:
        raise Refused("referral_over")
    return found

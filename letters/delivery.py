"""From the letter box to the mail server, or to the gateway of text messages.

waiting → claimed → handed_over. The server said no: waiting again, later and later, and failed in the end. Nobody knows
whether it went (the worker died in the hand-over, the line broke): uncertain, repeated once with the same Message-ID.
"""

import logging
import smtplib
import socket
from contextlib import suppress
from datetime import timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from config import clock
from letters import returns, texts
from letters.kinds import KINDS, SECRET
from letters.models import CLAIMED, FAILED, HANDED_OVER, POST, TEXT, UNCERTAIN, WAITING, Lender, Letter
from letters.render import render, render_text

log = logging.getLogger(__name__)

SWEEP_AFTER = timedelta(minutes=1)  # the doorbell should have been answered by then
DEAD_AFTER = timedelta(minutes=15)  # a hand-over that takes longer has died
STALE_AFTER = timedelta(minutes=15)  # the life of a sign-in code
MOST_TRIES = 5
# The server answered no, or never answered at all: nothing went out.
REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
    socket.gaierror,
)


class Refused(Exception):
    """Nothing left the house; it may be tried again."""


def hand_over(letter_pk: int) -> None:
    """Claim a waiting letter and hand it to the mail server; nothing happens when it does not wait any more."""
    _drop_stale_codes(Letter.objects.filter(pk=letter_pk))
    if _claim(letter_pk, from_state=WAITING):
        _send(Letter.objects.get(pk=letter_pk))


def sweep() -> None:
    """Deliver what still waits, and settle what somebody claimed and never finished."""
    now = clock.now()
    Letter.objects.filter(state=CLAIMED, claimed_at__lt=now - DEAD_AFTER).update(state=UNCERTAIN)
    _drop_stale_codes(Letter.objects.all())
    waiting = Letter.objects.filter(state=WAITING, try_again_at__lte=now).exclude(channel=POST)
    for pk in list(waiting.values_list("pk", flat=True)):
        hand_over(pk)
    in_doubt = Letter.objects.filter(state=UNCERTAIN, repeated_at=None).exclude(kind__in=SECRET)
    for pk in list(in_doubt.values_list("pk", flat=True)):
        if _claim(pk, from_state=UNCERTAIN, repeated_at=now):
            _send(Letter.objects.get(pk=pk))


def _drop_stale_codes(letters):
    long_ago = clock.now() - STALE_AFTER
    letters.filter(kind__in=SECRET, state=WAITING, created_at__lt=long_ago).update(state=FAILED)


def _claim(pk, *, from_state, **also):
    found = Letter.objects.filter(pk=pk, state=from_state).exclude(channel=POST)
    if from_state == UNCERTAIN:
        found = found.filter(repeated_at=None)
    return found.update(state=CLAIMED, claimed_at=clock.now(), **also) == 1


def _send(letter):
    try:
        (_hand_to_gateway if letter.channel == TEXT else _hand_to_server)(letter)
    except Refused as refusal:
        log.warning("%s was not taken: %s", letter, type(refusal.__cause__).__name__)
        _put_back(letter)
    except Exception as error:
        log.warning("%s may or may not have gone: %s", letter, type(error).__name__)
        _settle(letter, state=UNCERTAIN)
    else:
        with transaction.atomic():
            if _settle(letter, state=HANDED_OVER, handed_over_at=clock.now()):
                returns.handed_over(letter)


def _hand_to_server(letter):
    try:
        message = _mail(letter)
        connection = get_connection()
        connection.open()
    except Exception as error:
        raise Refused from error
    try:
        sent = connection.send_messages([message])
    except REFUSALS as error:
        raise Refused from error
    finally:
        # A line that breaks while hanging up changes nothing about what was said before.
        with suppress(Exception):
            connection.close()
    if not sent:
        raise Refused from ValueError("the mail server took no message")


def _hand_to_gateway(letter):
    try:
        letter.subject = "" if KINDS[letter.kind].is_text else render(letter).subject
        letter.body = render_text(letter)
        letter.save(update_fields=["subject", "body"])
    except Exception as error:
        raise Refused from error
    try:
        texts.hand_over(to=letter.address, text=letter.body, message_id=letter.message_id)
    except texts.NotTaken as error:
        raise Refused from error


def _mail(letter):
    words = render(letter)
    letter.subject, letter.body = words.subject, words.text
    letter.save(update_fields=["subject", "body"])
    with override(letter.language):
        lender = Lender.objects.current()
        sender = formataddr((lender.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    mail = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        from_email=sender,
        to=[letter.address],
        reply_to=_who_reads_replies(letter.facts, lender),
        headers={"Message-ID": letter.message_id},
    )
    mail.attach_alternative(words.html, "text/html")
    for file in letter.attachments.order_by("pk"):
        mail.attach(file.name, file.read(), file.content_type)
    return mail


def _who_reads_replies(facts, lender):
    """The officer of the case, and the office: somebody reads it also while the officer is away."""
    officer = formataddr((facts.get("officer_name", ""), facts["officer_email"])) if "officer_email" in facts else ""
    return [address for address in (officer, lender.email) if address] or None


def _put_back(letter):
    tries = letter.tries + 1
    _settle(
        letter,
        state=FAILED if tries >= MOST_TRIES else WAITING,
        tries=tries,
        try_again_at=clock.now() + SWEEP_AFTER * 4**tries,
    )


def _settle(letter, **change):
    # The claim is the key: what the sweep gave to another worker meanwhile is not ours to settle.
    ours = Q(state=CLAIMED) | Q(state=UNCERTAIN)
    return Letter.objects.filter(ours, pk=letter.pk, claimed_at=letter.claimed_at).update(**change)

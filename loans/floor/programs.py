"""The floor of safety: other programs, and the addresses that letters leave from."""

from email.utils import parseaddr

from django.conf import settings
from kombu import Connection

from letters.models import Lender
from letters.pdf_signing import CertificateError, check_certificate, has_certificate
from loans.floor.finding import Finding
from vault import virus
from vault.errors import ScannerSilent

PATIENCE_SECONDS = 1  # for another program to answer: somebody's page waits meanwhile
NOBODYS_DOMAINS = ("localhost", "localdomain", "example", "example.org", "example.com", "invalid", "test")


def mail_goes_to_a_server():
    if settings.EMAIL_BACKEND.startswith("django.core.mail.backends.smtp."):
        return None
    remedy = "Set EMAIL_URL=smtp+tls://user:password@host:587."
    return Finding("mail_server", "No letter leaves the house: EMAIL_URL names no mail server.", remedy)


def sender_is_somebody():
    if _reaches_somebody(settings.DEFAULT_FROM_EMAIL):
        return None
    sentence = f"MAIL_FROM={settings.DEFAULT_FROM_EMAIL} is an address that reaches nobody."
    return Finding("mail_from", sentence, "Set MAIL_FROM to an address of your own domain.")


def replies_reach_a_person():
    if _reaches_somebody(Lender.objects.current().email):
        return None
    sentence = "The lender's own e-mail address is missing or made up: replies to letters reach nobody."
    return Finding("lender_email", sentence, "Give the lender's row an e-mail address that a person reads.")


def broker_is_set():
    if settings.CELERY_BROKER_URL:
        return None
    sentence = "CELERY_BROKER_URL is empty: letters are sent and other work is done in the web process, page by page."
    return Finding("no_broker", sentence, "Set CELERY_BROKER_URL=redis://host:6379/0.", is_serious=False)


def broker_answers():
    if not settings.CELERY_BROKER_URL:
        return None
    patience = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options=patience) as broker:
            broker.ensure_connection(max_retries=1, timeout=PATIENCE_SECONDS)
    except Exception as error:  # each kind of broker has errors of its own
        sentence = f"The broker does not answer ({type(error).__name__}): letters wait for the sweep."
        return Finding("broker", sentence, "Start it, or mend CELERY_BROKER_URL.")
    return None


def scanner_answers():
    if not virus.is_on():
        return None
    try:
        virus.knock(patience_seconds=PATIENCE_SECONDS)
    except ScannerSilent as error:
        remedy = "Start clamd with TCPSocket or LocalSocket, mend CLAMAV_URL, or empty it to take papers unchecked."
        return Finding("scanner", f"The virus scanner does not answer ({error}): no paper can be taken.", remedy)
    return None


def certificate_opens():
    if not has_certificate():
        return None
    try:
        check_certificate()
    except CertificateError as error:
        remedy = "Mend SIGNING_CERTIFICATE and SIGNING_PASSPHRASE, or empty them to sign no agreement."
        return Finding("certificate", f"No agreement can be made: {error}.", remedy)
    return None


def _reaches_somebody(address):
    domain = parseaddr(address)[1].rpartition("@")[2].lower()
    return "." in domain and not any(domain == each or domain.endswith(f".{each}") for each in NOBODYS_DOMAINS)

"""The floor of safety: what must hold before real people's data may enter, each with how to mend it.

`manage.py doctor` reads it aloud; until nothing serious is left, every page says "Not ready for real data". A finding
is one function: it returns None when all is well. The list FLOOR is the order in which a person mends things.
"""

import contextlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.db import DatabaseError, connection
from kombu import Connection

from accounts.models import Role, User
from accounts.second_factor import open_secret
from config import clock
from letters.models import Lender
from loans import demonstration
from loans.models import guards
from vault import keys, virus
from vault.backup import last_rehearsed
from vault.errors import KeysUnusable, ScannerSilent, VaultError

log = logging.getLogger(__name__)

VERDICT = "floor-of-safety"  # its name in the cache
VERDICT_SECONDS = 5 * 60
NIGHT_DONE = "nightly-done"  # the file in VAR_DIR that loans.tasks.nightly writes at its end
PATIENCE_SECONDS = 1  # for another program to answer: somebody's page waits meanwhile
MOST_DRIFT_SECONDS = 60
REHEARSED_WITHIN = timedelta(days=60)
NIGHT_WITHIN = timedelta(hours=26)
FEWEST_DECIDERS = 2
SHORTEST_SECRET_KEY = 50  # characters, as Django's own check has it
PUBLISHED_KEYS = ("django-insecure-", "only-for-tests")
FEWEST_DIFFERENT_BYTES = 16  # in a key: 32 random bytes hold about 30 different ones
NOBODYS_DOMAINS = ("localhost", "localdomain", "example", "example.org", "example.com", "invalid", "test")


@dataclass(frozen=True)
class Finding:
    """Something that is mis-set: what, in a sentence, and how to mend it. Serious: real data must wait for it."""

    code: str
    sentence: str
    remedy: str
    is_serious: bool = True


def findings() -> Iterator[Finding]:
    """What is wrong now, in the order of FLOOR. A database that does not answer is a finding too, and the last."""
    for look in FLOOR:
        try:
            finding = look()
        except DatabaseError as error:
            yield _silent_database(error)
            return
        if finding:
            yield finding


def remember(found: Iterable[Finding]) -> bool:
    """Whether nothing serious was found; every page knows it for the next five minutes."""
    verdict = not any(finding.is_serious for finding in found)
    with contextlib.suppress(Exception):  # a cache that fails is a finding of its own
        cache.set(VERDICT, verdict, VERDICT_SECONDS)
    return verdict


def is_ready() -> bool:
    """Whether the office is ready for real data, as judged at most five minutes ago; one look into the cache."""
    try:
        verdict = cache.get(VERDICT)
        return remember(findings()) if verdict is None else verdict
    except Exception:  # a page must not fail because its banner cannot be decided
        log.exception("the floor of safety could not be judged")
        return False


def _silent_database(error):
    sentence = f"The database does not answer as it should ({type(error).__name__})."
    return Finding("database", sentence, "Look at DATABASE_URL, then run `manage.py migrate` and ask again.")


# --- What kind of house, and its keys -------------------------------------------------------------


def demonstration_is_off():
    if settings.DEMO:
        return Finding("demo", "This is a demonstration (DEMO=1).", "In a real office, set DEMO=0.")
    return None


def vault_keys_are_good():
    try:
        found = [*keys.sealing_keys().values(), keys.lookup_key()]
    except KeysUnusable as error:
        return Finding("vault_keys", f"{error}.", "docs/running.md, Keys, says how to make a good key.")
    is_published = settings.VAULT_LOOKUP_KEY.startswith(PUBLISHED_KEYS)
    if is_published or any(len(set(key)) < FEWEST_DIFFERENT_BYTES for key in found):
        sentence = "A key in VAULT_KEYS or VAULT_LOOKUP_KEY is not random, or it is published."
        return Finding("vault_keys", sentence, "docs/running.md, Keys, says how to make a good key.")
    return None


def secret_key_is_good():
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_SECRET_KEY and not key.startswith(PUBLISHED_KEYS):
        return None
    remedy = 'Set SECRET_KEY to what `python3 -c "import secrets; print(secrets.token_urlsafe(48))"` prints.'
    return Finding("secret_key", f"SECRET_KEY is shorter than {SHORTEST_SECRET_KEY} characters or published.", remedy)


# --- The database, the cache, the clock -----------------------------------------------------------


def database_is_postgresql():
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        return None
    sentence = "The data lies in SQLite, which carries one writer at a time and no nightly dump from elsewhere."
    return Finding("database", sentence, "Set DATABASE_URL=postgres://user:password@host:5432/name and migrate.")


def guards_are_standing():
    if lacking := guards.missing():
        sentence = f"The books are not guarded: {', '.join(lacking)} missing."
        return Finding("guards", sentence, "Run `manage.py migrate`: it installs the guards again.")
    return None


def cache_keeps_what_it_is_given():
    with contextlib.suppress(Exception):  # whichever way a cache fails
        cache.set(f"{VERDICT}-probe", "kept", 60)
        if cache.get(f"{VERDICT}-probe") == "kept":
            return None
    remedy = "Run `manage.py createcachetable`, or look at CACHE_URL."
    return Finding("cache", "The cache keeps nothing: tries at signing in are not counted.", remedy)


def clocks_agree():
    seconds = "extract(epoch from clock_timestamp())" if connection.vendor == "postgresql" else "strftime('%s', 'now')"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {seconds}")
        drift = abs(float(cursor.fetchone()[0]) - clock.now().timestamp())
    if drift < MOST_DRIFT_SECONDS:
        return None
    sentence = f"The clock of the database and ours are {drift:.0f} seconds apart."
    return Finding("clock", sentence, "Let both machines take the time from the network (systemd-timesyncd, chrony).")


def time_zone_is_known():
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (KeyError, ValueError, OSError):
        sentence = f"OFFICE_TIME_ZONE={settings.TIME_ZONE} is no time zone."
        return Finding("time_zone", sentence, "Set a name such as America/Toronto.")
    return None


def last_night_was_done():
    done_at = _moment_in(NIGHT_DONE)
    if done_at and clock.now() - done_at < NIGHT_WITHIN:
        return None
    told = f"was last done on {clock.day_of(done_at)}" if done_at else "was never done here"
    remedy = "Start `celery beat`, or let cron run `manage.py nightly` (docs/running.md, Processes)."
    return Finding("nightly", f"The work of the night {told}.", remedy, is_serious=False)


# --- Other programs -------------------------------------------------------------------------------


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


# --- The web --------------------------------------------------------------------------------------


def deployment_checks_are_silent():
    told = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    if loud := sorted(
        {message.id for message in told if message.level >= checks.WARNING and not message.is_silenced()}
    ):
        sentence = f"Django's checks for a real server are not silent: {', '.join(loud)}."
        return Finding(
            "deploy", sentence, "Run `manage.py check --deploy`, which says each in words; HTTPS=1, DEBUG=0."
        )
    return None


def host_names_are_ours():
    site = urlsplit(settings.SITE_URL)
    if site.scheme == "https" and site.hostname in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return None
    sentence = "SITE_URL is not an https address with a host name in ALLOWED_HOSTS, or any host name is taken."
    remedy = "Set SITE_URL=https://loans.your-domain and ALLOWED_HOSTS=loans.your-domain."
    return Finding("host_names", sentence, remedy)


# --- People, and what is kept elsewhere -----------------------------------------------------------


def staff_have_second_factors():
    held = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user", flat=True)
    if lacking := len({person.pk for person in User.objects.staff()} - set(held)):
        sentence = f"Members of staff without a second factor: {lacking}."
        return Finding("second_factor", sentence, "Each enrols one at the next sign-in; end the roles of who has left.")
    return None


def nobody_uses_the_printed_secret():
    held = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=User.objects.staff())
    if sharing := sum(_secret_of(authenticator) == demonstration.SECRET for authenticator in held):
        sentence = f"Members of staff whose second factor is the one that the demonstration prints: {sharing}."
        return Finding("printed_secret", sentence, "Begin a real office with an empty database, not with the demo's.")
    return None


def two_people_can_decide():
    deciders = User.objects.holding(Role.MANAGER).distinct().count()
    if deciders >= FEWEST_DECIDERS:
        return None
    sentence = f"People who can decide: {deciders}. Nobody decides alone, and somebody else hears an appeal."
    return Finding("deciders", sentence, f"Give {FEWEST_DECIDERS} people the role of a manager.")


def backup_was_rehearsed():
    rehearsed_at = last_rehearsed()
    if rehearsed_at and clock.now() - rehearsed_at <= REHEARSED_WITHIN:
        return None
    told = f"was last rehearsed on {clock.day_of(rehearsed_at)}" if rehearsed_at else "was never rehearsed"
    remedy = f"Rehearse it at least every {REHEARSED_WITHIN.days} days (docs/running.md, Backups)."
    return Finding("backup", f"Getting everything back from the backup {told}.", remedy)


def _secret_of(authenticator):
    try:
        return open_secret(authenticator.data["secret"])
    except (VaultError, KeyError):  # nobody signs in with it
        return ""


def _reaches_somebody(address):
    domain = parseaddr(address)[1].rpartition("@")[2].lower()
    return "." in domain and not any(domain == each or domain.endswith(f".{each}") for each in NOBODYS_DOMAINS)


def _moment_in(name: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat((settings.VAR_DIR / name).read_text().strip())
    except (OSError, ValueError):
        return None
    return moment if moment.tzinfo else None


FLOOR = (
    demonstration_is_off,
    vault_keys_are_good,
    secret_key_is_good,
    database_is_postgresql,
    guards_are_standing,
    cache_keeps_what_it_is_given,
    clocks_agree,
    time_zone_is_known,
    last_night_was_done,
    mail_goes_to_a_server,
    sender_is_somebody,
    replies_reach_a_person,
    broker_is_set,
    broker_answers,
    scanner_answers,
    deployment_checks_are_silent,
    host_names_are_ours,
    staff_have_second_factors,
    nobody_uses_the_printed_secret,
    two_people_can_decide,
    backup_was_rehearsed,
)

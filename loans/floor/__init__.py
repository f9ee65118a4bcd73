"""The floor of safety: what must hold before real people's data may enter, each with how to mend it.

`manage.py doctor` reads it aloud; until nothing serious is left, every page says "Not ready for real data". A finding
is one function: it returns None when all is well. The list FLOOR is the order in which a person mends things.
"""

import contextlib
import logging
from collections.abc import Iterable, Iterator

from django.core.cache import cache
from django.db import DatabaseError

from loans.floor.finding import Finding
from loans.floor.house import demonstration_is_off, secret_key_is_good, vault_keys_are_good
from loans.floor.machines import (
    cache_keeps_what_it_is_given,
    clocks_agree,
    database_is_postgresql,
    guards_are_standing,
    last_night_was_done,
    time_zone_is_known,
)
from loans.floor.people import (
    backup_was_rehearsed,
    nobody_uses_the_printed_secret,
    staff_have_second_factors,
    two_people_can_decide,
)
from loans.floor.programs import (
    broker_answers,
    broker_is_set,
    certificate_opens,
    mail_goes_to_a_server,
    replies_reach_a_person,
    scanner_answers,
    sender_is_somebody,
)
from loans.floor.web import deployment_checks_are_silent, host_names_are_ours

log = logging.getLogger(__name__)

VERDICT = "floor-of-safety"  # its name in the cache
VERDICT_SECONDS = 5 * 60
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
    certificate_opens,
    deployment_checks_are_silent,
    host_names_are_ours,
    staff_have_second_factors,
    nobody_uses_the_printed_secret,
    two_people_can_decide,
    backup_was_rehearsed,
)


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

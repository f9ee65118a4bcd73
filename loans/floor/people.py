"""The floor of safety: who works here, and what is kept elsewhere."""

from datetime import timedelta

from allauth.mfa.models import Authenticator

from accounts.models import Role, User
from accounts.second_factor import open_secret
from config import clock
from loans import demonstration
from loans.floor.finding import Finding
from vault.backup import last_rehearsed
from vault.errors import VaultError

REHEARSED_WITHIN = timedelta(days=60)
FEWEST_DECIDERS = 2


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

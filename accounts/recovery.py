"""A lost e-mail address: the office identifies the person, a second member of staff confirms, and time must pass.

Each step is a row of DoorEvent. The owner of the old address can stop it until the new one is proven.
"""

from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts import addresses, codes
from accounts.models import DoorEvent, Recovery, Role, User
from config import clock
from letters import texts
from letters.post import post

HANDLE = frozenset({Role.OFFICER, Role.MANAGER})
OPEN_FOR = timedelta(days=30)  # after the waiting time; then it is asked for anew
KEPT_DAYS = 2 * 365  # after the end: no longer than a complaint can take
PURPOSE = "recovery"
STOP, DOOR = "stop", "door"  # what a link is for
SALT = "accounts.recovery"
Kind, End = DoorEvent.Kind, Recovery.End


class RecoveryRefused(Exception):
    """What cannot be. `code`: no_account | own_account | staff_by_managers | address_taken | same_address |
    not_proposed | confirmed_already | recovery_over | recovering_already | too_early.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@transaction.atomic
def ask(*, old_address, name, reach, language):
    """Somebody asks for help. Nothing is looked up: whoever asks learns nothing."""
    said = {"old_address": old_address, "name": name, "reach": reach}
    recovery = Recovery.objects.create(said=said, language=language, asked_at=clock.now())
    return recovery.record(Kind.RECOVERY_ASKED, None)


def may_handle(recovery, by):
    """Officers and managers, never about themselves; the account of one who works here by managers only."""
    person = recovery.person
    if person and (person.pk == by.pk or (person.is_staff and Role.MANAGER not in by.roles)):
        return False
    return bool(by.roles & HANDLE)


def may_confirm(recovery, by):
    """A second one of them, once the first has identified the person."""
    return bool(recovery.proposed_by_id) and by.pk != recovery.proposed_by_id and may_handle(recovery, by)


@transaction.atomic
def propose(recovery, *, by, account, how, note, new_address):
    """`by` has seen the person: this account is theirs, and this is the address they read now.

    May be said again, by anybody who may, until it is confirmed. Raises PermissionDenied and RecoveryRefused.
    """
    recovery = _locked(recovery, by)
    if recovery.confirmed_by_id:
        raise RecoveryRefused("confirmed_already")
    person = _owner(account, by)
    if addresses.is_taken(new_address, but_for=person):
        raise RecoveryRefused("address_taken")
    if new_address.lower() == person.email:
        raise RecoveryRefused("same_address")
    if Recovery.objects.filter(person=person, end="").exclude(pk=recovery.pk).exists():
        raise RecoveryRefused("recovering_already")
    recovery.person, recovery.proposed_by, recovery.new_address = person, by, new_address.lower()
    recovery.how, recovery.note = Recovery.How(how), note
    recovery.save()
    return recovery.record(Kind.RECOVERY_PROPOSED, by)


@transaction.atomic
def confirm(recovery, *, by):
    """The second person: from now on the owner of the old address has the waiting time to stop it; they are told."""
    recovery = _locked(recovery, by)
    if recovery.confirmed_by_id:
        raise RecoveryRefused("confirmed_already")
    if not recovery.proposed_by_id:
        raise RecoveryRefused("not_proposed")
    if not may_confirm(recovery, by):
        raise PermissionDenied("a second person confirms")
    recovery.confirmed_by = by
    recovery.wait_until = clock.now() + timedelta(hours=settings.RECOVERY_WAIT_HOURS)
    recovery.save()
    _tell_both(recovery)
    return recovery.record(Kind.RECOVERY_CONFIRMED, by)


@transaction.atomic
def close(recovery, *, by):
    """The office ends it: nobody was found, or something is not right. Nothing changes."""
    return _locked(recovery, by).end_as(End.CLOSED, by=by)


@transaction.atomic
def stop(recovery, *, by=None):
    """The owner of the old address says no, by the link that was sent there, or signed in."""
    recovery = _running(recovery)
    event = recovery.end_as(End.STOPPED, by=by)
    post("recovery_stopped", to=recovery.person, facts={"name": recovery.person.name}, occasion=f"door:{event.pk}")
    return event


@transaction.atomic
def send_code(recovery):
    """The waiting time is over: six digits go to the new address. Raises RecoveryRefused and CodeError."""
    recovery = _open_door(recovery)
    code, digits = codes.draw(recovery.person, purpose=PURPOSE, subject=str(recovery.pk))
    _post("new_address_code", recovery, address=recovery.new_address, occasion=f"code:{code.pk}", code=digits)
    return recovery.record(Kind.RECOVERY_CODE_SENT, None)


def finish(recovery, *, typed):
    """Use up the code: the new address takes the place of the old one, every session ends.

    Raises RecoveryRefused and CodeError.
    """
    recovery = _open_door(recovery)
    codes.prove(recovery.person, purpose=PURPOSE, subject=str(recovery.pk), typed=typed)
    with transaction.atomic():
        recovery = _open_door(recovery)
        try:
            addresses.move(recovery.person, recovery.new_address, by=None)
        except addresses.AddressTaken:
            raise RecoveryRefused("address_taken") from None
        return recovery.end_as(End.DONE, by=None)


def forget(day: date) -> int:
    """Erase what was said, noted and written down, KEPT_DAYS after the end; the rows stay. Returns of how many."""
    over = Recovery.objects.filter(ended_at__date__lt=day - timedelta(days=KEPT_DAYS), said__isnull=False)
    count: int = over.update(said=None, note=None, new_address=None)
    return count


def is_open(recovery):
    """Whether the new address may be proven today."""
    return bool(
        not recovery.end and recovery.wait_until and recovery.wait_until <= clock.now() < recovery.wait_until + OPEN_FOR
    )


def link(recovery, what):
    """The address that a letter carries: `what` is STOP for the old address, DOOR for the new one."""
    token = signing.dumps({"recovery": recovery.pk, "what": what}, salt=SALT)
    return settings.SITE_URL + reverse(f"recovery_{what}", args=[token])


def by_link(token, what):
    """The recovery that a link leads to, or None for one that is not ours, too old, or for something else."""
    age = timedelta(hours=settings.RECOVERY_WAIT_HOURS) + OPEN_FOR
    try:
        said = signing.loads(token, salt=SALT, max_age=age)
    except signing.BadSignature:
        return None
    found = Recovery.objects.select_related("person").filter(pk=said["recovery"], confirmed_by__isnull=False)
    return found.first() if said["what"] == what else None


def _owner(account, by):
    person = User.objects.filter(email=account.strip().lower(), is_active=True).first()
    if person is None:
        raise RecoveryRefused("no_account")
    if person.pk == by.pk:
        raise RecoveryRefused("own_account")
    if person.is_staff and Role.MANAGER not in by.roles:
        raise RecoveryRefused("staff_by_managers")
    return person


def _locked(recovery, by):
    recovery = _running(recovery)
    if not may_handle(recovery, by):
        raise PermissionDenied("not for this member of staff")
    return recovery


def _running(recovery):
    recovery = Recovery.objects.select_for_update(of=("self",)).select_related("person").get(pk=recovery.pk)
    if recovery.end:
        raise RecoveryRefused("recovery_over")
    return recovery


@transaction.atomic
def _open_door(recovery):
    recovery = _running(recovery)
    if not is_open(recovery):
        early = recovery.wait_until is None or clock.now() < recovery.wait_until
        raise RecoveryRefused("too_early" if early else "recovery_over")
    return recovery


def _tell_both(recovery):
    person, occasion, until = recovery.person, f"recovery:{recovery.pk}", recovery.wait_until.isoformat()
    facts = {"name": person.name, "new_address": addresses.masked(recovery.new_address), "until": until}
    post("recovery_begun", to=person, facts={**facts, "link": link(recovery, STOP)}, occasion=occasion)
    if person.proven_phone and texts.is_on():
        number = person.proven_phone.number_sealed
        post("recovery_begun_text", to=person, address=number, facts={"name": person.name}, occasion=occasion)
    _post("recovery_opens", recovery, address=recovery.new_address, occasion=occasion, until=until)


def _post(kind, recovery, *, address, occasion, **facts):
    facts = {"name": recovery.person.name, "link": link(recovery, DOOR), **facts}
    post(kind, to=recovery.person, address=address, facts=facts, occasion=occasion)

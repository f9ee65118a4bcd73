"""A lost e-mail address: two members of staff, a waiting time, and the owner of the old address may stop it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import phones, recovery
from accounts.codes import CodeError
from accounts.models import DoorEvent, Phone, Recovery, Role, User
from accounts.people import give_role
from accounts.recovery import RecoveryRefused
from config import clock
from letters.models import Letter
from letters.render import render
from loans.tasks import NIGHTLY
from tests.days_ahead import days_ahead
from tests.journeys.person import code_mailed
from tests.people import somebody

pytestmark = pytest.mark.django_db
NEW = "amina.new@example.org"


def asked(old="amina@example.org"):
    recovery.ask(old_address=old, name="Amina", reach="613-555-0123", language="en")
    return Recovery.objects.latest("pk")


def identify(row, by, account="amina@example.org", new=NEW):
    recovery.propose(row, by=by, account=account, how="video", note="Her permit, her face.", new_address=new)
    return Recovery.objects.get(pk=row.pk)


@pytest.fixture
def proposed(amina, omar):
    return identify(asked(), omar)


@pytest.fixture
def confirmed(proposed, olga):
    recovery.confirm(proposed, by=olga)
    return Recovery.objects.get(pk=proposed.pk)


def after(hours):
    return clock.at(clock.now() + timedelta(hours=hours))


def email_of(person):
    return User.objects.get(pk=person.pk).email


def test_identified_confirmed_waited_for_and_proven_the_new_address_is_in_place(confirmed, amina, omar, olga):
    with after(49):
        recovery.send_code(confirmed)
        assert Letter.objects.get(kind="new_address_code").address == NEW
        recovery.finish(confirmed, typed=code_mailed("new_address_code"))
    assert email_of(amina) == NEW
    events = [(event.kind, event.by) for event in DoorEvent.objects.all()]
    assert events == [
        ("recovery_asked", None),
        ("recovery_proposed", omar),
        ("recovery_confirmed", olga),
        ("recovery_code_sent", None),
        ("email_changed", None),
        ("recovery_done", None),
    ]
    assert Letter.objects.get(kind="email_changed").address == "amina@example.org"


def test_one_member_of_staff_alone_changes_nothing(proposed, omar, amina):
    with pytest.raises(PermissionDenied):
        recovery.confirm(proposed, by=omar)
    with after(100), pytest.raises(RecoveryRefused, match="too_early"):
        recovery.send_code(proposed)
    assert email_of(amina) == "amina@example.org"


def test_the_database_too_wants_two_others(proposed, omar, amina, olga):
    for change in ({"confirmed_by": omar}, {"confirmed_by": amina}, {"confirmed_by": olga, "person": olga}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.filter(pk=proposed.pk).update(wait_until=clock.now(), **change)


@pytest.mark.parametrize("who", ["amina", "bilal", "felix", "ada", "carl"])
def test_only_officers_and_managers_have_a_part_in_it(request, proposed, who):
    somebody_else = request.getfixturevalue(who)
    for act in (recovery.confirm, recovery.close):
        with pytest.raises(PermissionDenied):
            act(proposed, by=somebody_else)
    with pytest.raises(PermissionDenied):
        identify(proposed, somebody_else)


def test_nobody_recovers_their_own_account(omar, mariam):
    for who in (omar, mariam):
        with pytest.raises(RecoveryRefused, match="own_account"):
            identify(asked(who.email), who, account=who.email)


def test_nobody_confirms_or_closes_what_concerns_themselves(mariam):
    maya = somebody("maya@office.example", "Maya", Role.MANAGER)
    row = identify(asked(maya.email), mariam, account=maya.email)
    for act in (recovery.confirm, recovery.close):
        with pytest.raises(PermissionDenied):
            act(row, by=maya)


def test_the_account_of_somebody_who_works_here_is_for_managers_only(omar, olga, mariam):
    maya = somebody("maya@office.example", "Maya", Role.MANAGER)
    with pytest.raises(RecoveryRefused, match="staff_by_managers"):
        identify(asked(olga.email), omar, account=olga.email)
    row = identify(asked(olga.email), mariam, account=olga.email)
    with pytest.raises(PermissionDenied):
        recovery.confirm(row, by=omar)
    recovery.confirm(row, by=maya)
    assert Recovery.objects.get(pk=row.pk).confirmed_by == maya


def test_a_role_given_meanwhile_makes_it_a_matter_for_managers(proposed, amina, olga):
    give_role(amina, Role.OFFICER, by=None)
    with pytest.raises(PermissionDenied):
        recovery.confirm(proposed, by=olga)


def test_the_waiting_time_is_kept(confirmed, settings):
    with after(47), pytest.raises(RecoveryRefused, match="too_early"):
        recovery.send_code(confirmed)
    with after(47), pytest.raises(RecoveryRefused, match="too_early"):
        recovery.finish(confirmed, typed="123456")


def test_the_waiting_time_is_a_setting(proposed, olga, settings):
    settings.RECOVERY_WAIT_HOURS = 72
    recovery.confirm(proposed, by=olga)
    wait = Recovery.objects.get(pk=proposed.pk).wait_until - clock.now()
    assert timedelta(hours=71) < wait <= timedelta(hours=72)


def test_thirty_days_later_the_door_is_shut_again(confirmed):
    with after(48 + 31 * 24), pytest.raises(RecoveryRefused, match="recovery_over"):
        recovery.send_code(confirmed)


def test_the_old_address_the_phone_and_the_new_address_are_told(proposed, amina, olga, settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/texts"
    number = "+16135550121"
    Phone.objects.create(user=amina, number_sealed=number, number_hash=phones.hash_of(number), proven_at=clock.now())
    recovery.confirm(proposed, by=olga)
    told = {letter.kind: letter.address for letter in Letter.objects.all()}
    assert told == {"recovery_begun": "amina@example.org", "recovery_begun_text": number, "recovery_opens": NEW}
    assert NEW not in render(Letter.objects.get(kind="recovery_begun")).text
    assert "amina@example.org" not in render(Letter.objects.get(kind="recovery_opens")).text


def test_nobody_is_told_before_a_second_person_confirmed(proposed):
    assert not Letter.objects.exists()


def test_the_owner_of_the_old_address_stops_it_also_when_the_code_is_out(confirmed, amina):
    with after(49):
        recovery.send_code(confirmed)
        recovery.stop(confirmed)
        with pytest.raises(RecoveryRefused, match="recovery_over"):
            recovery.finish(confirmed, typed=code_mailed("new_address_code"))
    assert email_of(amina) == "amina@example.org"
    assert Letter.objects.get(kind="recovery_stopped").address == "amina@example.org"


def test_what_is_over_stays_over(confirmed, omar, olga):
    recovery.stop(confirmed)
    for act in (
        lambda: recovery.stop(confirmed),
        lambda: recovery.close(confirmed, by=omar),
        lambda: recovery.confirm(confirmed, by=olga),
        lambda: identify(confirmed, omar),
    ):
        with pytest.raises(RecoveryRefused, match="recovery_over"):
            act()


def test_what_is_confirmed_is_not_written_over(confirmed, omar, mariam):
    with pytest.raises(RecoveryRefused, match="confirmed_already"):
        identify(confirmed, omar, new="thief@example.org")
    with pytest.raises(RecoveryRefused, match="confirmed_already"):
        recovery.confirm(confirmed, by=mariam)


def test_whoever_writes_it_anew_is_the_first_person(proposed, omar, olga):
    identify(proposed, olga, new="other@example.org")
    with pytest.raises(PermissionDenied):
        recovery.confirm(proposed, by=olga)
    recovery.confirm(proposed, by=omar)


def test_nobody_confirms_what_nobody_proposed(amina, olga):
    with pytest.raises(RecoveryRefused, match="not_proposed"):
        recovery.confirm(asked(), by=olga)


@pytest.mark.parametrize(
    ("account", "new", "code"),
    [
        ("nobody@example.org", NEW, "no_account"),
        ("amina@example.org", "bilal@example.org", "address_taken"),
        ("amina@example.org", "AMINA@example.org", "same_address"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(amina, bilal, omar, account, new, code):
    with pytest.raises(RecoveryRefused, match=code):
        identify(asked(), omar, account=account, new=new)


def test_one_account_is_recovered_once_at_a_time(proposed, olga):
    with pytest.raises(RecoveryRefused, match="recovering_already"):
        identify(asked(), olga)


def test_a_code_of_a_recovery_is_used_once_and_wrong_ones_are_counted(confirmed, amina):
    with after(49):
        recovery.send_code(confirmed)
        code = code_mailed("new_address_code")
        for _ in range(5):
            with pytest.raises(CodeError):
                recovery.finish(confirmed, typed="000000x")
        with pytest.raises(CodeError, match="too_many"):
            recovery.finish(confirmed, typed=code)
    assert email_of(amina) == "amina@example.org"


def test_whoever_changes_their_address_themselves_ends_a_running_recovery(confirmed, amina):
    from accounts import addresses

    addresses.send_code(amina, "mine@example.org")
    addresses.change(amina, "mine@example.org", typed=code_mailed("new_address_code"), keep=None)
    assert Recovery.objects.get(pk=confirmed.pk).end == "stopped"
    last, before = DoorEvent.objects.order_by("-pk")[:2]
    assert (last.kind, last.by, last.recovery, before.kind) == ("recovery_stopped", amina, confirmed, "email_changed")


def test_two_years_after_it_is_over_what_was_said_and_noted_is_erased_and_its_rows_stay(confirmed, amina, omar):
    recovery.stop(confirmed, by=amina)
    waits = identify(asked(), omar)
    closed = clock.today()
    with clock.at(days_ahead(recovery.KEPT_DAYS)):
        assert NIGHTLY["forget_recoveries"](clock.today()).done == 0
    with clock.at(days_ahead(recovery.KEPT_DAYS + 1)):
        assert NIGHTLY["forget_recoveries"](clock.today()).done == 1
        assert NIGHTLY["forget_recoveries"](clock.today()).done == 0
    gone, stays = Recovery.objects.get(pk=confirmed.pk), Recovery.objects.get(pk=waits.pk)
    assert (gone.said, gone.note, gone.new_address) == (None, None, None)
    assert (gone.end, clock.day_of(gone.ended_at), gone.events.count()) == ("stopped", closed, 4)
    assert (stays.said["name"], stays.new_address) == ("Amina", NEW)


def test_a_link_is_for_one_thing_and_for_nobody_who_makes_one_up(confirmed):
    stop = recovery.link(confirmed, recovery.STOP).rstrip("/").split("/")[-2]
    assert recovery.by_link(stop, recovery.STOP) == confirmed
    assert recovery.by_link(stop, recovery.DOOR) is None
    for forged in ("", "x", stop[:-1], stop + "a", "1:2:3", "\x00"):
        assert recovery.by_link(forged, recovery.STOP) is None


def test_what_people_wrote_stands_sealed_in_the_table(proposed):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT said, note, new_address FROM accounts_recovery")
        assert not any(b"amina" in bytes(value).lower() for value in cursor.fetchone())


def test_what_happened_at_the_doors_is_written_in_ink(proposed):
    from django.db import DatabaseError

    for change in (lambda: DoorEvent.objects.update(kind="email_changed"), lambda: DoorEvent.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()

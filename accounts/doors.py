"""The rows of the doors: where somebody is signed in, what happened to their ways in, how a lost one is mended."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from config import clock
from vault.fields import EncryptedJSONField, EncryptedTextField
from vault.models import Sealed


class Session(AbstractBaseSession):
    """A browser in which somebody is, or is about to be, signed in. Its owner sees when and where, and may end it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=40, blank=True)  # codes of accounts.devices
    opened_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    @classmethod
    def get_session_store_class(cls):
        """The store that fills these rows."""
        from accounts.sessions import SessionStore

        return SessionStore


class DoorEvent(models.Model):
    """Something happened to the ways into an account. In ink: never changed, never deleted, and without words."""

    class Kind(models.TextChoices):
        EMAIL_CHANGED = "email_changed", _("The e-mail address was changed.")
        PASSKEY_ADDED = "passkey_added", _("A passkey was added.")
        PASSKEY_REMOVED = "passkey_removed", _("A passkey was removed.")
        SESSIONS_ENDED = "sessions_ended", _("Other devices were signed out.")
        RECOVERY_ASKED = "recovery_asked", _("Help with a lost e-mail address was asked for.")
        RECOVERY_PROPOSED = "recovery_proposed", _("The person was identified and a new address written down.")
        RECOVERY_CLOSED = "recovery_closed", _("The request was closed: nothing changes.")
        RECOVERY_CONFIRMED = "recovery_confirmed", _("A second person confirmed; the waiting time began.")
        RECOVERY_STOPPED = "recovery_stopped", _("The owner of the old address stopped it.")
        RECOVERY_CODE_SENT = "recovery_code_sent", _("A code was sent to the new address.")
        RECOVERY_DONE = "recovery_done", _("The new address was proven and took the place of the old one.")

    kind = models.CharField(max_length=20, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="door_events")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # null: whoever holds a link, unknown
    at = models.DateTimeField(default=clock.now)
    recovery = models.ForeignKey("Recovery", models.PROTECT, null=True, related_name="events")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class Recovery(Sealed):
    """Somebody cannot read the e-mail of their account any more and asks the office to write down another one.

    Asked on a public page, so that `said` may be untrue and its account may not exist. One member of staff identifies
    the person and writes down the new address, a second confirms, then `wait_until` must pass; the owner of the old
    address can stop it all that time.
    """

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person, with an identity paper")
        VIDEO = "video", _("By video call, with an identity paper")

    class End(models.TextChoices):
        CLOSED = "closed", _("Closed by the office")
        STOPPED = "stopped", _("Stopped by the owner of the old address")
        DONE = "done", _("Done")

    said = EncryptedJSONField(null=True)  # old_address, name, reach; null once it is erased (accounts.recovery.forget)
    language = models.CharField(max_length=7)
    asked_at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="recoveries")
    how = models.CharField(max_length=10, choices=How, blank=True)
    note = EncryptedTextField(null=True)
    new_address = EncryptedTextField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    wait_until = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=End, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | (
                    models.Q(proposed_by__isnull=False, person__isnull=False, wait_until__isnull=False)
                    & ~models.Q(confirmed_by=models.F("proposed_by"))
                    & ~models.Q(confirmed_by=models.F("person"))
                    & ~models.Q(proposed_by=models.F("person"))
                ),
                name="a_recovery_takes_two_others",
            ),
            models.CheckConstraint(
                condition=~models.Q(end="done") | models.Q(confirmed_by__isnull=False),
                name="a_recovery_is_done_when_confirmed",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(end="", person__isnull=False),
                name="one_recovery_at_a_time",
            ),
        ]

    def __str__(self):
        return f"recovery {self.pk}"

    def end_as(self, end, *, by):
        """It is over, and a row says so: that row. The recovery is locked. Saves."""
        self.end, self.ended_at = end, clock.now()
        self.save(update_fields=["end", "ended_at"])
        return self.record(HOW_IT_ENDED[end], by)

    def record(self, kind, by):
        """Write down one step of it; gives the row."""
        return DoorEvent.objects.create(kind=kind, user=self.person, by=by, at=clock.now(), recovery=self)


HOW_IT_ENDED = {
    Recovery.End.CLOSED: DoorEvent.Kind.RECOVERY_CLOSED,
    Recovery.End.STOPPED: DoorEvent.Kind.RECOVERY_STOPPED,
    Recovery.End.DONE: DoorEvent.Kind.RECOVERY_DONE,
}

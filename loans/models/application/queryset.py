"""Which requests somebody may see."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Role
from loans import rules
from loans.models.application.states import State
from loans.models.assistance import Way
from loans.models.conflict import Conflict


class ApplicationQuerySet(models.QuerySet):
    def belonging_to(self, user):
        """The cases in which this person stands: as borrower, co-borrower or guarantor."""
        return self.filter(parties__user=user).distinct()

    def open_to_staff(self, user):
        """What the loan office may read: sent cases only; finance sees loans, not stories.

        Never one's own, and none on which the reader has a conflict of interest.
        """
        sent = self.filter(~Exists(Conflict.objects.hiding(OuterRef("pk"), user)), submitted_at__isnull=False)
        sent = sent.exclude(parties__user=user)
        if user.roles & {Role.OFFICER, Role.MANAGER, Role.AUDITOR}:
            return sent
        if Role.COMMITTEE in user.roles:
            brought_to_it = Q(recommended_by__isnull=False) | Q(state__in=[State.APPEALED, State.DECISION_STANDS])
            return sent.filter(brought_to_it)
        return self.none()

    def typed_for_somebody_by(self, user):
        """The drafts with which this person helps now: staff while they work here, or whom the applicant asked."""
        mine = self.filter(state=State.DRAFT, assisted_by=user)
        return mine if user.roles & rules.ASSISTS else mine.filter(assisted_way=Way.HELPER)

    def to_look_at_second(self, user):
        """The drafts of which a signed page waits for a second look, for those who may take it."""
        if not user.roles & rules.ASSISTS:
            return self.none()
        waiting = {"signed_pages__checked__isnull": False, "signed_pages__turned_down": None}
        found = self.filter(state=State.DRAFT, assisted_by__isnull=False, **waiting)
        return found.exclude(Q(assisted_by=user) | Q(parties__user=user)).distinct()

    def filled_in_by(self, user):
        """The cases on whose form this person may be: those they asked for, and drafts with which they help."""
        return self.filter(Q(applicant__user=user) | Q(pk__in=self.typed_for_somebody_by(user)))

    def visible_to(self, user):
        """Every case this person may see at all; to anybody else it does not exist."""
        seen = Q(pk__in=self.belonging_to(user)) | Q(pk__in=self.open_to_staff(user))
        return self.filter(seen | Q(pk__in=self.typed_for_somebody_by(user)))

"""The lists of the desk, each a condition that an index of its own answers, and how far they are shown and counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from config import clock
from loans.fields import Text
from loans.lifecycle.contracts.paper_signing import to_look_at as papers_to_look_at
from loans.lifecycle.lending.bank_accounts import to_verify as bank_to_verify
from loans.lifecycle.promise import NEAR_DAYS
from loans.lifecycle.reviewing.number_ends import ending
from loans.models import Application, Message

MOST = 500  # so many cases of a list are shown, and counted; who wants more narrows it
TO_DO, EVERYTHING = "todo", "all"
READERS = frozenset((Role.OFFICER, Role.MANAGER, Role.COMMITTEE, Role.AUDITOR))
ANSWERERS = frozenset((Role.OFFICER, Role.MANAGER))  # who reads what applicants write
UNREAD = Message.objects.filter(from_office=False, read_at=None)


class List(NamedTuple):
    """A list of cases: its name, its condition for a reader, who has it, and what it says when it is empty."""

    label: Text
    holds: Callable
    for_whom: frozenset
    empty: Text
    how_to_go_on: Text = ""
    go_on_with: str = ""  # the list that leads on from an empty one


def _mine(user):
    return Q(reviewer=user, state__in=Application.ON_A_DESK)


def _unassigned(user):
    return Q(reviewer=None, state__in=[Application.State.SUBMITTED, *Application.ON_A_DESK])


def _waiting(user):
    return Q(state=Application.State.WAITING)


def _to_decide(user):
    return Q(state__in=Application.TO_DECIDE)


def _about_to_break(user):
    return Q(promised_by__lte=clock.today() + timedelta(days=NEAR_DAYS))


def _with_news(user):
    return Q(pk__in=UNREAD.values("application"))


def _number_ends(user):
    return ending(clock.today())


LISTS = {
    TO_DO: List(
        _("To do"),
        None,  # several of the others: see `listed`
        frozenset((Role.OFFICER,)),
        _("No case is here. Good work."),
        _("New forms come into this list by themselves, and so do answers of applicants."),
    ),
    "mine": List(
        _("Mine"),
        _mine,
        frozenset((Role.OFFICER,)),
        _("No case is on your desk."),
        _("Take one that nobody has taken yet."),
        "unassigned",
    ),
    "unassigned": List(
        _("To take"),
        _unassigned,
        READERS,
        _("Every case has its officer."),
        _("A form that is sent comes here until an officer takes it."),
    ),
    "waiting": List(
        _("Waiting for the applicant"),
        _waiting,
        READERS,
        _("No case waits for its applicant."),
        _("When you ask for more, the case waits here until the answer is there."),
    ),
    "decision": List(
        _("To decide"),
        _to_decide,
        READERS,
        _("No case waits for a decision."),
        _("What an officer recommends comes here, and so do appeals."),
    ),
    "promises": List(
        _("Promises about to break"),
        _about_to_break,
        READERS,
        _("No promise is about to break."),
        _("A case comes here a few days before the answer that we promised."),
    ),
    "messages": List(
        _("New messages"), _with_news, ANSWERERS, _("Every message is read."), _("What applicants write comes here.")
    ),
    "bank": List(
        _("Bank details to verify"),
        bank_to_verify,
        ANSWERERS,
        _("No bank details wait for you."),
        _("What a borrower or a colleague enters comes here, until a second person has compared it with a paper."),
    ),
    "papers": List(
        _("Signed papers to look at"),
        papers_to_look_at,
        ANSWERERS,
        _("No signed paper waits for you."),
        _("What was signed by hand comes here, until a second person has looked at its scan."),
    ),
    "numbers": List(
        _("Number ends"),
        _number_ends,
        ANSWERERS,
        _("No social insurance number ends soon."),
        _("A case comes here before the number of its person ends."),
    ),
    EVERYTHING: List(
        _("All"), lambda user: Q(), READERS, _("No case is here yet."), _("A form comes here when it is sent.")
    ),
}


def lists_of(user):
    """{key: List} of what this reader may choose among."""
    return {key: each for key, each in LISTS.items() if user.roles & each.for_whom}


def landing(user):
    """The list on which a reader lands who has chosen none: what the roles ask for."""
    if Role.OFFICER in user.roles:
        return TO_DO
    return "decision" if user.roles & {Role.MANAGER, Role.COMMITTEE} else EVERYTHING


def listed(cases, show, user, order=(), most=MOST):
    """Those of `cases` that stand in the list `show`; a list of others is empty.

    What there is to do has several parts, each with its index: it holds `first_of` them.
    """
    if show not in lists_of(user):
        return cases.none()
    if show != TO_DO:
        return cases.filter(LISTS[show].holds(user))
    return first_of([cases.filter(LISTS[key].holds(user)) for key in _to_do(user)], order, most)


def first_of(parts, order, most):
    """The cases of all `parts` together, no further than the first `most` of each by `order`: none is read to its end.

    PostgreSQL is handed their keys as an array, which it looks up one by one however many cases there are. SQLite
    cannot end a part: there they are whole.
    """
    if not connection.features.supports_slicing_ordering_in_compound:
        keys = [part.order_by().values("pk") for part in parts]
        return Application.objects.filter(pk__in=keys[0].union(*keys[1:], all=True))
    keys = [part.order_by(*order).values("pk")[: most + 1] for part in parts]
    return Application.objects.filter(_IsAmong(F("pk"), Subquery(keys[0].union(*keys[1:]))))


class _IsAmong(Func):
    """Whether a value is one of those that a subquery finds, read first."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY(ARRAY", BooleanField()


def _to_do(user):
    decides = user.roles & {Role.MANAGER, Role.COMMITTEE}
    return ("mine", "unassigned", "messages", "bank", "papers", "numbers", *(["decision"] if decides else []))

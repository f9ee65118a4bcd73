"""The demo: a portfolio walked there by the real verbs at past dates over thirty months, and people to sign in as."""

import random
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from accounts.models import Role, User
from accounts.people import give_role, propose
from config import clock
from loans.demonstration import bulk
from loans.demonstration.assisted import type_for_two
from loans.demonstration.calls import ask_for_calls
from loans.demonstration.conflicts import declare_one
from loans.demonstration.days import answer_the_calendar
from loans.demonstration.flags import load_a_list
from loans.demonstration.forms import fill_in
from loans.demonstration.help import complain, refer
from loans.demonstration.letters import let_two_come_back
from loans.demonstration.people import PEOPLE, STAFF
from loans.demonstration.roads import Road, is_empty
from loans.demonstration.settings import change_settings
from loans.lifecycle.applying import filling
from loans.models import Product

__all__ = ["SECRET", "build", "build_without_loans", "is_empty", "sign_ins"]

SECRET = "JBSWY3DPEHPK3PXP"  # the authenticator key of every demo member of staff, printed at the start
# The first ten are one of each kind; after them the mix of an office at work, over and over.
FIRST = ("draft", "submitted", "in_review", "waiting", "recommended", "offered", "signed", "active", "active", "repaid")
MIX = (
    "active", "repaid", "recommended", "late", "declined", "rescheduled", "written_off", "active", "withdrawn",
    "repaid", "appealed", "paused", "closed_unanswered",
    "very_late", "active", "lapsed", "repaid", "active", "submitted",
    "decision_stands", "active", "in_review", "refused", "active", "late", "expired", "repaid", "active", "declined",
    "active", "choice",
)  # fmt: skip
STILL_OPEN = {"choice", "draft", "submitted", "in_review", "waiting", "recommended", "offered", "signed", "appealed"}
PRODUCTS = ("credential", "professional-development", "business", "credential", "business", "interest-free")
DAYS = 912  # thirty months
MOST_WALKED, FEW_WALKED = 1000, 60


def build(count=10, seed=1, walked=None):
    """Fill an empty office with `count` cases. The same count and seed give the same office, on the same day.

    The first `walked` of them are walked by the real verbs, oldest first; the rest are loans made in bulk. Without
    it: all, or of more than a thousand the first sixty, so that every state and every sign-in is there. Returns how
    many were made in bulk.
    """
    if walked is None:
        walked = count if count <= MOST_WALKED else FEW_WALKED
    walked = min(count, walked)
    _walk(walked, seed)
    if walked < count:
        bulk.build(walked, count, seed)
    return count - walked


def build_without_loans(first, count, seed=1):
    """Make `count` cases in bulk that are no loan, open ones and such as are over. `first`: so many were made."""
    bulk.build_without_loans(first, first + count, seed)


def _walk(count, seed):
    staff = {role: [] for role in Role}
    for email, name, role, language in STAFF:
        staff[role].append(_staff(email, name, role, language))
    answer_the_calendar(manager=staff[Role.MANAGER][0], second=staff[Role.FINANCE][0])
    began = {number: _began(number, seed) for number in range(count)}
    for number in sorted(began, key=lambda number: began[number]):
        _live(number, staff, began[number], seed)
    ask_for_calls(staff[Role.OFFICER][0])
    refer()
    complain(manager=staff[Role.MANAGER][0], officer=staff[Role.OFFICER][0])
    change_settings(manager=staff[Role.MANAGER][0], second=staff[Role.COMMITTEE][0])
    if count > len(FIRST):
        officer = staff[Role.OFFICER][1]
        declare_one(officer)
        let_two_come_back(officer)
        type_for_two(staff[Role.OFFICER][0])
        propose("give", officer, Role.MANAGER, by=staff[Role.MANAGER][0])
    load_a_list(staff[Role.MANAGER][0])


def goal_of(number):
    """How far case `number` gets."""
    return FIRST[number] if number < len(FIRST) else MIX[(number - len(FIRST)) % len(MIX)]


def sign_ins():
    """(role, e-mail) of everybody one can sign in as; codes lie in the mail room."""
    return [*((str(role.label), email) for email, _, role, _ in STAFF), ("applicant", "applicant8@people.example")]


def _chance(number, seed):
    return random.Random(f"{seed}/{number}")


def _began(number, seed):
    """When a case began: what is open began lately, what is over up to thirty months ago."""
    chance, goal = _chance(number, f"{seed}/began"), goal_of(number)
    if number < len(FIRST):
        days = 8 + 3 * number if goal in STILL_OPEN else 20 + 17 * number
    elif goal in STILL_OPEN or (goal == "declined" and number % 2 == 0):
        days = chance.randint(10, 28)
    elif goal in ("active", "late", "very_late", "paused", "rescheduled"):
        days = chance.randint(100, 340)
    elif goal == "written_off":
        days = chance.randint(520, DAYS)
    else:
        days = chance.randint(200, DAYS)
    return clock.now() - timedelta(days=days)


def _live(number, staff, began, seed):
    chance, someone = _chance(number, seed), PEOPLE[number % len(PEOPLE)]
    person = _person(f"applicant{number + 1}@people.example", someone.name, someone.language)
    code = PRODUCTS[number % len(PRODUCTS)]
    product = Product.objects.on_offer().get(code=code)
    cents, months = _wish(product, chance)
    if number == len(FIRST) + MIX.index("recommended"):
        cents = product.max_cents  # above the limit of one person: it waits for the committee
    co_signer = None
    if chance.random() < 0.2:
        kind = chance.choice(("co_borrower", "guarantor"))
        name = chance.choice(("Samira", "Luc Bouchard", "Grace Mensah", "刘洋"))
        co_signer = (name, f"signer{number + 1}@people.example", kind)
    with clock.at(began):
        case = filling.start(person, product)
        fill_in(case, person, someone, chance=chance, cents=cents, months=months, co_signer=co_signer)
    study = min(product.max_study_months, chance.choice((2, 3, 4)))
    terms = {"principal_cents": cents, "study_months": study, "repayment_months": months}
    Road(case, person, goal_of(number), began=began, staff=staff, chance=chance, terms=terms).walk()


def _wish(product, chance):
    """How much somebody asks for, and in how many months it is to be paid back."""
    most = min(product.max_cents, 900_000)
    cents = chance.randrange(max(product.min_cents, 150_000), most + 1, 25_000)
    choices = [months for months in (12, 18, 24, 36) if months <= product.max_repayment_months]
    return cents, chance.choice(choices)


def _staff(email, name, role, language):
    user = _person(email, name, language)
    give_role(user, role, by=None)
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, SECRET)
    return user


def _person(email, name, language):
    user = User.objects.known_as(email, name=name, language=language)
    EmailAddress.objects.filter(user=user).update(verified=True)
    return user

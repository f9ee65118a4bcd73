"""What raises a flag on a case: each kind found in one place, from the file, its figures and its people.

Nothing here refuses or decides; loans.lifecycle.reviewing.flags says what became of each flag.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import RoleGrant, User
from accounts.phones import PhoneError, hash_of, read_number
from applicants.look_alikes import OTHER, SAME, UNKNOWN, alike_to, mailbox, people_near
from applicants.spelled import LONGEST_WORD, alike, forms_of
from config import clock
from loans.eligibility import LIVING
from loans.lifecycle.reviewing.flag_file import File, Found, Named
from loans.lifecycle.reviewing.household import months_of
from loans.models import Application, BankAccount, EligibilityRule, SanctionEntry
from money.calendar import add_months

SAME_PERSON, SAME_ACCOUNT, BANKRUPTCY, LIVING_SHARE, DEBT_SHARE, STAFF_TIE, SANCTIONS = (
    "same_person",
    "same_account",
    "bankruptcy",
    "living_share",
    "debt_share",
    "staff_tie",
    "sanctions",
)
LIVING_RULE = "living_costs_up_to_percent"
MOST_HITS = 200  # entries of the lists that are compared in full
# Anybody may have an address there: to share it says nothing.
PUBLIC_MAIL = frozenset((
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.ca", "hotmail.fr", "live.com", "live.ca",
    "msn.com", "yahoo.com", "yahoo.ca", "yahoo.fr", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com",
    "proton.me", "protonmail.com", "gmx.com", "gmx.net", "mail.com", "zoho.com", "yandex.ru", "yandex.com", "mail.ru",
    "qq.com", "163.com", "126.com", "rogers.com", "bell.net", "sympatico.ca", "videotron.ca", "shaw.ca", "telus.net",
    "cogeco.ca", "orange.fr", "free.fr", "laposte.net",
))  # fmt: skip


def found_in(file: File) -> list[Found]:
    """Everything that raises a flag on this case, in the order of KINDS."""
    found = (each for kind in KINDS.values() for each in kind(file))
    return list({each.key: each for each in found}.values())


# --- People -------------------------------------------------------------------------------------------


def _same_people(file: File) -> Iterator[Found]:
    """Somebody else who sent a form and may be this applicant, with their cases. One query."""
    person = file.case.applicant
    cases: dict[int, list[Any]] = {}
    for case in _cases_near(person, file.reader):
        cases.setdefault(case.applicant_id, []).append(case)
    for each in alike_to(person, (found[0].applicant for found in cases.values())):
        facts = {"person": each.person.pk, "by": list(each.by), "born": each.born}
        told = [{"reference": case.reference, "may_open": case.may_open} for case in cases[each.person.pk]]
        yield Found(SAME_PERSON, f"{SAME_PERSON}:{each.person.pk}", facts, {"name": str(each.person), "cases": told})


def _cases_near(person: Any, reader: User | None) -> Iterable[Any]:
    """The sent cases of people who share something with this one, each with whether `reader` may open it."""
    seen = Application.objects.none() if reader is None else Application.objects.open_to_staff(reader)
    cases = Application.objects.filter(applicant__in=people_near(person), submitted_at__isnull=False)
    cases = cases.select_related("applicant__user").annotate(may_open=Exists(seen.filter(pk=OuterRef("pk"))))
    found: Iterable[Any] = cases.order_by("pk")
    return found


def _same_accounts(file: File) -> Iterator[Found]:
    """The bank account of somebody of the case was also given by somebody else. One query, where it was."""
    if not getattr(file.case, "shares_account", True):  # of loans.lifecycle.reviewing.flags.with_flags
        return
    ours = BankAccount.objects.filter(party__application=file.case).exclude(number_hash="")
    others = BankAccount.objects.filter(number_hash__in=ours.values("number_hash"))
    others = others.exclude(party__user__in=[party.user_id for party in file.case.parties.all()])
    seen = Application.objects.none() if file.reader is None else Application.objects.open_to_staff(file.reader)
    may_open = Exists(seen.filter(pk=OuterRef("party__application")))
    found: dict[int, list[Any]] = {}
    for account in (
        others.annotate(may_open=may_open).select_related("party__application", "party__user").order_by("pk")
    ):
        found.setdefault(account.party.user_id, []).append(account)
    for person, accounts in found.items():
        cases = {each.party.application.reference: each.may_open for each in accounts}
        told = [{"reference": reference, "may_open": may} for reference, may in cases.items()]
        beside = {"name": str(accounts[0].party), "cases": told}
        facts = {"person": person, "accounts": [each.pk for each in accounts]}
        yield Found(SAME_ACCOUNT, f"{SAME_ACCOUNT}:{person}", facts, beside)


def _ties_to_staff(file: File) -> Iterator[Found]:
    """Somebody who works here shares a name, a telephone or an address with somebody of the case.

    Whoever has declared a conflict is answered for; the case is hidden from them.
    """
    grants = RoleGrant.objects.in_force().filter(user__is_active=True).select_related("user__phone")
    staff = {grant.user_id: grant.user for grant in grants.order_by("user")}
    phone = _phone_hash(file.case.applicant.phone)
    for person in staff.values():
        if person.pk in file.case.kept_from:
            continue
        ties = sorted({tie for each in file.people for tie in _ties(person, each, phone)})
        if ties:
            facts = {"person": person.pk, "ties": [list(tie) for tie in ties]}
            yield Found(STAFF_TIE, f"{STAFF_TIE}:{person.pk}", facts, {"name": str(person)})


def _ties(person: User, each: Named, phone: str) -> Iterator[tuple[str, str]]:
    """(who it is in the case, what is shared) for one of the staff and one person of the case."""
    if person.pk == each.user:
        yield each.role, "account"
        return
    if person.name and alike(person.name, each.name):
        yield each.role, "name"
    if each.email and mailbox(person.email) == mailbox(each.email):
        yield each.role, "email"
    elif each.email and _domain(each.email) == _domain(person.email) and _domain(each.email) not in PUBLIC_MAIL:
        yield each.role, "domain"
    held = getattr(person, "phone", None)
    if each.role == "applicant" and phone and held and held.number_hash == phone:
        yield each.role, "phone"


def _domain(address: str) -> str:
    return address.casefold().rpartition("@")[2]


def _phone_hash(typed: str) -> str:
    try:
        return hash_of(read_number(typed))
    except PhoneError:
        return ""


# --- What was said, and the figures -----------------------------------------------------------------------


def _bankruptcies(file: File) -> Iterator[Found]:
    """Not over; or over for fewer months than the product wants."""
    said = dict(file.submission.lines("budget")).get(0, {})
    if said.get("was_bankrupt") is not True:
        return
    since, months = said.get("discharged_on"), file.case.product.bankruptcy_months
    if said.get("discharged") is True and since:
        if months is None or add_months(date.fromisoformat(since), months) <= clock.today():
            return
        yield Found(BANKRUPTCY, BANKRUPTCY, {"discharged_on": since, "months": months})
    else:
        yield Found(BANKRUPTCY, BANKRUPTCY, {"discharged_on": None})


def _living_shares(file: File) -> Iterator[Found]:
    """Of the plan's costs as they count, more for living than the product's row of eligibility says."""
    limit = living_limit(file.case)
    lines = [line for line in file.ladder.groups["plan"].lines if not line.is_gone]
    total = sum(line.counting_cents for line in lines)
    living = sum(line.counting_cents for line in lines if line.said_as == LIVING)
    if limit is not None and total and living * 100 > total * limit:
        yield Found(LIVING_SHARE, LIVING_SHARE, {"living_cents": living, "total_cents": total, "limit_percent": limit})


def living_limit(case: Application) -> int | None:
    """The percentage of the plan's costs that living may take, by the product's own row; None: no limit."""
    if hasattr(case, "living_limit"):  # of loans.lifecycle.reviewing.flags.with_flags
        operand = case.living_limit
    else:
        rows = EligibilityRule.objects.filter(product=case.product_id, rule=LIVING_RULE)
        operand = rows.values_list("operand", flat=True).first()
    return int(operand[0]) if operand else None


def _debt_shares(file: File) -> Iterator[Found]:
    """Debts and this loan's payment take more of the income than the product allows.

    The terms are those recommended, or as long as nobody has recommended any, those asked for.
    """
    limit, load = file.case.product.debt_share, file.load
    if limit is None or load is None:
        return
    _said, month = months_of(file.ladder)
    share = load.counting.debt_share
    if share is not None and share <= limit:
        return
    facts = {
        "income_cents": month.income_cents,
        "debts_cents": month.debts_cents,
        "principal_cents": load.terms.principal_cents,
        "months": load.terms.repayment_months,
        "limit": format(limit.normalize(), "f"),
    }
    beside = {"share": share, "payment_cents": load.payment_cents, "is_recommended": file.terms is not None}
    yield Found(DEBT_SHARE, DEBT_SHARE, facts, beside)


# --- Lists of sanctions ----------------------------------------------------------------------------------


def _sanctions(file: File) -> Iterator[Found]:
    """Entries of the lists that the office loaded whose name is like that of somebody of the case."""
    business = dict(file.submission.lines("business")).get(0, {}).get("business_name") or ""
    people = [*file.people, *([Named("business", business)] if business else [])]
    forms = {form for each in people for form in forms_of(each.name)}
    words = {word[:LONGEST_WORD] for form in forms for word in form}
    whole = {word[:LONGEST_WORD] for form in forms if len(form) == 1 for word in form}
    near = SanctionEntry.objects.near(words, whole).select_related("version").order_by("version__key", "pk")
    for entry in near[:MOST_HITS]:
        names = [entry.name, *entry.aliases]
        roles = sorted({each.role for each in people if any(alike(each.name, name) for name in names)})
        if roles:
            born = _born_like(file.case.applicant.born_on, entry.born) if "applicant" in roles else UNKNOWN
            facts = {"list": entry.version.key, "part": entry.part, "item": entry.item, "name": entry.name}
            facts |= {"listed_born": entry.born, "roles": roles, "born": born}
            beside = {"list": entry.version.name, "loaded_at": entry.version.loaded_at, "aliases": entry.aliases}
            yield Found(SANCTIONS, _key_of(entry), facts, beside)


def _key_of(entry: SanctionEntry) -> str:
    """The same in the next version of the list, as long as the entry is numbered and named as it is."""
    named = "\n".join((entry.version.key, entry.part, entry.item, entry.name))
    return f"{SANCTIONS}:{hashlib.sha256(named.encode()).hexdigest()[:24]}"


def _born_like(born_on: str | None, listed: str) -> str:
    """Whether the day, or of a list that has only the year that year, is the person's; unknown where neither is there.

    A list may give several; one that fits is enough.
    """
    years = _years(listed)
    if not born_on or not years:
        return UNKNOWN
    if born_on in listed:
        return SAME
    return SAME if born_on[:4] in years and not _is_whole_day(listed) else OTHER


def _years(listed: str) -> set[str]:
    digits = "".join(sign if sign.isascii() and sign.isdigit() else " " for sign in listed).split()
    return {run for run in digits if len(run) == 4 and run[:2] in ("18", "19", "20")}


def _is_whole_day(listed: str) -> bool:
    """Whether a day of the year stands there, not the year alone."""
    return any(len(part) <= 2 for part in listed.replace("/", "-").split("-") if part.strip().isdigit())


KINDS: dict[str, Callable[[File], Iterator[Found]]] = {
    SANCTIONS: _sanctions,
    SAME_PERSON: _same_people,
    SAME_ACCOUNT: _same_accounts,
    STAFF_TIE: _ties_to_staff,
    BANKRUPTCY: _bankruptcies,
    DEBT_SHARE: _debt_shares,
    LIVING_SHARE: _living_shares,
}

"""Typing for somebody: begun with the person's consent, handed to a colleague, ended at any time.

The draft stays the person's. Whoever helps sees this one draft, only while they help, and never sends it
(loans.lifecycle.applying.confirmation says how the person does). Who ever typed is remembered on the case and never
decides.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import Phone, User
from accounts.phones import hash_of
from letters.mailbox import address_of_nobody, is_mailbox
from letters.post import post
from loans import rules
from loans.assisted_words import VERSION, words_for
from loans.fields import Field, understand
from loans.lifecycle.applying.filling import begin_draft, keep
from loans.lifecycle.applying.keeping import Typed
from loans.lifecycle.applying.submission import case_of
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.step import deed
from loans.lifecycle.tell import link_to
from loans.models import Application, Assistance, Product, Way
from loans.models.consent import language_read
from loans.sections import ABOUT_ME

BY_THE_OFFICE = (Way.TELEPHONE, Way.DESK, Way.PAPER)


@once_only(case_of)
def begin(
    product: Product,
    *,
    by: User,
    name: str,
    way: str,
    agreed: bool,
    email: str = "",
    phone: str = "",
    language: str = "en",
    once: Once | None = None,
) -> Application:
    """Begin a form for a person who agreed to it: with an account already, the draft is theirs and they are told.

    `phone` is E.164 or empty. Without `email` the account has no mailbox and letters to it go by post.
    Raises Refused: no_words, not_listed, not_agreed_aloud, of_somebody_here, too_many_drafts; PermissionDenied.
    """
    if not name.strip():
        raise Refused("no_words", field="name")
    if way not in BY_THE_OFFICE:
        raise Refused("not_listed", field="way")
    if not agreed:
        raise Refused("not_agreed_aloud")
    with transaction.atomic():
        person, is_new = _person(email, name.strip(), phone, language)
        draft = begin_draft(person, product, assisted_by=by, assisted_way=way, assistants=[by.pk])
        with deed(draft.assist, by=by, once=once, detail={"way": way, "words": VERSION}) as case:
            help_with = _note_down(case, by, way, language=language, phone=(phone or None) if is_new else None)
        _type_what_is_known(case, person.name, phone, by=by)
        if is_mailbox(person.email):
            facts = {"name": person.name, "helper": str(by), "link": link_to(case)}
            occasion = f"assistance:{help_with.pk}"
            post("assistance_begun", to=person, facts=facts, occasion=occasion, case_reference=case.reference)
    return case_of(case.event)


def _person(email: str, name: str, phone: str, language: str) -> tuple[User, bool]:
    """The account of the person, and whether it is new. Never that of somebody who works here.

    Into an account that was there already no code goes by a number that somebody else typed.
    """
    if phone and any(owner.user.is_staff for owner in Phone.objects.filter(number_hash=hash_of(phone))):
        raise Refused("of_somebody_here", field="phone")
    if not email:
        nobody: User = User.objects.create_user(address_of_nobody(), name=name, language=language)
        return nobody, True
    is_new = not User.objects.filter(email=email.strip().lower()).exists()
    person: User = User.objects.known_as(email, name=name, language=language)
    if person.is_staff or not person.is_active:
        raise Refused("of_somebody_here", field="email")
    return person, is_new


def _note_down(
    case: Application, helper: User, way: str, *, language: str, phone: str | None = None, name: str | None = None
) -> Assistance:
    read = language_read(language)
    help_with: Assistance = Assistance.objects.create(
        application=case,
        event=case.event,
        helper=helper,
        way=way,
        words_version=VERSION,
        words_language=read,
        words=words_for(way, read),
        phone=phone,
        name=name,
    )
    return help_with


def _type_what_is_known(case: Application, name: str, phone: str, *, by: User) -> None:
    said = {"full_name": name, "phone": phone}
    keep(case, ABOUT_ME, [Typed(ABOUT_ME.field(each), 0, raw) for each, raw in said.items() if raw], by=by)


@once_only(case_of)
def pass_on(application: Application, *, by: User, to: User, once: Once | None = None) -> Application:
    """A colleague goes on with the typing, and only they see the draft now. Raises Refused("unknown_colleague")."""
    case: Application
    with deed(application.pass_on, by=by, once=once, detail={"to": to.pk}) as case:
        if not rules.may_take_over_typing(case, to):
            raise Refused("unknown_colleague", field="to")
        before = case.assistances.get(ended=None)
        before.ended = case.event
        before.save(update_fields=["ended"])
        Assistance.objects.create(
            application=case,
            event=case.event,
            helper=to,
            way=before.way,
            words_version=before.words_version,
            words_language=before.words_language,
            words=before.words,
            phone=before.phone,
        )
        case.assisted_by = to
        case.assistants = [*(key for key in case.assistants if key != to.pk), to.pk]
    return case


@once_only(case_of)
def end(application: Application, *, by: User, once: Once | None = None) -> Application:
    """The help is over at once; the draft, with all that was typed, is the person's alone."""
    case: Application
    with deed(application.end_help, by=by, once=once) as case:
        case.assistances.filter(ended=None).update(ended=case.event)
        case.assisted_by = None
    return case


@once_only(case_of)
def invite(
    application: Application, *, by: User, email: str, name: str, agreed: bool, once: Once | None = None
) -> Application:
    """The applicant lets somebody they trust, such as a settlement worker, type in this draft; one at a time.

    Raises Refused: no_words, not_an_address, not_agreed_to_help, of_somebody_here, own_helper, helped_already.
    """
    if not name.strip():
        raise Refused("no_words", field="name")
    address, wrong = understand(Field("email", "email", ""), email)
    if wrong or not address:
        raise Refused("not_an_address", field="email")
    if not agreed:
        raise Refused("not_agreed_to_help")
    case: Application
    with deed(application.invite_helper, by=by, once=once, detail={"way": Way.HELPER, "words": VERSION}) as case:
        if case.assisted_by_id is not None:
            raise Refused("helped_already")
        helper: User = User.objects.known_as(address, name=name.strip(), language=by.language)
        if helper.pk == by.pk:
            raise Refused("own_helper", field="email")
        if helper.is_staff or not is_mailbox(address):
            raise Refused("of_somebody_here", field="email")
        case.assisted_by, case.assisted_way = helper, Way.HELPER
        case.assistants = [*(key for key in case.assistants if key != helper.pk), helper.pk]
        help_with = _note_down(case, helper, Way.HELPER, language=language_read(), name=name.strip())
        facts = {"name": name.strip(), "person": by.name or case.applicant.greeting, "link": _link_to_help(case)}
        occasion = f"assistance:{help_with.pk}"
        post("helper_invited", to=helper, facts=facts, occasion=occasion, case_reference=case.reference)
    return case


def _link_to_help(case: Application) -> str:
    return str(settings.SITE_URL + reverse("helping", args=[case.reference]))


def help_of(case: Application) -> Assistance | None:
    """The help that goes on now."""
    return next((each for each in case.assistances.all() if each.ended_id is None), None)

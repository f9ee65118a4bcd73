"""Applying: from the filled form to the sent one, and taking it back."""

from datetime import date, timedelta

from django.utils.translation import get_language

from accounts.actors import CLOCK
from accounts.models import User
from applicants.models import TargetDefinition
from applicants.target_group import Education, Situation, WorkStatus, target_group
from config import clock
from letters.post import post
from loans.eligibility import misfits
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.step import Tally, step, steps
from loans.lifecycle.tell import link_to, tell_borrower
from loans.models import Application, Baseline, Consent, Event, Party, Submission
from loans.models.form import Form, Gap
from loans.sections import CONSENTS

DRAFT_DAYS = 180  # a draft nobody touched for so long is closed


class Incomplete(Exception):
    """The form cannot be sent yet; `gaps` names every place."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(f"{len(gaps)} gaps")
        self.gaps = gaps


def case_of(event: Event) -> Application:
    """The case an event tells of, as it is now."""
    case: Application = Application.objects.get(pk=event.case_id)
    return case


@once_only(case_of)
def submit(application: Application, *, by: User, once: Once | None = None) -> Application:
    """Send the form: a copy is frozen, the person and the baseline are remembered, a receipt is mailed.

    Raises Incomplete with every gap.
    """
    case: Application
    with step(application.submit, by=by, once=once) as case:
        form = _complete(case)
        case.submitted_at = clock.now()
        freeze(case, form)
        _remember_person(case, form)
        _take_baseline(case, form)
        _take_consents(case, form, by)
        invite_co_signers(case, form)
        tell_borrower(case, "received", occasion=f"submission:{case.pk}")
    return case


@once_only(case_of)
def withdraw(application: Application, *, by: User, note: str = "", once: Once | None = None) -> Application:
    """The applicant takes the request back; from a draft too, and then nobody is written to."""
    case: Application
    with step(application.withdraw, by=by, note=note, once=once) as case:
        case.answer_by = None
        if case.submitted_at:
            tell_borrower(case, "withdrawn", occasion=f"withdrawal:{case.pk}")
    return case


def expire_drafts(day: date) -> Tally:
    """The clock closes drafts whose last keystroke lies DRAFT_DAYS back."""
    oldest = day - timedelta(days=DRAFT_DAYS)
    touched = Application.objects.filter(answers__saved_at__date__gt=oldest)
    drafts = Application.objects.filter(state=Application.State.DRAFT, started_at__date__lte=oldest)
    return steps(drafts.exclude(pk__in=touched), "expire", by=CLOCK)


def _complete(case: Application) -> Form:
    form = Form(case)
    if gaps := form.all_gaps():
        raise Incomplete(gaps)
    return form


def freeze(case: Application, form: Form) -> Submission:
    """Keep a copy of the form as it is sent now."""
    said = form.as_said()
    submission: Submission = Submission.objects.create(
        application=case,
        number=case.submissions.count() + 1,
        sent_at=clock.now(),
        answers=said,
        misfits=misfits(case.product.eligibility.all(), said, clock.today()),
        requested_cents=form.value("amount", "requested"),
        repayment_months=form.value("amount", "repayment_months"),
        study_starts_on=form.value("study-plan", "starts_on"),
        study_ends_on=form.value("study-plan", "ends_on"),
        costs_cents=form.costs_cents(),
        monthly_surplus_cents=form.surplus_cents(),
    )
    return submission


def _remember_person(case: Application, form: Form) -> None:
    person, said = case.applicant, form.values("about-me")
    for name in ("full_name", "called", "born_on", "phone", "address", "postal_code"):
        setattr(person, name, said.get(name) or "")
    person.save()
    case.parties.filter(kind=Party.Kind.BORROWER).update(name=person.full_name)
    if person.user.name != person.full_name:
        person.user.name = person.full_name
        person.user.save(update_fields=["name"])


def _take_baseline(case: Application, form: Form) -> None:
    said = form.values("work")
    teer = said.get("teer")
    situation = Situation(
        work_status=WorkStatus(said["work_status"]),
        education=Education(said["education"]),
        hours_per_week=said.get("hours_per_week"),
        wants_more_hours=said.get("wants_more_hours"),
        teer=None if teer is None else int(teer),
        in_trained_field=said.get("in_trained_field"),
    )
    Baseline.objects.create(
        application=case,
        taken_at=clock.now(),
        work_status=situation.work_status,
        hours_per_week=situation.hours_per_week,
        wants_more_hours=situation.wants_more_hours,
        annual_income_cents=said["annual_income"],
        occupation=said.get("occupation") or "",
        teer=situation.teer,
        trained_occupation=said.get("trained_occupation") or "",
        education=situation.education,
        in_trained_field=situation.in_trained_field,
        confidence=int(said["confidence"]),
        target_group=target_group(situation, TargetDefinition.in_force()),
    )


def _take_consents(case: Application, form: Form, by: User) -> None:
    for purpose, version in CONSENTS.items():
        if form.value("consents", purpose):
            Consent.objects.get_or_create(
                application=case,
                user=by,
                purpose=purpose,
                withdrawn_at=None,
                defaults={
                    "text_version": version,
                    "language": get_language() or by.language,
                    "given_at": clock.now(),
                },
            )


def invite_co_signers(case: Application, form: Form) -> None:
    """Make parties of everybody who is to sign too, and write to those who are new.

    That is whoever is named on the page of signers, and each co-owner of a business.
    """
    for line in form.lines("owners"):
        _invite(case, form.value("owners", "owner_name", line), form.value("owners", "owner_email", line))
    if form.value("signers", "has_co_signer"):
        kind = Party.Kind(form.value("signers", "co_signer_kind") or Party.Kind.CO_BORROWER)
        _invite(case, form.value("signers", "co_signer_name"), form.value("signers", "co_signer_email"), kind)


def _invite(case: Application, name: str, email: str, kind: Party.Kind = Party.Kind.CO_BORROWER) -> None:
    user = User.objects.known_as(email, name=name, language=case.applicant.user.language)
    if case.parties.filter(user=user).exists():
        return
    case.parties.add(Party(user=user, kind=kind, name=name), bulk=False)
    post(
        "co_signer_invited",
        to=user,
        facts={
            "name": name,
            "borrower": case.applicant.full_name,
            "as_guarantor": kind == Party.Kind.GUARANTOR,
            "reference": case.reference,
            "link": link_to(case),
        },
        occasion=f"invitation:{case.pk}",
        case_reference=case.reference,
    )

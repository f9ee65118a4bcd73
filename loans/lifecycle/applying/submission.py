"""Applying: from the filled form to the sent one, and taking it back."""

from datetime import date, timedelta
from typing import Any

from accounts.actors import CLOCK
from accounts.models import User
from applicants.areas import PostalArea
from applicants.models import TargetDefinition
from applicants.occupations import Occupation
from applicants.search_words import remember_words
from applicants.social_insurance import has_an_end, is_masked, masked
from applicants.target_group import Education, Situation, WorkStatus, target_group
from config import clock
from letters.post import post
from loans.eligibility import misfits
from loans.lifecycle import promise
from loans.lifecycle.applying import consents
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.reviewing import checklist
from loans.lifecycle.step import Tally, step, steps
from loans.lifecycle.tell import link_to, tell_borrower
from loans.models import Application, Baseline, Event, Party, Submission
from loans.models.form import Form, Gap

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
def submit(
    application: Application, *, by: User, detail: dict[str, Any] | None = None, once: Once | None = None
) -> Application:
    """Send the form: a copy is frozen, the person and the baseline are remembered, a receipt is mailed.

    `detail`: how a person confirmed for whom somebody typed (lifecycle.confirmation).

    Raises Incomplete with every gap.
    """
    case: Application
    with step(application.submit, by=by, detail=detail, once=once) as case:
        form = _complete(case)
        case.submitted_at = clock.now()
        case.checklist = checklist.fixed_for(case)
        promise.begin(case)
        freeze(case, form)
        _remember_person(case, form)
        _take_baseline(case, form)
        consents.take_from(case, form, by=by)
        invite_co_signers(case, form)
        tell_borrower(case, "received", occasion=f"submission:{case.pk}")
    return case


@once_only(case_of)
def withdraw(application: Application, *, by: User, note: str = "", once: Once | None = None) -> Application:
    """The applicant takes the request back; from a draft too, and then nobody is written to."""
    case: Application
    with step(application.withdraw, by=by, note=note, once=once) as case:
        case.answer_by = None
        promise.end(case)
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
    """Keep a copy of the form as it is sent now. What it may not hold is put away first. Does not save the case."""
    put_away_sin(case, form)
    said = form.as_said()
    submission: Submission = Submission.objects.create(
        application=case,
        number=case.submissions.count() + 1,
        sent_at=clock.now(),
        answers=said,
        line_numbers={slug: form.lines(slug) for slug in said if form.purpose.section(slug).repeated},
        misfits=misfits(case.product.eligibility.all(), said, clock.today()),
        requested_cents=form.value("amount", "requested"),
        repayment_months=form.value("amount", "repayment_months"),
        study_starts_on=form.value("study-plan", "starts_on"),
        study_ends_on=form.value("study-plan", "ends_on"),
        costs_cents=form.costs_cents(),
        monthly_surplus_cents=form.surplus_cents(),
    )
    case.asked_cents = submission.requested_cents
    return submission


def put_away_sin(case: Application, form: Form) -> None:
    """A social insurance number goes to the person's own sealed column; the form keeps its last digits only."""
    person, number = case.applicant, form.value("about-me", "sin") or ""
    ends = form.value("about-me", "sin_expires_on") if has_an_end(number) else None
    if is_masked(number):
        person.sin_expires_on = date.fromisoformat(ends) if ends and person.sin else None
    else:
        person.remember_sin(number, date.fromisoformat(ends) if ends else None)
    person.save(update_fields=["sin", "sin_hash", "sin_expires_on"])
    if number and not is_masked(number):
        form.answer("about-me", "sin").mask(masked(number))


def _remember_person(case: Application, form: Form) -> None:
    person, said = case.applicant, form.values("about-me")
    for name in ("full_name", "called", "born_on", "phone", "address", "postal_code"):
        setattr(person, name, said.get(name) or "")
    person.save()
    remember_words(person)
    case.parties.filter(kind=Party.Kind.BORROWER).update(name=person.full_name)
    if person.user.name != person.full_name:
        person.user.name = person.full_name
        person.user.save(update_fields=["name"])


def _take_baseline(case: Application, form: Form) -> None:
    said, way = form.values("work"), form.values("in-my-way")
    area = PostalArea.of(case.applicant.postal_code)
    situation = Situation(
        work_status=WorkStatus(said["work_status"]),
        education=Education(said["education"]),
        hours_per_week=said.get("hours_per_week"),
        wants_more_hours=said.get("wants_more_hours"),
        teer=_teer(said),
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
        noc=said.get("noc") or "",
        teer=situation.teer,
        trained_occupation=said.get("trained_occupation") or "",
        education=situation.education,
        in_trained_field=situation.in_trained_field,
        confidence=int(said["confidence"]),
        barriers=way["barriers"],
        sent_by=form.value("sent-by", "partner"),
        target_group=target_group(situation, TargetDefinition.in_force()),
        neighbourhood=area.neighbourhood,
        ward=area.ward,
        city=area.city,
        area_source=area.source,
    )


def _teer(work: dict[str, Any]) -> int | None:
    """The level of the present work: of its code when one was chosen, else as the person said."""
    if code := work.get("noc"):
        known = Occupation.objects.filter(pk=code).first()
        return known.teer if known else int(code[1])
    return None if work.get("teer") is None else int(work["teer"])


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

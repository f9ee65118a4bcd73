"""The form of a case as it was sent: the frozen copy, and where the person stood."""

from applicants.target_group import Education, Situation, WorkStatus, target_group
from loans.demonstration.forms import answers_of
from loans.eligibility import misfits
from loans.fields import understand
from loans.models import Baseline, Submission
from loans.purposes import PURPOSES
from loans.sections import COSTS, INCOME

IN_FIELD = 0.12  # of those who work: in the field they were trained for already


def form_of(someone, wish, *, chance, co_signer):
    """{page: [{field: {"raw", "value"}}, … one a line]} of what `someone` typed today."""
    typed = answers_of(
        someone, wish.product.purpose, chance=chance, cents=wish.cents, months=wish.months, co_signer=co_signer
    )
    (work,) = typed["work"]
    if "in_trained_field" in work and chance.random() < IN_FIELD:
        work["in_trained_field"] = "yes"
    return {
        section.slug: [_understood(section, line) for line in typed[section.slug]]
        for section in PURPOSES[wish.product.purpose].sections
        if typed.get(section.slug)
    }


def _understood(section, line):
    return {
        field.name: {"raw": line[field.name], "value": understand(field, line[field.name])[0]}
        for field in section.fields
        if line.get(field.name)
    }


def value(said, page, field):
    """What a field of a plain page was understood as, or None."""
    lines = said.get(page) or [{}]
    return lines[0].get(field, {}).get("value")


def submission_of(product, said, at, day):
    """The frozen copy of the form, not saved, of no case yet."""
    income = sum(value(said, "budget", name) or 0 for name in INCOME)
    return Submission(
        number=1,
        sent_at=at,
        answers=said,
        misfits=misfits(product.eligibility.all(), said, day),
        requested_cents=value(said, "amount", "requested"),
        repayment_months=value(said, "amount", "repayment_months"),
        study_starts_on=value(said, "study-plan", "starts_on"),
        study_ends_on=value(said, "study-plan", "ends_on"),
        costs_cents=sum(line["cost"]["value"] for line in said["costs"]),
        monthly_surplus_cents=income - sum(value(said, "budget", name) or 0 for name in COSTS),
    )


def baseline_of(case, said, at, definition):
    """Where the person stood, not saved; the target group is worked out as for every case."""
    (work,) = said["work"]
    told = {name: answer["value"] for name, answer in work.items()}
    teer = told.get("teer")
    situation = Situation(
        WorkStatus(told["work_status"]),
        Education(told["education"]),
        told.get("hours_per_week"),
        told.get("wants_more_hours"),
        None if teer is None else int(teer),
        told.get("in_trained_field"),
    )
    return Baseline(
        application_id=case.pk,
        taken_at=at,
        work_status=situation.work_status.value,
        hours_per_week=situation.hours_per_week,
        wants_more_hours=situation.wants_more_hours,
        annual_income_cents=told["annual_income"],
        occupation=told.get("occupation", ""),
        teer=situation.teer,
        trained_occupation=told.get("trained_occupation", ""),
        education=situation.education.value,
        in_trained_field=situation.in_trained_field,
        confidence=int(told["confidence"]),
        barriers=value(said, "in-my-way", "barriers"),
        sent_by=value(said, "sent-by", "partner"),
        target_group=target_group(situation, definition).value,
    )

"""The file of a case as staff read it: what was sent, what changed, the papers, the story."""

from dataclasses import replace

from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from applicants.target_group import TargetGroup
from loans.models import Answer, Document
from loans.models.question import kind_asked, paper_topic, topics_of
from loans.purposes import PURPOSES
from loans.reasons import words_of
from loans.views.summary import with_sign

TARGET_GROUPS = {
    TargetGroup.UNEMPLOYED: gettext_lazy("Unemployed"),
    TargetGroup.INVOLUNTARY_PART_TIME: gettext_lazy("Part-time, wants more hours"),
    TargetGroup.OVER_QUALIFIED: gettext_lazy("Over-qualified for the present work"),
    TargetGroup.OUTSIDE_FIELD: gettext_lazy("Works outside the trained field"),
    TargetGroup.NONE: gettext_lazy("Outside the target group"),
}
MASKED = {
    ("about-me", "born_on"),
    ("about-me", "phone"),
    ("about-me", "address"),
    ("about-me", "postal_code"),
    ("about-me", "sin"),
    ("about-me", "sin_expires_on"),
    ("signers", "co_signer_email"),
    ("owners", "owner_email"),
}


def sees_everything(user):
    """Whether nothing is masked: an auditor reads every case, but no birth date, address, phone or paper."""
    return bool(user.roles & {Role.OFFICER, Role.MANAGER, Role.COMMITTEE})


def pages_of(case, reader, only=None):
    """The newest form as sent, page by page; an answer that was changed carries what it was before as `before`.

    `only` is {page: its questions, or () for all}, where not the whole form is wanted.
    """
    submissions = list(case.submissions.all())
    now = submissions[-1].answers
    before = submissions[-2].answers if len(submissions) > 1 else now
    masked = frozenset() if sees_everything(reader) else MASKED
    return [
        {"slug": section.slug, "title": section.title, "lines": _lines(section, now, before, masked)}
        for section in _sections(case, only)
        if section.fields
    ]


def _sections(case, only):
    sections = PURPOSES[case.product.purpose].sections
    if only is None:
        return sections
    return [_narrowed(section, only[section.slug]) for section in sections if section.slug in only]


def _narrowed(section, names):
    fields = tuple(field for field in section.fields if field.name in names)
    return replace(section, fields=fields) if names else section


def _lines(section, now, before, masked):
    said, earlier = now.get(section.slug, []), before.get(section.slug, [])
    count = max(len(said), len(earlier)) if section.repeated else 1
    return [
        {
            "rows": _rows(section, _at(said, number), _at(earlier, number), masked),
            "is_gone": section.repeated and number >= len(said),
        }
        for number in range(count)
    ]


def _at(lines, number):
    return lines[number] if number < len(lines) else {}


def _rows(section, said, earlier, masked):
    values = {name: answer["value"] for name, answer in said.items()}
    rows = []
    for field in section.fields:
        if not field.applies(values):
            continue
        row = {"name": field.name, "label": field.label, "value": _words(field, said), "before": "", "is_new": False}
        if (section.slug, field.name) in masked:
            row["value"] = _("Hidden") if row["value"] else ""
        elif said.get(field.name, {}).get("value") != earlier.get(field.name, {}).get("value"):
            row |= {"before": _words(field, earlier), "is_new": True}
        rows.append(row)
    return rows


def _words(field, line):
    answer = line.get(field.name)
    return (with_sign(field, answer["value"]) or answer["raw"]) if answer else ""


def questions_of(case):
    """What was asked of the applicant, newest first: the name of its page or paper, and whether it came since."""
    topics = topics_of(case)
    typed = Answer.objects.filter(application=case, section=OuterRef("topic"), saved_at__gte=OuterRef("event__at"))
    sent = Document.objects.filter(application=case, added_at__gte=OuterRef("event__at"))
    of_its_kind = sent.filter(kind=OuterRef("kind"))
    found = case.questions.annotate(
        kind=Substr("topic", len(paper_topic("")) + 1),
        is_typed=Exists(typed),
        has_papers=Exists(sent),
        has_its_paper=Exists(of_its_kind),
    )
    return [
        {"question": each, "title": topics.get(each.topic, each.topic), "has_come": _has_come(each)}
        for each in found.order_by("-pk")
    ]


def _has_come(question):
    if kind_asked(question.topic):
        return question.has_its_paper
    return question.has_papers if question.topic == "papers" else question.is_typed


def baseline_of(case):
    """Where the person stood when the form was sent first, and the target group that follows from it."""
    baseline = getattr(case, "baseline", None)
    return {"baseline": baseline, "group": TARGET_GROUPS[baseline.target_group]} if baseline else None


def reasons_of(event):
    """The sentences of the reasons an event names."""
    return [words.sentence for words in words_of(event.detail)]

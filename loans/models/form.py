"""The form as it stands: the current answers of one application, read once, against the pages of its purpose."""

from dataclasses import dataclass
from typing import Any

from loans.fields import Field, told
from loans.models.answer import Answer
from loans.models.document import Document
from loans.models.question import kind_asked, open_questions
from loans.paper_kinds import NEVER_ASKED, PAPER_KINDS
from loans.purposes import PURPOSES
from loans.sections import MOST_LINE_NUMBERS, Section, month_of
from money.affordability import surplus


@dataclass(frozen=True)
class Gap:
    """One thing that stands between the form and its sending: `code` is a key of loans.fields.ERRORS."""

    section: str
    field: str
    line: int
    code: str


class Form:
    """Answers of one application: `value("work", "education")`, `lines("costs")`, `gaps()`, `status(section)`.

    `is_answer`: the applicant may write on what the officer asked for, and on nothing else; told by the state of the
    case where it is not said.
    """

    def __init__(self, application: Any, *, is_answer: bool | None = None) -> None:
        self.application = application
        self.is_answer = application.state == application.State.WAITING if is_answer is None else is_answer
        self.purpose = PURPOSES[application.product.purpose]
        self._answers: dict[tuple[str, int], dict[str, Answer]] = {}
        self.newest = 0  # the key of the newest answer: what came later was typed elsewhere
        for answer in Answer.objects.filter(application=application, is_current=True):
            self._answers.setdefault((answer.section, answer.line), {})[answer.field] = answer
            self.newest = max(self.newest, answer.pk)
        held = Document.objects.filter(application=application, erased_on=None).exclude(
            state__in=[Document.State.REFUSED, Document.State.REPLACED]
        )
        self.outdated: list[str] = []  # fields of a page just saved that hold something newer (lifecycle.filling)
        self._newest_papers = dict(held.order_by("added_at").values_list("kind", "added_at"))
        self.papers_held = set(self._newest_papers)
        self.questions = open_questions(application) if self.is_answer else []

    def raw(self, section: str, field: str, line: int = 0) -> str:
        """What was typed, or an empty text."""
        answer = self._line(section, line).get(field)
        return answer.raw if answer else ""

    def value(self, section: str, field: str, line: int = 0) -> Any:
        """What it was understood as, or None."""
        answer = self._line(section, line).get(field)
        return answer.value if answer else None

    def answer(self, section: str, field: str, line: int = 0) -> Answer:
        """The row of an answer; raises KeyError when there is none."""
        return self._line(section, line)[field]

    def values(self, section: str, line: int = 0) -> dict[str, Any]:
        """All understood values of one line of a page."""
        return {name: answer.value for name, answer in self._line(section, line).items()}

    def _line(self, section: str, line: int) -> dict[str, Answer]:
        return self._answers.get((section, line), {})

    def lines(self, section: str) -> list[int]:
        """The numbers of the lines that hold anything. A line keeps its number when one before it goes."""
        return sorted(
            line
            for (slug, line), answers in self._answers.items()
            if slug == section and any(answer.raw.strip() for answer in answers.values())
        )

    def fresh_line(self, section: str) -> int:
        """The number of a line to begin: none that ever held anything, as long as there are such."""
        following = max((line for slug, line in self._answers if slug == section), default=-1) + 1
        if following < MOST_LINE_NUMBERS:
            return following
        return next(number for number in range(MOST_LINE_NUMBERS) if number not in self.lines(section))

    def is_carried(self, section: Section) -> bool:
        """Whether the page was filled in from an earlier application and not looked at since."""
        return any(
            answer.is_carried
            for (slug, _line), answers in self._answers.items()
            if slug == section.slug
            for answer in answers.values()
        )

    def asked(self, section: Section, line: int = 0) -> list[Field]:
        """The questions that apply, given the answers of the same line."""
        values = self.values(section.slug, line)
        return [field for field in section.fields if field.applies(values)]

    def error(self, section: str, field: Field, line: int = 0) -> str:
        """The code of what is wrong with an answer, a gap included; empty when it will do."""
        answer = self._line(section, line).get(field.name)
        if answer and answer.error:
            return answer.error
        if self.needs(section, field) and (answer is None or answer.value is None):
            return "must_agree" if field.kind == "checkbox" else "missing"
        return ""

    def needs(self, section: str, field: Field) -> bool:
        """Whether the form cannot be sent without this answer: of a credit check the product says so."""
        if (section, field.name) == ("consents", "credit_check"):
            return bool(self.application.product.needs_credit_check)
        return field.required

    def gaps(self, section: Section) -> list[Gap]:
        """Everything a page still lacks."""
        if section.slug == "papers":
            return [Gap("papers", kind, 0, "missing") for kind in self.papers_wanted() if self.lacks_paper(kind)]
        if section.may_be_empty and not self.lines(section.slug):
            return []
        lines = (self.lines(section.slug) or [self.fresh_line(section.slug)]) if section.repeated else [0]
        found = [
            Gap(section.slug, field.name, line, code)
            for line in lines
            for field in self.asked(section, line)
            if (code := self.error(section.slug, field, line))
        ]
        if self.is_carried(section):
            found.append(Gap(section.slug, self.asked(section)[0].name, 0, "look_again"))
        return found + self._contradictions(section)

    def all_gaps(self) -> list[Gap]:
        """Everything the form still lacks, in the order of its pages: of the pages the applicant may write on now."""
        return [gap for section in self.open_sections() for gap in self.gaps(section)]

    def open_sections(self) -> list[Section]:
        """All pages; while the applicant is waited for, those that the officer asked for."""
        if not self.is_answer:
            return list(self.purpose.sections)
        asked = {question.topic for question in self.questions} | ({"papers"} if self.papers_wanted() else set())
        return [section for section in self.purpose.sections if section.slug in asked]

    def _contradictions(self, section: Section) -> list[Gap]:
        """Answers that are each fine but not together."""
        slug = section.slug
        if slug == "study-plan":
            start, end = self.value(slug, "starts_on"), self.value(slug, "ends_on")
            return [Gap(slug, "ends_on", 0, "before_the_start")] if start and end and end < start else []
        if slug == "signers":
            same = self.value(slug, "co_signer_email") == self.application.applicant.user.email
            return [Gap(slug, "co_signer_email", 0, "own_email")] if same else []
        if slug == "owners":
            return self._owners_who_cannot_be()
        if slug == "amount":
            return self._amount_beyond_the_product()
        return []

    def _owners_who_cannot_be(self) -> list[Gap]:
        """Oneself among the others, the same person twice, and more than the whole business."""
        seen, total, found = {self.application.applicant.user.email}, self.value("business", "share") or 0, []
        for line in self.lines("owners"):
            email = self.value("owners", "owner_email", line)
            if email in seen:
                found.append(Gap("owners", "owner_email", line, "named_already"))
            seen |= {email} - {None}
            total += self.value("owners", "owner_share", line) or 0
        if total > 100:
            found.append(Gap("owners", "owner_share", self.lines("owners")[-1] if seen else 0, "more_than_all"))
        return found

    def _amount_beyond_the_product(self) -> list[Gap]:
        product, found = self.application.product, []
        cents, months = self.value("amount", "requested"), self.value("amount", "repayment_months")
        if cents is not None and not product.min_cents <= cents <= product.max_cents:
            found.append(Gap("amount", "requested", 0, "outside_the_product"))
        if months is not None and not product.min_repayment_months <= months <= product.max_repayment_months:
            found.append(Gap("amount", "repayment_months", 0, "outside_the_product"))
        return found

    def status(self, section: Section) -> str:
        """not_started | in_progress | attention | done."""
        touched = self.papers_held if section.slug == "papers" else self.lines(section.slug)
        gaps = self.gaps(section)
        if not gaps and (touched or not self._needs_anything(section)):
            return "done"
        if not touched:
            return "not_started"
        return "attention" if any(gap.code not in ("missing", "must_agree") for gap in gaps) else "in_progress"

    def _needs_anything(self, section: Section) -> bool:
        if section.slug == "papers":
            return bool(self.papers_wanted())
        if section.may_be_empty:
            return False
        return any(self.needs(section.slug, field) for field in section.fields)

    def paper_kinds(self) -> dict[str, Any]:
        """The papers this product asks for, given the answers, with their names."""
        return {kind: PAPER_KINDS[kind].name for kind in self.application.product.papers if self._asks_for(kind)}

    def papers_wanted(self) -> dict[str, Any]:
        """The papers that are to be sent now, with their names.

        All that the product asks for; while the applicant is waited for, and not the whole page of papers was asked
        for, those that the officer named, and those that the answers have come to need since.
        """
        if not self.is_answer or self._asks_for_all_papers():
            return self.paper_kinds()
        ever = set(Document.objects.filter(application=self.application).values_list("kind", flat=True))
        fresh = self._given_now()
        named = {kind_asked(question.topic) for question in self.questions}
        wanted = named | {kind for kind in self.paper_kinds() if kind not in ever or kind in fresh}
        return {kind: about.name for kind, about in PAPER_KINDS.items() if kind in wanted}

    def papers_open(self) -> dict[str, Any]:
        """The papers that may be sent now, with their names: besides those wanted any other, unless some were named."""
        if self.is_answer and not self._asks_for_all_papers():
            return self.papers_wanted()
        others = {kind: about.name for kind, about in PAPER_KINDS.items() if kind not in NEVER_ASKED}
        return {**self.paper_kinds(), **others}

    def lacks_paper(self, kind: str) -> bool:
        """Whether none of this kind is here, or none that came after the officer asked for it."""
        given = self._newest_papers.get(kind)
        asked = [question.event.at for question in self.questions if kind_asked(question.topic) == kind]
        return given is None or any(given < moment for moment in asked)

    def _asks_for_all_papers(self) -> bool:
        return any(question.topic == "papers" for question in self.questions)

    def _given_now(self) -> set[str]:
        """The kinds of which one came since the officer asked."""
        since = min((question.event.at for question in self.questions), default=None)
        return {kind for kind, at in self._newest_papers.items() if since and at >= since}

    def _asks_for(self, kind: str) -> bool:
        if kind not in self.purpose.papers_if:
            return True
        page, is_asked = self.purpose.papers_if[kind]
        return is_asked(self.values(page))

    def costs_cents(self) -> int:
        """What all lines of the plan cost together."""
        return sum(self.value("costs", "cost", line) or 0 for line in self.lines("costs"))

    def surplus_cents(self) -> int:
        """What a usual month leaves, by the household budget as stated; below zero when it leaves nothing."""
        return surplus(*month_of(self.values("budget")))

    def as_said(self) -> dict[str, list[dict[str, Any]]]:
        """Every current answer, raw and understood, as it is frozen at submission."""
        said: dict[str, list[dict[str, Any]]] = {}
        for section in self.purpose.sections:
            for line in self.lines(section.slug):
                answers = self._line(section.slug, line)
                known = {field.name: field for field in section.fields}
                said.setdefault(section.slug, []).append(
                    {
                        name: {"raw": answer.raw, "value": told(known.get(name), answer.value)}
                        for name, answer in answers.items()
                    }
                )
        return said

"""The form as it stands: the current answers of one application, read once, against the pages of its purpose."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from loans.fields import Field
from loans.models.answer import Answer
from loans.models.document import Document
from loans.purposes import PURPOSES
from loans.sections import PAPERS, Section, month_of
from money.affordability import surplus


@dataclass(frozen=True)
class Gap:
    """One thing that stands between the form and its sending: `code` is a key of loans.fields.ERRORS."""

    section: str
    field: str
    line: int
    code: str


class Form:
    """Answers of one application: `value("work", "education")`, `lines("costs")`, `gaps()`, `status(section)`."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.purpose = PURPOSES[application.product.purpose]
        self._answers: dict[tuple[str, int], dict[str, Answer]] = defaultdict(dict)
        for answer in Answer.objects.filter(application=application, is_current=True):
            self._answers[answer.section, answer.line][answer.field] = answer
        held = Document.objects.filter(application=application).exclude(
            state__in=[Document.State.REFUSED, Document.State.REPLACED]
        )
        self.outdated: list[str] = []  # fields of a page just saved that hold something newer (lifecycle.filling)
        self.papers_held = set(held.values_list("kind", flat=True))

    def raw(self, section: str, field: str, line: int = 0) -> str:
        """What was typed, or an empty text."""
        answer = self._answers[section, line].get(field)
        return answer.raw if answer else ""

    def value(self, section: str, field: str, line: int = 0) -> Any:
        """What it was understood as, or None."""
        answer = self._answers[section, line].get(field)
        return answer.value if answer else None

    def values(self, section: str, line: int = 0) -> dict[str, Any]:
        """All understood values of one line of a page."""
        return {name: answer.value for name, answer in self._answers[section, line].items()}

    def lines(self, section: str) -> list[int]:
        """The numbers of the lines that hold anything."""
        return sorted(line for (slug, line), answers in list(self._answers.items()) if slug == section and answers)

    def asked(self, section: Section, line: int = 0) -> list[Field]:
        """The questions that apply, given the answers of the same line."""
        values = self.values(section.slug, line)
        return [field for field in section.fields if field.applies(values)]

    def error(self, section: str, field: Field, line: int = 0) -> str:
        """The code of what is wrong with an answer, a gap included; empty when it will do."""
        answer = self._answers[section, line].get(field.name)
        if answer and answer.error:
            return answer.error
        if field.required and (answer is None or answer.value is None):
            return "must_agree" if field.kind == "checkbox" else "missing"
        return ""

    def gaps(self, section: Section) -> list[Gap]:
        """Everything a page still lacks."""
        if section.slug == "papers":
            return [Gap("papers", kind, 0, "missing") for kind in self.paper_kinds() if kind not in self.papers_held]
        if section.may_be_empty and not self.lines(section.slug):
            return []
        lines = self.lines(section.slug) or [0] if section.repeated else [0]
        found = [
            Gap(section.slug, field.name, line, code)
            for line in lines
            for field in self.asked(section, line)
            if (code := self.error(section.slug, field, line))
        ]
        return found + self._contradictions(section)

    def all_gaps(self) -> list[Gap]:
        """Everything the whole form still lacks, in the order of its pages."""
        return [gap for section in self.purpose.sections for gap in self.gaps(section)]

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
            return bool(self.paper_kinds())
        if section.may_be_empty:
            return False
        return any(field.required for field in section.fields)

    def paper_kinds(self) -> dict[str, Any]:
        """The papers this product asks for, given the answers, with their names."""
        return {kind: PAPERS[kind] for kind in self.application.product.papers if self._asks_for(kind)}

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
                answers = self._answers[section.slug, line]
                said.setdefault(section.slug, []).append(
                    {name: {"raw": answer.raw, "value": answer.value} for name, answer in answers.items()}
                )
        return said

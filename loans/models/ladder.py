"""The ladder of figures: beside what was said, what a paper shows and what was adjusted; the highest rung counts."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.wording import day
from loans.fields import Text
from loans.models.document import Document
from loans.models.finding import Finding, key_of
from loans.purposes import PURPOSES
from loans.sections import BUDGET, COSTS, INCOME

GROUPS: dict[str, Text] = {
    "income": gettext_lazy("Income of the household in a month"),
    "household": gettext_lazy("Costs of the household in a month"),
    "debts": gettext_lazy("Payments on debts in a month"),
    "plan": gettext_lazy("What the plan costs"),
}
DEBTS = ("debts",)  # of loans.sections.COSTS
VERDICT = key_of("work", "target_group", 0)
LOOKED_AT = (Document.State.RECEIVED, Document.State.ACCEPTED)


@dataclass
class Line:
    """One figure: what was said, and what was found about it, oldest first. Sums in cents."""

    section: str
    field: str
    number: int
    label: Text
    said_cents: int | None = None
    said_as: str = ""  # the kind of cost, or the target group worked out
    detail: str = ""  # in the applicant's words
    is_gone: bool = False  # the newest form has no such line any more
    history: list[Finding] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name of the line: "budget.pay.0"."""
        return key_of(self.section, self.field, self.number)

    @property
    def is_verdict(self) -> bool:
        """Whether this is the target group, not a sum."""
        return self.key == VERDICT

    def newest(self, rung: str) -> Finding | None:
        """What was found last on a rung, whether it counts or not; None when nothing was, or it was taken back."""
        found = next((each for each in reversed(self.history) if each.rung == rung), None)
        return None if found is None or found.is_taken_back else found

    def is_earlier(self, found: Finding) -> bool:
        """Whether it was found about an earlier answer: the line is gone, or says something else by now."""
        return self.is_gone or (found.said_cents, found.said_as) != (self.said_cents, self.said_as)

    def is_refused(self, found: Finding) -> bool:
        """Whether the paper it stands on was refused or replaced since."""
        return found.document is not None and found.document.state not in LOOKED_AT

    def standing(self, rung: str) -> Finding | None:
        """What counts on a rung."""
        found = self.newest(rung)
        return None if found is None or self.is_earlier(found) or self.is_refused(found) else found

    @property
    def paper(self) -> Finding | None:
        """What a paper shows, if it counts."""
        return self.standing(Finding.Rung.PAPER)

    @property
    def adjusted(self) -> Finding | None:
        """What the officer adjusted, if it counts."""
        return self.standing(Finding.Rung.ADJUSTED)

    @property
    def earlier(self) -> list[Finding]:
        """What was found about an earlier answer, or on a paper that was refused: it counts no more."""
        newest = [found for rung in Finding.Rung.values if (found := self.newest(rung))]
        return [found for found in newest if self.is_earlier(found) or self.is_refused(found)]

    @property
    def highest(self) -> Finding | None:
        """What counts instead of what was said; None when that counts itself."""
        return self.adjusted or self.paper

    @property
    def counting_cents(self) -> int:
        """The figure that counts: adjusted, else on paper, else as said; 0 where nothing was said."""
        found = self.highest
        return (found.cents if found else self.said_cents) or 0

    @property
    def counting_group(self) -> str:
        """Of the verdict: the target group that counts."""
        return self.highest.group if self.highest else self.said_as

    @property
    def source(self) -> str:
        """Where the figure that counts comes from, in the reader's language."""
        return source_of(self.highest) if self.highest else _("Said by the applicant")

    @property
    def token(self) -> str:
        """What a form has seen of this line: it changes with whatever is said or found."""
        return f"{self.said_cents}.{self.said_as}.{self.history[-1].pk if self.history else 0}"


def source_of(found: Finding) -> str:
    """Where a finding comes from, in the reader's language: the paper, or who adjusted it, and the day."""
    if found.rung == Finding.Rung.ADJUSTED:
        told = {"officer": found.event.by, "day": day(found.event.at)}
        return _("Adjusted by %(officer)s on %(day)s") % told
    told = {"paper": found.document.about.name, "day": day(found.document.added_at)}
    return _("%(paper)s, received on %(day)s") % told


@dataclass
class Group:
    """Lines that add up, and those of an earlier form that no longer count."""

    code: str
    lines: list[Line]

    @property
    def title(self) -> Text:
        """What the lines are."""
        return GROUPS[self.code]

    @property
    def said_cents(self) -> int:
        """What was said, together."""
        return sum(line.said_cents or 0 for line in self.lines)

    @property
    def paper_cents(self) -> int:
        """What papers show, of the lines for which there is one."""
        return sum(line.paper.cents or 0 for line in self.lines if line.paper)

    @property
    def adjusted_cents(self) -> int:
        """What officers adjusted, of the lines for which they did."""
        return sum(line.adjusted.cents or 0 for line in self.lines if line.adjusted)

    @property
    def counting_cents(self) -> int:
        """What counts, together."""
        return sum(line.counting_cents for line in self.lines if not line.is_gone)


@dataclass
class Ladder:
    """Every figure of a case, in groups, and the verdict on its target group (None where it was never worked out)."""

    groups: dict[str, Group]
    verdict: Line | None

    def lines(self) -> dict[str, Line]:
        """Every line by its name."""
        found = [line for group in self.groups.values() for line in group.lines]
        return {line.key: line for line in [*found, *([self.verdict] if self.verdict else [])]}


def ladder_of(case: Any) -> Ladder:
    """The ladder of a case that was sent: one query for its findings, one for its forms unless they are at hand."""
    submission = list(case.submissions.all())[-1]
    groups = {
        "income": _budget(submission, INCOME),
        "household": _budget(submission, [name for name in COSTS if name not in DEBTS]),
        "debts": _budget(submission, DEBTS),
        "plan": _plan(submission, PURPOSES[case.product.purpose].section("costs")),
    }
    baseline = getattr(case, "baseline", None)
    verdict = Line("work", "target_group", 0, _("Target group"), said_as=baseline.target_group) if baseline else None
    ladder = Ladder({code: Group(code, lines) for code, lines in groups.items()}, verdict)
    lines = ladder.lines()
    for found in case.findings.select_related("event__by", "event__note", "document").order_by("pk"):
        if found.key not in lines:
            lines[found.key] = _gone(found, PURPOSES[case.product.purpose].section("costs"))
            ladder.groups["plan"].lines.append(lines[found.key])
        lines[found.key].history.append(found)
    return ladder


def _budget(submission: Any, names: Any) -> list[Line]:
    said = dict(submission.lines("budget")).get(0, {})
    return [Line("budget", name, 0, _short(BUDGET.field(name)), said.get(name)) for name in names]


def _plan(submission: Any, section: Any) -> list[Line]:
    kinds = dict(section.field("what").choices)
    return [
        Line("costs", "cost", number, kinds.get(said["what"], ""), said["cost"], said["what"], said.get("detail") or "")
        for number, said in submission.lines("costs")
    ]


def _gone(found: Finding, section: Any) -> Line:
    """A line that only an earlier form had."""
    label = dict(section.field("what").choices).get(found.said_as, "")
    return Line(found.section, found.field, found.line, label, is_gone=True)


def _short(question: Any) -> Text:
    return question.short or question.label

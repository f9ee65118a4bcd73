"""Where the figures of a memo come from: a short mark beside each, and the legend of the marks."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from letters.wording import day
from loans.paper_kinds import KINDS


@dataclass(frozen=True)
class Figure:
    """Something a decider reads and may ask about: in words, with the mark of its source."""

    text: str
    source: str


class Sources:
    """The sources of one memo, in the order in which they are met, in the reader's language.

    A answers, P papers, O an officer's judgement, T terms of the product, C a credit report, R the recommendation,
    V votes, E the engine: the letters are the same in every language.
    """

    def __init__(self, asked):
        self._asked = asked
        self._marks = {}

    @property
    def legend(self):
        """[(mark, what it stands for)], by mark."""
        return sorted(self._marks.values(), key=lambda each: (each[0][0], int(each[0][1:])))

    def answers(self):
        """What the applicant said in the form that was sent last."""
        sent = self._asked["sent"]
        told = {"day": day(sent["on"]), "number": sent["number"]}
        return self._mark(
            "A", "sent", _("Said by the applicant: the form as sent on %(day)s, number %(number)s") % told
        )

    def product(self):
        """The row of the product."""
        product = self._asked["product"]
        name = product["name_fr"] if get_language() == "fr" else product["name_en"]
        told = {"name": name, "day": day(product["from"])}
        return self._mark("T", "product", _("Terms of the product %(name)s, in force from %(day)s") % told)

    def found(self, found):
        """A finding: on a paper, or an officer's own judgement; with what was noted beside it."""
        told = {"officer": found["by"], "day": day(found["on"]), "why": found["why"]}
        if "paper" not in found:
            return self._mark("O", found["key"], _("Adjusted by %(officer)s on %(day)s: %(why)s") % told)
        told |= {"paper": self.paper_name(found["paper_kind"]), "received": day(found["paper_on"])}
        words = _("%(paper)s, received on %(received)s, read by %(officer)s on %(day)s") % told
        return self._mark("P", found["key"], f"{words} · {found['why']}" if found["why"] else words)

    def bureau(self, report):
        """What a credit bureau said, as an officer entered it."""
        told = {"bureau": report["bureau"], "day": day(report["on"]), "officer": report["by"]}
        words = _("The credit report of %(bureau)s of %(day)s, entered by %(officer)s") % told
        return self._mark("C", report["key"], words)

    def recommended(self, terms):
        """The terms an officer stands for."""
        words = _("Recommended by %(officer)s on %(day)s") % {"officer": terms["by"], "day": day(terms["on"])}
        return self._mark("R", terms["key"], words)

    def engine(self):
        """What the engine makes of the terms recommended."""
        words = _("Worked out by the loan engine from the terms recommended and the terms of the product")
        return self._mark("E", "plan", words)

    def load(self, name):
        """The payment of the loan that was asked for, by the same engine."""
        if name == "recommended":
            return self.engine()
        words = _("Worked out by the loan engine from what was asked for and the terms of the product")
        return self._mark("E", "asked", words)

    def reckoned(self, of):
        """What follows from other figures of this memo: those `said`, or those that are `counting`."""
        words = {
            "said": _("Worked out from the figures of this memo as they were said"),
            "counting": _("Worked out from the figures of this memo that count"),
            "costs": _("The costs of the plan less the sum asked for"),
        }
        return self._mark("E", of, words[of])

    def count(self, votes):
        """The count of the votes."""
        return self._mark("V", "count", _("The count of the votes on %(day)s") % {"day": day(votes["counted"]["on"])})

    @staticmethod
    def paper_name(kind):
        """What a paper is called; one of a kind that is asked for no more goes by its code."""
        return KINDS[kind].name if kind in KINDS else kind

    def _mark(self, letter, key, words):
        known = self._marks.get((letter, key))
        if known is None:
            number = 1 + sum(letter == other for other, _key in self._marks)
            known = self._marks[letter, key] = (f"{letter}{number}", words)
        return known[0]

"""The decision memo: the parts of a file, live or frozen (lifecycle.deciding.record_parts), as a decider reads them."""

from decimal import Decimal

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from letters.wording import money, number, percent
from loans.eligibility import say
from loans.models import DecisionRecord, Document, ReferenceContact
from loans.models.ladder import GROUPS
from loans.purposes import PURPOSES
from loans.reasons import words_of
from loans.sections import BUDGET
from loans.views.cases.case_file import TARGET_GROUPS
from loans.views.cases.memo_checks import checklist_told, conditions_told, flags_told, reports_told
from loans.views.cases.memo_sources import Figure, Sources
from loans.views.cases.story import VERBS
from loans.views.summary import with_sign


def memo_of(parts):
    """All that a memo says, in the reader's language; what is counted or measured is a Figure with its source."""
    memo = _Memo(parts)
    return {
        "asked": memo.asked(),
        "verdict": memo.verdict(),
        "groups": memo.groups(),
        "month": memo.month(),
        "recommendation": memo.recommendation(),
        "reports": reports_told(parts, memo.sources),
        "checklist": checklist_told(parts),
        "flags": flags_told(parts),
        "conditions": conditions_told(parts),
        "votes": memo.votes(),
        "papers": memo.papers(),
        "references": memo.references(),
        "conflicts": parts["conflicts"],
        "tasks": parts["tasks"],
        "story": memo.story(),
        "decision": memo.decision(),
        "taken_on": parts["taken_on"],
        "policy": parts.get("policy"),
        "legend": memo.sources.legend,
    }


class _Memo:
    def __init__(self, parts):
        self.parts = parts
        self.sources = Sources(parts["asked"])
        self.purpose = PURPOSES.get(parts["asked"]["product"]["purpose"])

    def asked(self):
        """Who asks for what and why."""
        asked, said, terms = self.parts["asked"], self.sources.answers(), self.sources.product()
        product = asked["product"]
        beyond = asked["costs_cents"] - asked["requested_cents"]
        limits = {"least": money(product["min_cents"]), "most": money(product["max_cents"])}
        rows = [
            (_("Asks for"), Figure(money(asked["requested_cents"]), said)),
            (_("To pay back in"), Figure(_months(asked["repayment_months"]), said)),
            (_("The plan costs"), Figure(money(asked["costs_cents"]), said)),
        ]
        if beyond:
            label = _("Not covered by the loan") if beyond > 0 else _("More than the costs by")
            rows.append((label, Figure(money(abs(beyond)), self.sources.reckoned("costs"))))
        rows.append((_("The product lends"), Figure(_("%(least)s to %(most)s") % limits, terms)))
        return {
            "applicant": asked["applicant"],
            "reference": asked["reference"],
            "product": product["name_fr"] if get_language() == "fr" else product["name_en"],
            "rows": rows,
            "words": [row for row in map(self._quoted, self.parts["words"]) if row],
            "misfits": [Figure(sentence, terms) for sentence in say(asked["misfits"])],
        }

    def _quoted(self, answer):
        section, name, value = answer
        field = self._field(section, name)
        label, words = (field.short or field.label, with_sign(field, value)) if field else (name, str(value))
        return (label, Figure(words, self.sources.answers())) if words else None

    def _field(self, section, name):
        """The question of an answer; None when the form has it no more."""
        try:
            return (BUDGET if section == "budget" else self.purpose.section(section)).field(name)
        except (AttributeError, KeyError, StopIteration):
            return None

    def verdict(self):
        """The target group that counts, and where it comes from."""
        verdict = self.parts["verdict"]
        if verdict is None:
            return None
        adjusted = verdict["adjusted"]
        group, source = verdict["worked_out"], self.sources.answers()
        if adjusted:
            group, source = adjusted["group"], self.sources.found(adjusted)
        worked_out = TARGET_GROUPS.get(verdict["worked_out"], verdict["worked_out"])
        return {
            "counts": Figure(TARGET_GROUPS.get(group, group), source),
            "worked_out": Figure(worked_out, self.sources.answers()) if adjusted else None,
        }

    def groups(self):
        """Every group of figures with its lines that hold anything, and what it comes to."""
        return [
            {
                "title": GROUPS.get(group["code"], group["code"]),
                "code": group["code"],
                "lines": [self._line(line) for line in group["lines"] if _is_told(line)],
                "said": Figure(money(group["said_cents"]), self.sources.reckoned("said")),
                "counting": Figure(money(group["counting_cents"]), self.sources.reckoned("counting")),
            }
            for group in self.parts["figures"]
        ]

    def _line(self, line):
        said = Figure(money(line["said_cents"]), self.sources.answers()) if line["said_cents"] is not None else None
        paper, adjusted = self._found(line["paper"]), self._found(line["adjusted"])
        highest = adjusted or paper or said
        return {
            "label": self._label(line),
            "detail": line["detail"],
            "said": said,
            "paper": paper,
            "adjusted": adjusted,
            "counting": Figure(money(line["counting_cents"]), highest.source),
        }

    def _label(self, line):
        field = self._field(line["section"], "what" if line["section"] == "costs" else line["field"])
        if field is None:
            return line["kind"] or line["field"]
        return field.label_of(line["kind"]) if line["section"] == "costs" else field.short or field.label

    def _found(self, found):
        return found and Figure(money(found["cents"]), self.sources.found(found))

    def month(self):
        """A usual month as said and as it counts: (label, said, counting); and under each loan the same."""
        month = self.parts["month"]
        return {
            "rows": [
                self._beside(_("Income"), month, "income_cents"),
                self._beside(_("Costs and debts"), month, "costs_cents"),
                self._beside(_("Left in a usual month"), month, "left_cents"),
                self._beside(_("Payment that takes half of what is left"), month, "fits_cents"),
                self._beside(_("Part of the income that goes to debts"), month, "debt_share", _rate),
            ],
            "loads": [self._load(name, month[name]) for name in ("requested", "recommended") if month[name]],
        }

    def _beside(self, label, columns, name, written=money):
        said, counting = (
            None if columns[of][name] is None else Figure(written(columns[of][name]), self.sources.reckoned(of))
            for of in ("said", "counting")
        )
        return {"label": label, "said": said, "counting": counting}

    def _load(self, name, load):
        terms = self.parts["recommendation"]
        source = self.sources.recommended(terms) if name == "recommended" and terms else self.sources.answers()
        return {
            "name": name,
            "sum": Figure(money(load["principal_cents"]), source),
            "payment": Figure(money(load["payment_cents"]), self.sources.load(name)),
            "months": Figure(_months(load["repayment_months"]), source),
            "rows": [
                self._beside(_("Left after the payment"), load, "left_cents"),
                self._beside(_("Left after it when income falls by a tenth"), load, "stressed_cents"),
                self._beside(_("Part of the income that goes to debts, with this loan"), load, "debt_share", _rate),
            ],
        }

    def recommendation(self):
        """The terms, their plan in key figures, and why."""
        terms = self.parts["recommendation"]
        if terms is None:
            return None
        stood_for = self.sources.recommended(terms)
        options = [terms, *terms.get("further", [])]
        return {
            **terms,
            "options": [self._option(option, stood_for) for option in options],
            "has_plan": all(option["plan"] for option in options),
            "reasons": [words.sentence for words in words_of(terms["told"])],
        }

    def _option(self, terms, source):
        rows = [
            (_("Amount of the loan"), Figure(money(terms["principal_cents"]), source)),
            (_("Months of repayment"), Figure(number(terms["repayment_months"]), source)),
        ]
        if terms["study_months"]:
            rows.insert(1, (_("Months of study, interest only"), Figure(number(terms["study_months"]), source)))
        return rows + (self._plan(terms["plan"]) if terms["plan"] else [])

    def _plan(self, plan):
        engine, terms = self.sources.engine(), self.sources.product()
        return [
            (_("Interest rate a year"), Figure(_rate(plan["annual_rate"]), terms)),
            (_("Fee"), Figure(money(plan["fee_cents"]), terms)),
            (_("Payment a month"), Figure(money(plan["payment_cents"]), engine)),
            (_("Number of payments"), Figure(number(plan["payments"]), engine)),
            (_("All payments together"), Figure(money(plan["total_cents"]), engine)),
            (_("Cost of borrowing"), Figure(money(plan["cost_cents"]), engine)),
            (_("Yearly cost of borrowing (APR)"), Figure(_rate(plan["apr"]), engine)),
        ]

    def votes(self):
        """By which rule, who has voted, and how once they are counted; None where one person decides."""
        votes = self.parts["votes"]
        if votes is None:
            return None
        counted = votes["counted"]
        source = self.sources.count(votes) if counted else self.sources.product()
        rule = _("%(needed)s in favour, with at least %(quorum)s votes in") % votes
        result = counted and _("%(in_favour)s in favour, %(against)s against") % counted
        return {
            "rule": Figure(rule, source),
            "result": result and Figure(result, source),
            "is_carried": bool(counted and counted["is_carried"]),
            "rows": votes["rows"],
        }

    def papers(self):
        """Each paper: what it is, how it stands, the day it came."""
        states = dict(Document.State.choices)
        return [
            {**paper, "name": self.sources.paper_name(paper["kind"]), "state": states.get(paper["state"], "")}
            for paper in self.parts["papers"]
        ]

    def references(self):
        """What those said who know the person."""
        how, verdicts = dict(ReferenceContact.How.choices), dict(ReferenceContact.Verdict.choices)
        return [
            {**each, "how": how.get(each["how"], ""), "verdict": verdicts.get(each["verdict"], "")}
            for each in self.parts["references"]
        ]

    def story(self):
        """The moves of the case, oldest first, in words."""
        return [
            {
                **each,
                "what": VERBS.get(tuple(each["what"]), each["what"][1]),
                "who": each["who"] or _("By itself"),
                "reasons": [words.sentence for words in words_of(each["told"])],
            }
            for each in self.parts["story"]
        ]

    def decision(self):
        """What was decided, by whom and why; None while the file is live."""
        decided = self.parts.get("decision")
        if decided is None:
            return None
        by = decided["by"]
        return {
            **decided,
            "outcome": outcome_in_words(decided["outcome"]),
            "by": _("The committee, by its votes") if by == "ledger" else by,
            "reasons": [words.sentence for words in words_of(decided["told"])],
        }


def outcome_in_words(outcome):
    """What a record says was decided."""
    named = {
        DecisionRecord.Outcome.APPROVED: pgettext("decision", "Approved"),
        DecisionRecord.Outcome.DECLINED: pgettext("decision", "Declined"),
        DecisionRecord.Outcome.DECISION_STANDS: _("The decision stands after the appeal"),
        DecisionRecord.Outcome.APPEAL_GRANTED: _("The appeal was right: looked at again"),
    }
    return named.get(outcome, outcome)


def _is_told(line):
    return line["said_cents"] is not None or line["paper"] or line["adjusted"]


def _months(count):
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": number(count)}


def _rate(text):
    return percent(Decimal(text))

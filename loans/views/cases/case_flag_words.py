"""A flag in words: what it is, its facts with where each comes from, and what it leads to."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applicants.look_alikes import EMAIL, NAME, OTHER, PHONE, SAME, SIN, UNKNOWN
from letters.wording import day, money, percent
from loans.lifecycle.reviewing.flag_facts import (
    BANKRUPTCY,
    DEBT_SHARE,
    LIVING_SHARE,
    SAME_ACCOUNT,
    SAME_PERSON,
    SANCTIONS,
    STAFF_TIE,
)
from loans.models import Party

TITLES = {
    SANCTIONS: gettext_lazy("A name like this is on a list of sanctions"),
    SAME_PERSON: gettext_lazy("Somebody else who asked may be the same person"),
    SAME_ACCOUNT: gettext_lazy("Somebody else gave the same bank account"),
    STAFF_TIE: gettext_lazy("Somebody who works here may have a tie to the case"),
    BANKRUPTCY: gettext_lazy("Bankruptcy or consumer proposal"),
    DEBT_SHARE: gettext_lazy("Debts take more of the income than this product allows"),
    LIVING_SHARE: gettext_lazy("More is for costs of living than this product allows"),
}
ALIKE = {
    NAME: gettext_lazy("the name"),
    PHONE: gettext_lazy("the telephone number"),
    EMAIL: gettext_lazy("the e-mail address"),
    SIN: gettext_lazy("the social insurance number"),
}
SHARED = {
    "account": gettext_lazy("is this person"),
    "name": gettext_lazy("has the same name"),
    "email": gettext_lazy("has the same e-mail address"),
    "domain": gettext_lazy("has an e-mail address of the same organization"),
    "phone": gettext_lazy("has the same telephone number"),
}
ROLES = {
    "applicant": gettext_lazy("the applicant"),
    "reference": gettext_lazy("a reference"),
    "business": gettext_lazy("the business"),
    **{kind.value: kind.label for kind in Party.Kind},
}
BORN = {
    SAME: gettext_lazy("The same"),
    OTHER: gettext_lazy("Another one"),
    UNKNOWN: gettext_lazy("Not known of both"),
}


def title_of(flag):
    """What a flag is called."""
    return TITLES[flag.kind]


def facts_of(case, flag):
    """[(what, how it is, address or "")] of a flag, in the reader's language; the source is the last of them."""
    return _FACTS[flag.kind](case, flag.found)


def _same_person(case, found):
    facts = [
        (_("Alike by"), ", ".join(str(ALIKE[what]) for what in found.facts["by"]), ""),
        (_("Date of birth"), BORN[found.facts["born"]], ""),
    ]
    return [*facts, *_other_cases(found), (_("Source"), _("The newest forms of both, as they were sent"), "")]


def _same_account(case, found):
    return [*_other_cases(found), (_("Source"), _("The bank details of both, as they were entered"), "")]


def _other_cases(found):
    """The cases of the other person: those that the reader may open by name, the others by their number."""
    facts, hidden = [], 0
    for other in found.beside["cases"]:
        if other["may_open"]:
            address = reverse("case", args=[other["reference"]])
            facts.append((_("Case"), f"{other['reference']}, {found.beside['name']}", address))
        hidden += not other["may_open"]
    if hidden:
        words = ngettext("A case you may not open", "%(count)s cases you may not open", hidden) % {"count": hidden}
        facts.append((_("Case"), words, ""))
    return facts


def _staff_tie(case, found):
    ties = [f"{ROLES[role]} {SHARED[what]}" for role, what in found.facts["ties"]]
    return [
        (_("Works here"), found.beside["name"], ""),
        (_("In the case"), "; ".join(ties), ""),
        (_("If there is a tie"), _("It is declared as a conflict; the case is then hidden from this person"),
         reverse("case_conflicts", args=[case.reference])),
        (_("Source"), _("The form, the diary, and who works here today"), ""),
    ]  # fmt: skip


def _bankruptcy(case, found):
    over = found.facts["discharged_on"]
    if over is None:
        facts = [(_("As it stands"), _("Not discharged, or not all paid"), "")]
    else:
        months = found.facts["months"]
        wanted = ngettext("%(count)s month at least", "%(count)s months at least", months) % {"count": months}
        facts = [(_("Discharged, or all paid, since"), day(over), ""), (_("The product wants"), wanted, "")]
    return [*facts, (_("Source"), _("Said by the applicant in the form"), "")]


def _debt_share(case, found):
    facts, share = found.facts, found.beside["share"]
    terms = _("The terms that are recommended") if found.beside["is_recommended"] else _("The terms that are asked for")
    sums = {"debts": money(facts["debts_cents"]), "payment": money(found.beside["payment_cents"])}
    return [
        (_("Part of the income"), percent(share.quantize(Decimal("0.001"))) if share else _("There is no income"), ""),
        (_("The product allows"), percent(Decimal(facts["limit"])), ""),
        (_("Income of the household in a month"), money(facts["income_cents"]), ""),
        (_("Debts and this loan"), _("%(debts)s and %(payment)s in a month") % sums, ""),
        (_("Reckoned with"), terms, ""),
        (_("Source"), _("The figures as they count"), reverse("figures", args=[case.reference])),
    ]


def _living_share(case, found):
    facts = found.facts
    share = (Decimal(facts["living_cents"]) / facts["total_cents"]).quantize(Decimal("0.001"))
    sums = {"living": money(facts["living_cents"]), "total": money(facts["total_cents"])}
    return [
        (_("For costs of living"), _("%(living)s of %(total)s") % sums, ""),
        (_("Part of the plan"), percent(share), ""),
        (_("The product allows"), percent(Decimal(facts["limit_percent"]) / 100), ""),
        (_("Source"), _("The figures as they count"), reverse("figures", args=[case.reference])),
    ]


def _sanctions(case, found):
    facts, beside = found.facts, found.beside
    listed = [(_("On the list"), facts["name"], "")]
    if beside["aliases"]:
        listed.append((_("Also called"), "; ".join(beside["aliases"]), ""))
    where = ", ".join(filter(None, (facts["part"], _("item %(item)s") % facts if facts["item"] else "")))
    return [
        *listed,
        (_("Like the name of"), ", ".join(str(ROLES[role]) for role in facts["roles"]), ""),
        (_("Date of birth on the list"), facts["listed_born"] or _("None"), ""),
        (_("Date of birth"), BORN[facts["born"]], ""),
        *([(_("Where on the list"), where, "")] if where else []),
        (_("Source"), _("%(list)s, loaded on %(day)s") % {"list": beside["list"], "day": day(beside["loaded_at"])}, ""),
    ]


_FACTS = {
    SANCTIONS: _sanctions,
    SAME_PERSON: _same_person,
    SAME_ACCOUNT: _same_account,
    STAFF_TIE: _staff_tie,
    BANKRUPTCY: _bankruptcy,
    DEBT_SHARE: _debt_share,
    LIVING_SHARE: _living_share,
}

"""What is said about a decision, its terms and its appeal; part of loans.refusals."""

from django.utils.translation import gettext as _

from letters.wording import day, money
from loans.refusals.limits import criminal_rate

SENTENCES = {
    "stale_file": lambda f: _(
        "This file changed since you opened it. Please look at what is new, then press the button again."
    ),
    "unknown_reason": lambda f: _("Please choose a reason from the list."),
    "above_authority": lambda f: (
        _("One person may grant up to %(sum)s of this loan. Above that the committee decides, by its votes.")
        % {"sum": money(f["cents"])}
    ),
    "outside_product": lambda f: _outside_product(f),
    "impossible_terms": lambda f: _("No payment plan can be made from these terms."),
    "no_rate": lambda f: _("The rate of this loan is not known today. Please call us."),
    "criminal_rate": lambda f: criminal_rate(f),
    "approval_over": lambda f: (
        _("The approval stood until %(day)s. Please recommend anew: somebody decides again.") % {"day": day(f["day"])}
    ),
    "condition_taken_out": lambda f: _(
        "The approval stands on a condition that was taken out. Please recommend anew: somebody decides again."
    ),
    "changed_since": lambda f: _("The file changed since the approval. Please write why the offer still holds."),
    "too_many_options": lambda f: _("An offer has three options at most."),
    "same_terms": lambda f: _("Another option has these very terms."),
    "appeal_over": lambda f: (
        _("The time to appeal ended on %(day)s. You may begin a new application at any time.") % {"day": day(f["on"])}
    ),
    "appeal_of_ones_own": lambda f: _appeal_of_ones_own(f),
}
FIELDS = {
    "unknown_reason": "reasons",
    "changed_since": "note",
}


def _outside_product(facts):
    if facts["field"].startswith("principal_cents"):
        limits = {"least": money(facts["least"]), "most": money(facts["most"])}
        return _("This loan can be from %(least)s to %(most)s.") % limits
    return _("For this loan it can be from %(least)s to %(most)s months.") % facts


def _appeal_of_ones_own(facts):
    if not facts["names"]:
        return _(
            "You had a part in this decision, so somebody else must hear the appeal. Nobody who works here may: a "
            "manager or committee member who had no part is missing."
        )
    return _(
        "You had a part in this decision, so somebody else must hear the appeal. It may be heard by: %(names)s."
    ) % {"names": ", ".join(facts["names"])}

"""What is said about other terms for a running loan; part of loans.refusals."""

from django.utils.translation import gettext as _

from letters.wording import day, percent

SENTENCES = {
    "out_of_bounds": lambda f: _("It can be from %(least)s to %(most)s.") % f,
    "not_lower": lambda f: (
        _("The rate is %(rate)s a year now. Only a lower one can be given without the borrower’s signature.")
        % {"rate": percent(f["rate"])}
    ),
    "follows_index": lambda f: _("The rate of this loan follows an index, so it is not changed by hand."),
    "first_due_too_far": lambda f: (
        _("The first payment can be due from %(least)s to %(most)s.")
        % {"least": day(f["least"]), "most": day(f["most"])}
    ),
    "nothing_to_spread": lambda f: _("No principal is owed on this loan, so there is nothing to spread anew."),
    "no_plan_left": lambda f: _("No payment plan is left with this change. Please choose otherwise."),
}
FIELDS = {
    "not_lower": "annual_rate",
    "first_due_too_far": "first_due",
}

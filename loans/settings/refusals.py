"""What a refused change of a setting is told as: one whole sentence a code."""

from django.utils.translation import gettext as _

from letters.wording import day

SENTENCES = {
    "no_why": lambda f: _("Please write why. The second person and the history need it."),
    "nothing_changed": lambda f: _("Nothing is different from how it stands now."),
    "setting_moved_on": lambda f: _(
        "Somebody changed this meanwhile. Please look at how it stands now, and propose it anew."
    ),
    "code_taken": lambda f: _("This code is used already. Please choose another one."),
    "code_unfit": lambda f: _("A code has small letters, digits and hyphens only, such as “exam-loan”."),
    "begins_too_early": lambda f: (
        _("Another version begins on %(day)s. Please choose a later day.") % {"day": day(f["day"])}
    ),
    "begins_too_late": lambda f: _("This day is more than two years ahead."),
    "ended_already": lambda f: _("This has ended already."),
    "ends_before_it_begins": lambda f: _("It begins on %(day)s and cannot end before that.") % {"day": day(f["day"])},
    "less_than_least": lambda f: _("The most cannot be less than the least."),
    "committee_too_small": lambda f: _("So few members could never give the votes that are needed."),
    "follows_nothing": lambda f: _("Only a rate that is made of an index can follow it."),
    "no_share": lambda f: _("No part at all would flag everybody. Please write more than 0, or leave it empty."),
    "reminders_out_of_order": lambda f: _("The second reminder comes after the first: fewer days before the end."),
    "not_a_website": lambda f: _("Please write the whole address, such as https://example.org."),
    "unknown_placeholder": lambda f: (
        _("We do not know %(strays)s. What may stand in braces: %(known)s. No other braces, please.") % f
    ),
    "why_this_rule": lambda f: _("Please write why the lender may ask for this: the law and the programme need it."),
    "rule_not_whole": lambda f: _("A reason stands here without a rule. Please fill in the rule, or take it out."),
    "only_a_no": lambda f: _("Only a reason against a loan can rest on a credit report."),
    "postal_unfit": lambda f: _("Please write how the postal codes begin, such as K1, K2."),
}

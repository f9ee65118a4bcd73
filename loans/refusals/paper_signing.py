"""What the office is told when a signature on paper is not taken; part of loans.refusals."""

from django.utils.translation import gettext as _

from letters.wording import day

SENTENCES = {
    "not_ticked": lambda f: _("On the paper the box for the agreement must be ticked. Without it nobody has agreed."),
    "debit_not_ticked": lambda f: _(
        "On the paper the box for the debits must be ticked. Without it nobody has agreed."
    ),
    "no_interpreter": lambda f: _("Please write who interpreted."),
    "interpreter_unfinished": lambda f: _("An interpreter needs a language and their signed statement on the paper."),
    "party_signed": lambda f: _("This person has signed meanwhile. The paper is not needed: turn it down."),
    "paper_waits": lambda f: _("A paper of this person waits for a second look already."),
    "not_printed": lambda f: _("This agreement was never printed. Print it first, and let the person sign that one."),
    "before_agreement": lambda f: (
        _("The agreement was made on %(day)s. Nobody can have signed it before.") % {"day": day(f["day"])}
    ),
    "does_not_match_paper": lambda f: _("Only a paper that shows what was recorded counts."),
    "paper_answered": lambda f: _("Somebody looked at this paper already."),
    "same_person": lambda f: _("You recorded this paper. Somebody else must look at it."),
    "other_terms_on_paper": lambda f: _(
        "The papers were made anew since this was printed, with other terms or another account. "
        "It counts no more: turn it down."
    ),
}
FIELDS = {
    "not_ticked": "agreed",
    "debit_not_ticked": "debit_agreed",
    "no_interpreter": "interpreter",
    "before_agreement": "signed_on",
    "does_not_match_paper": "is_same",
}

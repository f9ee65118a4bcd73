"""What is said about the report of a credit bureau; part of loans.refusals."""

from django.utils.translation import gettext as _

from letters.wording import day

SENTENCES = {
    "no_credit_consent": lambda f: _(
        "The applicant has not agreed that we ask a credit bureau, or took that back. Ask them first: they agree on "
        "their own page."
    ),
    "report_before_consent": lambda f: (
        _("The applicant agreed on %(day)s, and this report is older. Please ask the bureau for a new one.")
        % {"day": day(f["day"])}
    ),
    "report_here_already": lambda f: _("A report of this bureau and day is here already."),
    "unknown_bureau": lambda f: _("Please choose one of the bureaus."),
    "no_report_file": lambda f: _("Please choose the file of the report."),
    "too_many_debts": lambda f: _("Please put debts of one kind together: a report may have up to twenty lines."),
    "report_gone": lambda f: _("This report was taken back or erased meanwhile."),
    "no_report_for_reason": lambda f: _(
        "One of these reasons comes from a credit report, and there is none in this file. Enter it first, or choose "
        "other reasons."
    ),
}
FIELDS = {
    "report_before_consent": "reported_on",
    "report_here_already": "reported_on",
    "unknown_bureau": "bureau",
    "no_report_file": "file",
    "no_report_for_reason": "reasons",
}

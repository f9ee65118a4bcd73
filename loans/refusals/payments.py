"""What is said about money that goes out or comes in, and about the books; part of loans.refusals."""

from django.utils.translation import gettext as _

from letters.wording import day, money

SENTENCES = {
    "before_signing": lambda f: _("This day is before the agreement was signed."),
    "still_cooling": lambda f: (
        _("The borrower may still change their mind. Money may leave from %(day)s.") % {"day": day(f["day"])}
    ),
    "before_advance": lambda f: _("This day is before the money was sent, on %(day)s.") % {"day": day(f["on"])},
    "moved_meanwhile": lambda f: _(
        "Payments, fees or waivers stand on this loan. They must be reversed before the money can be taken back."
    ),
    "no_amount": lambda f: _("The amount must be more than zero."),
    "too_large": lambda f: _("This amount is too large."),
    "unknown_method": lambda f: _("Please choose how the money came in."),
    "no_payer": lambda f: _("Please write who paid."),
    "more_than_owed": lambda f: (
        _("This is more than the %(sum)s that is owed. Tick the box if it is right.") % {"sum": money(f["owed_cents"])}
    ),
    "not_a_payment": lambda f: _("Only a payment can be reversed."),
    "reversed_already": lambda f: _("This payment was reversed already."),
    "not_a_return": lambda f: _("Please choose a payment that came back."),
    "charged_already": lambda f: _("The bank’s charge for this payment was asked of the borrower already."),
    "part_not_owed": lambda f: _("Of this part only %(sum)s is owed.") % {"sum": money(f["owed_cents"])},
    "owes_nothing": lambda f: _("Nothing is owed on this loan, so there is nothing to write off."),
    "recovered_meanwhile": lambda f: _(
        "Money came in after the write-off. Reverse it first, then record it as a payment."
    ),
    "before_write_off": lambda f: _("This day is before the loan was written off, on %(day)s.") % {"day": day(f["on"])},
    "not_a_month_end": lambda f: _("Books are closed by the month. Please choose the last day of one."),
    "month_not_over": lambda f: _("This month is not over yet. Its books can be closed once it is."),
    "closed_already": lambda f: _("The books are closed through %(day)s already.") % {"day": day(f["on"])},
}
FIELDS = {
    "before_signing": "on",
    "before_advance": "on",
    "no_amount": "cents",
    "too_large": "cents",
    "unknown_method": "method",
    "no_payer": "payer",
    "more_than_owed": "cents",
    "not_a_return": "reversal",
    "charged_already": "reversal",
    "part_not_owed": "cents",
    "before_write_off": "on",
    "not_a_month_end": "through",
    "month_not_over": "through",
    "closed_already": "through",
}

"""The bank of reasons: why the office said yes or no, and what would change a no. Codes are kept, sentences are not."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from loans.fields import Text


@dataclass(frozen=True)
class Reason:
    """A reason in plain words, and for a no what would change it."""

    code: str
    sentence: Text
    what_would_change_it: Text = ""
    purpose: str = ""  # only for loans of this purpose; empty: for all


SUPPORT = {
    reason.code: reason
    for reason in (
        Reason("affordable", _("The monthly payment fits the household budget.")),
        Reason("sound_plan", _("The training leads to the work the applicant was trained for."), purpose="training"),
        Reason("enrolled", _("The school has accepted the applicant."), purpose="training"),
        Reason("sound_business", _("The figures of the business carry the payment."), purpose="business"),
        Reason("experience", _("The applicant knows this trade."), purpose="business"),
        Reason("better_income", _("The new work should pay clearly better than the present one.")),
    )
}

DECLINE = {
    reason.code: reason
    for reason in (
        Reason(
            "not_affordable",
            _("The monthly payment would not fit your household budget."),
            _("A smaller loan, a longer time to repay, or a higher income would change this."),
        ),
        Reason(
            "debts_too_high",
            _("The payments on your other debts are already high for your income."),
            _("Paying down a debt, or a plan made with a credit counsellor, would change this."),
        ),
        Reason(
            "plan_unclear",
            _("We could not see how the training leads to the work you want."),
            _("A letter from the school or the licensing body that names the next step would change this."),
            purpose="training",
        ),
        Reason(
            "figures_unclear",
            _("We could not see how the business would earn enough to pay the loan back."),
            _("Figures of a first month, or orders from customers, would change this."),
            purpose="business",
        ),
        Reason(
            "not_enrolled",
            _("The school has not accepted you yet."),
            _("A letter of acceptance would change this."),
            purpose="training",
        ),
        Reason(
            "other_funding",
            _("Another programme can pay for this training without a loan."),
            _("If that programme says no, send us its letter and ask again."),
            purpose="training",
        ),
        Reason(
            "papers_missing",
            _("We could not check what you wrote, because papers were missing."),
            _("Sending the papers we asked for would change this."),
        ),
        Reason(
            "outside_mandate",
            _("Our rules do not allow us to lend for this purpose."),
            _("A request for a purpose that we may lend for would change this."),
        ),
    )
}


def reasons_for(purpose: str, bank: dict[str, Reason]) -> dict[str, Reason]:
    """Those of a bank that can be a reason for a loan of this purpose."""
    return {code: reason for code, reason in bank.items() if reason.purpose in ("", purpose)}

"""What is said where something would cost more a year than the law allows, and what would fit; of loans.refusals."""

from django.utils.translation import gettext as _

from letters.wording import money, percent


def criminal_rate(facts):
    """The refusal `criminal_rate` of loans.lifecycle.offering.limits, in whole sentences."""
    return " ".join([_what_is_wrong(facts), *(_what_fits(facts) or [_nothing_fits()])])


def _what_is_wrong(facts):
    rates = {"apr": percent(facts["apr"]), "most": percent(facts["most_apr"])}
    if "principal_cents" not in facts:
        return (
            _(
                "All fees counted, this loan would cost %(apr)s a year. "
                "The Criminal Code allows at most %(most)s a year."
            )
            % rates
        )
    worst = {"sum": money(facts["principal_cents"]), "months": facts["study_months"] + facts["repayment_months"]}
    return _(
        "The dearest loan of this product, %(sum)s over %(months)s months, would cost %(apr)s a year. "
        "The Criminal Code allows at most %(most)s a year."
    ) % {**rates, **worst}


def _what_fits(facts):
    fits = [_fee(facts[name]) for name in ("fee_cents", "cap_cents") if name in facts]
    if "charge_cents" in facts:
        fits.append(_("A charge of up to %(sum)s would fit.") % {"sum": money(facts["charge_cents"])})
    if "months" in facts:
        fits.append(_("It would fit with %(months)s months of repayment or more.") % {"months": facts["months"]})
    if "sum_cents" in facts:
        fits.append(_("It would fit from %(sum)s on.") % {"sum": money(facts["sum_cents"])})
    return fits


def _fee(cents):
    if not cents:
        return _("Without a fee it would fit.")
    return _("It would fit with a fee of %(sum)s at most.") % {"sum": money(cents)}


def _nothing_fits():
    return _("No other fee, time or amount that is possible here would make it fit.")

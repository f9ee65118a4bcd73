"""What a credit report tells, in words: for whoever decides, and for whom it is about."""

from loans.models import LenderKind, ScoreBand


def told_of(reports):
    """[{"report", "band" (a ScoreBand, or None for no score yet), "debts"}] of reports (CreditReport.for_a_page).

    One question to the database for all bands; of what was erased there is neither band nor debt.
    """
    bands = {band.code: band for band in ScoreBand.objects.all()} if any(each.told for each in reports) else {}
    return [
        {
            "report": each,
            "band": bands.get(each.told["band"]) if each.told else None,
            "debts": [{**debt, "to": LenderKind(debt["lender"]).label} for debt in each.debts],
        }
        for each in reports
    ]

"""Every report of the house, in the order of its menu."""

from reports.loan_list import LoanList
from reports.portfolio import Portfolio
from reports.trial_balance import TrialBalance

CATALOGUE = {report.slug: report for report in (Portfolio(), LoanList(), TrialBalance())}

"""Every report of the house, in the order of its menu."""

from reports.loan_list import LoanList
from reports.portfolio import Portfolio

CATALOGUE = {report.slug: report for report in (Portfolio(), LoanList())}

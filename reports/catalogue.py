"""Every report of the house, in the order of its menu."""

from reports.portfolio import Portfolio

CATALOGUE = {report.slug: report for report in (Portfolio(),)}

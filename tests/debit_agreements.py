"""The debit agreements of a loan whose borrower told another account."""

from loans.lifecycle.contracts.verifying import told_by_code


def accounts_of(loan):
    return list(loan.application.parties.get(kind="borrower").bank_accounts.order_by("pk"))


def paper_of(loan, account):
    return loan.papers.get(occasion=f"bank:{account.pk}")


def verdict(paper):
    return told_by_code(paper.code).verdict

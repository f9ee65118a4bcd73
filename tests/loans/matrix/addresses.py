"""Every address of the house, as `address.py` describes each; a new one stands beside those of its file of URLs."""

from tests.loans.matrix.address import ALL, REPORTS, Address
from tests.loans.matrix.addresses_of_accounts import OF_ACCOUNTS
from tests.loans.matrix.addresses_of_applicants import OF_APPLICANTS
from tests.loans.matrix.addresses_of_cases import OF_CASES
from tests.loans.matrix.addresses_of_loans import OF_LOANS
from tests.loans.matrix.addresses_of_the_office import OF_THE_OFFICE

ADDRESSES = (
    # Everybody
    Address("home", shown_to=ALL, is_public=True),
    Address("calculator", shown_to=ALL, is_public=True),
    Address("fit", shown_to=ALL, is_public=True),
    Address("needed", shown_to=ALL, is_public=True),
    Address("call_back", shown_to=ALL, acted_on_by=ALL, is_public=True),
    Address("call_back_asked", shown_to=ALL, is_public=True),
    Address("complaint", shown_to=ALL, acted_on_by=ALL, is_public=True),
    Address("complaint_sent", shown_to=ALL, is_public=True),
    Address("verify", shown_to=ALL, acted_on_by=ALL, is_public=True),
    Address("home_for_me"),
    Address("letters_told", exists_for="", is_public=True),  # there once a provider shares a secret with us
    *OF_APPLICANTS,
    *OF_THE_OFFICE,
    *OF_CASES,
    *OF_LOANS,
    # Reports
    Address("reports", exists_for=REPORTS, shown_to=REPORTS),
    Address("report", args=("portfolio",), exists_for=REPORTS, shown_to=REPORTS),
    Address("report_csv", args=("portfolio",), exists_for=REPORTS, shown_to=REPORTS),
    Address("report", args=("loans",), exists_for=REPORTS, shown_to=REPORTS),
    Address("report_csv", args=("loans",), exists_for=REPORTS, shown_to=REPORTS),
    Address("report", args=("trial-balance",), exists_for=REPORTS, shown_to=REPORTS),
    Address("report_csv", args=("trial-balance",), exists_for=REPORTS, shown_to=REPORTS),
    # The demo's mail room exists only in a demo
    Address("mail_room", exists_for="", is_public=True),
    Address("mail_room_letter", args=(1,), exists_for="", is_public=True),
    *OF_ACCOUNTS,
)

"""Every address of the house: in which world it is visited, and for whom it is there."""

from typing import NamedTuple

APPLICANTS = "bilal amina clara"
OFFICE = "omar olga mariam felix ada carl"
ALL = f"{APPLICANTS} {OFFICE}"
PARTIES = "amina clara"  # of the case: who asked, and who signs with her
CASE = "omar olga mariam ada"  # who reads cases
DECIDING = f"{CASE} carl"  # once it is recommended, the committee too
LOAN = "omar olga mariam felix ada"  # who works with the portfolio
REPORTS = "mariam felix ada"
PEOPLE = "mariam carl ada"  # who sees roles
SECOND = "mariam felix carl"  # who confirms a day of the calendar, or takes back what she entered


class Address(NamedTuple):
    """`world` is the fixture that makes the case or loan, `args` what stands in the address."""

    name: str
    world: str = ""
    args: tuple = ()
    exists_for: str = ALL  # others are told 403 or 404, also when they post
    shown_to: str = ""  # a GET is a page; for the rest of `exists_for` it leads elsewhere
    acted_on_by: str = ""  # an empty POST is taken, or told what is missing; for others it is refused
    is_public: bool = False  # there without signing in


def deed(name, world, acted_on_by, exists_for=CASE, args=("case",)):
    """A deed of the office: a GET leads to its case or loan."""
    return Address(name, world, args, exists_for, "", acted_on_by)


ADDRESSES = (
    Address("home", shown_to=ALL, is_public=True),
    Address("calculator", shown_to=ALL, is_public=True),
    Address("home_for_me"),
    # The applicant
    Address("my_cases", shown_to=ALL),
    Address("new_application", shown_to=ALL, acted_on_by=ALL),
    Address("my_case", "waiting", ("case",), PARTIES, PARTIES),
    Address("withdrawal", "waiting", ("case",), "amina", "amina", "amina"),
    Address("appeal", "declined", ("case",), "amina", "amina", "amina"),
    Address("task_list", "waiting", ("case",), "amina", "amina"),
    Address("check_answers", "waiting", ("case",), "amina", "amina", "amina"),
    Address("section", "waiting", ("case", "study-plan"), "amina", "amina", "amina"),
    Address("papers", "draft", ("case",), "amina", "amina", "amina"),
    Address("paper_removal", "draft", ("case", "paper"), "amina", "", "amina"),
    Address("my_paper", "draft", ("case", "paper"), "amina", "amina"),
    Address("offer", "loan", ("case",), PARTIES, PARTIES),
    Address("agreement", "loan", ("case",), PARTIES, PARTIES),
    Address("signing_code", "loan", ("case",), PARTIES, "", PARTIES),
    Address("signature", "loan", ("case",), PARTIES, "", PARTIES),
    Address("offer_refusal", "loan", ("case",), "amina", "amina", "amina"),
    Address("my_loan", "active", ("case",), PARTIES, PARTIES),
    # The loan office: cases
    Address("desk", exists_for=DECIDING, shown_to=DECIDING),
    Address("case", "in_review", ("case",), CASE, CASE),
    Address("case_paper", "in_review", ("case", "paper"), "omar olga mariam", "omar olga mariam"),
    deed("paper_acceptance", "in_review", "omar", "omar olga mariam", ("case", "paper")),
    deed("paper_refusal", "in_review", "omar", "omar olga mariam", ("case", "paper")),
    deed("review", "submitted", "omar olga"),
    deed("questions", "in_review", "omar"),
    deed("notes", "in_review", "omar olga"),
    deed("recommendation", "in_review", "omar"),
    deed("reopening", "closed", "omar olga mariam"),
    deed("sending_back", "recommended", "mariam", DECIDING),
    deed("approval", "recommended", "mariam", DECIDING),
    deed("refusal", "recommended", "mariam", DECIDING),
    deed("votes", "above_the_limit", "carl", DECIDING),
    deed("appeal_dismissal", "appealed", "carl", DECIDING),
    deed("appeal_success", "appealed", "carl", DECIDING),
    deed("identity_checks", "in_review", "omar olga"),
    # The loan office: people
    Address("people", exists_for=PEOPLE, shown_to=PEOPLE),
    Address("role_changes", args=("give",), exists_for="mariam", acted_on_by="mariam"),
    Address("role_decision", "proposed_role", ("change",), "mariam carl", "", "mariam carl"),
    # The loan office: its calendar
    Address("calendar", exists_for=OFFICE, shown_to=OFFICE),
    Address("calendar_days", exists_for="mariam", acted_on_by="mariam"),
    Address("calendar_decision", "proposed_day", ("day",), SECOND, "", SECOND),
    # The loan office: loans
    Address("money_desk", exists_for=REPORTS, shown_to=REPORTS),
    Address("closings", exists_for=REPORTS, shown_to=REPORTS, acted_on_by="mariam felix"),
    Address("loans", exists_for=LOAN, shown_to=LOAN),
    Address("loan", "active", ("loan",), LOAN, LOAN),
    Address("loan_agreement", "active", ("loan", "en"), "omar olga mariam felix", "omar olga mariam felix"),
    deed("cancellation", "signed", "mariam", LOAN, ("loan",)),
    deed("advance_release", "signed", "felix", LOAN, ("loan", 1)),
    deed("advance_sending", "released", "felix", LOAN, ("loan", 1)),
    deed("advance_return", "active", "felix", LOAN, ("loan", 1)),
    deed("pauses", "active", "mariam", LOAN, ("loan",)),
    deed("rate", "active", "mariam", LOAN, ("loan",)),
    deed("reschedules", "active", "mariam", LOAN, ("loan",)),
    deed("waivers", "active", "mariam", LOAN, ("loan",)),
    Address("charges", "charging", ("loan",), LOAN, LOAN, "felix"),
    deed("payments", "active", "felix", LOAN, ("loan",)),
    Address("payment_reversal", "paying", ("loan", 2), LOAN, LOAN, "felix"),
    Address("payment_receipt", "paying", ("loan", 2), LOAN, LOAN),
    deed("write_off_proposal", "active", "omar olga mariam", LOAN, ("loan",)),
    deed("write_off_proposal_end", "to_give_up", "omar mariam", LOAN, ("loan",)),
    deed("write_off", "to_give_up", "mariam", LOAN, ("loan",)),
    deed("write_off_reversal", "given_up", "", LOAN, ("loan",)),
    deed("recoveries", "given_up", "felix", LOAN, ("loan",)),
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
    # Signing in and out; whoever is signed in is led on
    Address("account_login", acted_on_by=ALL, is_public=True),
    Address("account_request_login_code", acted_on_by=ALL, is_public=True),
    Address("account_confirm_login_code", acted_on_by=ALL),
    Address("account_signup", acted_on_by=ALL, is_public=True),
    Address("account_email_verification_sent", acted_on_by=ALL),
    Address("account_email", acted_on_by=ALL),
    Address("account_inactive", shown_to=ALL, is_public=True),
    Address("account_logout", shown_to=ALL, acted_on_by=ALL, is_public=True),
    Address("account_reauthenticate", exists_for=OFFICE, acted_on_by=OFFICE),
    Address("set_language", acted_on_by=ALL, is_public=True),
    # The second factor
    Address("mfa_index", shown_to=ALL),
    Address("mfa_authenticate", acted_on_by=ALL),
    Address("mfa_reauthenticate", exists_for=OFFICE, shown_to=OFFICE, acted_on_by=OFFICE),
    Address("mfa_activate_totp", shown_to=APPLICANTS, acted_on_by=ALL),
    Address("mfa_deactivate_totp", exists_for=OFFICE, acted_on_by=OFFICE),
    Address("mfa_view_recovery_codes", exists_for=""),
    Address("mfa_generate_recovery_codes", shown_to=APPLICANTS, acted_on_by=ALL),
    Address("mfa_download_recovery_codes", exists_for=""),
)

"""One letter of every kind, with the facts its verb posts."""

LINK = "https://loans.example.org/cases/T-2027-0042/"

EXAMPLES = {
    "sign_in_code": {"code": "482913"},
    "sign_up_code": {"code": "482913"},
    "account_exists": {"url": "https://loans.example.org/sign-in/"},
    "no_account_here": {"url": "https://loans.example.org/sign-up/"},
    "signing_code": {"name": "Amina O'Neil", "code": "482913"},
    "second_factor_changed": {"name": "Omar"},
    "received": {"name": "Amina O'Neil", "link": LINK},
    "more_needed": {
        "name": "Amina O'Neil",
        "items": [
            {"section": "Household budget", "reason": "Your rent is missing."},
            {"section": "Papers", "reason": "We cannot read the letter of the school & its date."},
        ],
        "answer_by": "2027-03-01",
        "link": LINK,
    },
    "declined": {
        "name": "Amina O'Neil",
        "reasons": ["The course is not recognized in this province.", "Your budget shows no room for a payment."],
        "appeal_until": "2027-04-15",
        "link": LINK,
    },
    "appeal_received": {"name": "Amina O'Neil", "link": LINK},
    "decision_stands": {"name": "Amina O'Neil", "why": "The debts are still too high.", "link": LINK},
    "appeal_granted": {"name": "Amina O'Neil", "link": LINK},
    "payment_reversed": {"name": "Amina O'Neil", "cents": 30_877, "on": "2027-05-05", "link": LINK},
    "written_off": {"name": "Amina O'Neil", "cents": 412_050, "link": LINK},
    "recovery_received": {
        "name": "Amina O'Neil",
        "cents": 20_000,
        "on": "2028-05-05",
        "owed_cents": 392_050,
        "link": LINK,
    },
    "withdrawn": {"name": "Amina O'Neil"},
    "co_signer_invited": {"name": "Joseph", "borrower": "Amina O'Neil", "link": LINK},
    "offer": {
        "name": "Amina O'Neil",
        "cents": 1_000_000,
        "payment_cents": 30_877,
        "open_until": "2027-03-31",
        "link": LINK,
    },
    "offer_lapsed": {"name": "Amina O'Neil", "link": LINK},
    "signed": {"name": "Amina O'Neil", "link": LINK},
    "money_sent": {
        "name": "Amina O'Neil",
        "cents": 1_000_000,
        "on": "2027-04-05",
        "next_due_on": "2027-05-05",
        "next_due_cents": 30_877,
        "link": LINK,
    },
    "payment_received": {
        "name": "Amina O'Neil",
        "cents": 30_877,
        "on": "2027-05-05",
        "owed_cents": 974_706,
        "next_due_on": "2027-06-05",
        "next_due_cents": 30_877,
        "link": LINK,
    },
    "repaid": {"name": "Amina O'Neil", "link": LINK},
}

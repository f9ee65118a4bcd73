"""The addresses of the loan office that belong to no one case: those of `loans/urls/office.py`."""

from tests.loans.matrix.address import ANSWERING, CALLERS, CASE, DECIDING, HELPERS, OFFICE, PEOPLE, SECOND, Address

OF_THE_OFFICE = (
    # Its desk, and what is listed there of all cases
    Address("desk", exists_for=DECIDING, shown_to=DECIDING),
    Address("desk_csv", exists_for=DECIDING, shown_to=DECIDING),
    Address("diary", exists_for=ANSWERING, shown_to=ANSWERING),
    Address("office_referrals", exists_for=CASE, shown_to=CASE),
    Address("office_appeals", exists_for="mariam carl ada", shown_to="mariam carl ada"),
    Address("office_conflicts", exists_for="mariam ada", shown_to="mariam ada"),
    # Typing for somebody
    Address("assisted", exists_for=ANSWERING, shown_to=ANSWERING),
    Address("assisted_new", exists_for=ANSWERING, shown_to=ANSWERING, acted_on_by=ANSWERING),
    Address("assisted_case", "checked_draft", ("case",), "omar", "omar"),
    *(
        Address(name, "checked_draft", ("case",), "omar", "", "omar")
        for name in (
            "assisted_code",
            "assisted_confirmation",
            "assisted_printing",
            "assisted_scan",
            "assisted_colleague",
            "assisted_end",
        )
    ),
    Address("assisted_summary", "checked_draft", ("case",), "omar", "omar"),
    Address("assisted_scan_file", "checked_draft", ("case",), "omar", "omar"),
    Address("signed_page", "checked_draft", ("case",), "olga mariam", "olga mariam"),
    Address("signed_page_printed", "checked_draft", ("case",), "olga mariam", "olga mariam"),
    Address("signed_page_scan", "checked_draft", ("case",), "olga mariam", "olga mariam"),
    Address("signed_page_confirmation", "checked_draft", ("case",), "olga mariam", "", "olga mariam"),
    Address("signed_page_refusal", "checked_draft", ("case",), "olga mariam", "", "olga mariam"),
    Address("post", exists_for=ANSWERING, shown_to=ANSWERING),
    Address("post_letter", "by_post", ("case", "letter"), ANSWERING, ANSWERING, ANSWERING),
    Address("post_paper", "by_post", ("case", "letter"), ANSWERING, ANSWERING),
    Address("post_printing", "by_post", ("case", "letter"), ANSWERING, "", ANSWERING),
    Address("post_return", "by_post", ("case", "letter"), ANSWERING, "", ANSWERING),
    # People
    Address("people", exists_for=PEOPLE, shown_to=PEOPLE),
    Address("role_changes", args=("give",), exists_for="mariam", acted_on_by="mariam"),
    Address("role_decision", "proposed_role", ("change",), "mariam carl", "", "mariam carl"),
    # Lost e-mail addresses
    Address("lost_addresses", exists_for=HELPERS, shown_to=HELPERS),
    Address("lost_address_proposal", "lost", ("request",), HELPERS, "", HELPERS),
    Address("lost_address_confirmation", "lost", ("request",), HELPERS, "", "olga mariam"),
    Address("lost_address_closing", "lost", ("request",), HELPERS, "", HELPERS),
    # Who waits for a call
    Address("calls", exists_for=CALLERS, shown_to=CALLERS),
    Address("call_closing", "asked_call", ("call",), CALLERS, "", CALLERS),
    # Complaints. Nobody sees one of which they do not know, or that speaks of them (here: of Olga).
    Address("complaints", exists_for=DECIDING, shown_to=DECIDING),
    Address(
        "complaint_new",
        exists_for="omar olga mariam carl",
        shown_to="omar olga mariam carl",
        acted_on_by="omar olga mariam carl",
    ),
    Address("office_complaint", "complained", ("complaint",), "omar mariam ada", "omar mariam ada"),
    Address("complaint_owner", "complained", ("complaint",), "omar mariam ada", "", "mariam"),
    Address("complaint_about", "complained", ("complaint",), "omar mariam ada", "", "mariam"),
    Address("complaint_answer", "complained", ("complaint",), "omar mariam ada", "", "omar"),
    # Its languages
    Address("languages", exists_for="mariam ada", shown_to="mariam ada"),
    Address("language_signature", args=("ar",), exists_for="mariam", acted_on_by="mariam"),
    Address("language_signature_end", args=("ar",), exists_for="mariam", acted_on_by="mariam"),
    # Its calendar
    Address("calendar", exists_for=OFFICE, shown_to=OFFICE),
    Address("calendar_days", exists_for="mariam", acted_on_by="mariam"),
    Address("calendar_decision", "proposed_day", ("day",), SECOND, "", SECOND),
    # Its settings
    Address("office_settings", exists_for=PEOPLE, shown_to=PEOPLE),
    Address("settings_of", args=("products",), exists_for=PEOPLE, shown_to=PEOPLE),
    Address("setting", "draft", ("products", "credential"), PEOPLE, PEOPLE),
    Address("setting_new", args=("partners",), exists_for="mariam", shown_to="mariam", acted_on_by="mariam"),
    Address("setting_change", "draft", ("products", "credential"), "mariam", "mariam", "mariam"),
    Address("setting_closing", "draft", ("products", "credential"), "mariam", "mariam", "mariam"),
    Address("setting_proposal", "proposed_setting", ("change",), PEOPLE, PEOPLE),
    Address("setting_decision", "proposed_setting", ("change",), "mariam carl", "", "mariam carl"),
    Address("sanctions", exists_for="mariam ada", shown_to="mariam ada", acted_on_by="mariam"),
)

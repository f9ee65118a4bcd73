"""The addresses of signing in and of whoever signed in: those of `accounts/urls.py`."""

from tests.loans.matrix.address import ALL, APPLICANTS, OFFICE, Address

OF_ACCOUNTS = (
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
    Address("binding_language", acted_on_by=ALL),
    # How we reach you, and whether a message is ours
    Address("reach", shown_to=ALL),
    Address("notices", acted_on_by=ALL),
    Address("phone", acted_on_by=ALL),
    Address("phone_code", acted_on_by=ALL),
    Address("phone_removal", acted_on_by=ALL),
    Address("really_us", shown_to=ALL, acted_on_by=ALL, is_public=True),
    Address("passkey_sign_in", acted_on_by=ALL, is_public=True),
    Address("lost_address", shown_to=ALL, acted_on_by=ALL, is_public=True),
    Address("recovery_door", "door_link", ("link",), shown_to=ALL, acted_on_by=ALL, is_public=True),
    Address("recovery_stop", "stop_link", ("link",), shown_to=ALL, acted_on_by=ALL, is_public=True),
    # My account, for whoever showed their address just now
    Address("my_account", shown_to=ALL),
    Address("proof", shown_to=ALL, acted_on_by=ALL),
    Address("my_address", shown_to=ALL, acted_on_by=ALL),
    Address("my_address_code", acted_on_by=ALL),
    Address("my_recovery_stop", acted_on_by=ALL),
    Address("my_passkeys", exists_for=APPLICANTS, shown_to=APPLICANTS),
    Address("my_passkey_new", exists_for=APPLICANTS, shown_to=APPLICANTS, acted_on_by=APPLICANTS),
    Address("my_passkey", "passkey", ("passkey",), "amina", "amina", "amina"),
    Address("my_sessions", shown_to=ALL),
    Address("session_end", acted_on_by=ALL),
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

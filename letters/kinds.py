"""Every kind of letter, in one list. Its words are in templates/letters/<kind>/, those of texts in templates/texts/."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(NamedTuple):
    """A kind of letter and the facts it cannot do without.

    Every kind also takes `name` (in the greeting) and `link` (else our front door). Sums are whole cents, days ISO
    dates, texts already in the reader's language. A `secret` one carries a code: it is never sent a second time and
    goes stale in 15 minutes. `says` is what anybody who holds its short code may hear of it: never a sum, lateness or
    a decision. `text` is its text message, for whoever wants texts; `is_text` has no mail at all. One that `binds`
    tells a decision, or terms of the contract: in a further language it carries the English or French words too, which
    bind; facts that are texts are given for these in `in_binding_language`.
    """

    slug: str
    needs: tuple[str, ...] = ()
    says: Promise = _("A letter about an application")
    text: str = ""
    secret: bool = False
    is_text: bool = False
    binds: bool = False


SIGN_IN = _("A code or a letter for signing in")
SIGNING = _("A code for signing")
CONFIRMING = _("A code for confirming an application")
ACCOUNT = _("A letter about an account with us")
CASE = _("A letter about an application")
LOAN = _("A letter about a loan")
OFFICE = _("A letter to somebody who works here")
COMPLAINT = _("A letter about a complaint")
PARTNER = _("A letter to somebody who helps newcomers")
BEFORE_AND_AFTER = ("interest_before_cents", "interest_after_cents", "total_before_cents", "total_after_cents")

KINDS = {
    kind.slug: kind
    for kind in (
        Kind("sign_in_code", ("code",), SIGN_IN, secret=True),
        Kind("sign_up_code", ("code",), SIGN_IN, secret=True),
        Kind("account_exists", ("url",), SIGN_IN),
        Kind("no_account_here", ("url",), SIGN_IN),
        Kind("signing_code", ("code",), SIGNING, secret=True),
        Kind("second_factor_changed", (), ACCOUNT),
        Kind("text_sign_in_code", ("code",), SIGN_IN, "sign_in_code", secret=True, is_text=True),
        Kind("proof_code", ("code",), SIGN_IN, secret=True),
        Kind("new_address_code", ("code",), SIGN_IN, secret=True),
        Kind("email_changed", ("new_address",), ACCOUNT),  # to the old address; the new one with its name hidden
        Kind("passkey_changed", ("change",), ACCOUNT),  # added | removed
        Kind("recovery_begun", ("new_address", "until", "link"), ACCOUNT),  # to the old address: `link` stops it
        Kind("recovery_begun_text", (), ACCOUNT, "recovery_begun", is_text=True),
        Kind("recovery_opens", ("until", "link"), ACCOUNT),  # to the new address
        Kind("recovery_stopped", (), ACCOUNT),
        Kind("phone_code", ("code",), _("A code for a telephone number"), "phone_code", secret=True, is_text=True),
        Kind("phone_changed", (), ACCOUNT),
        # To the person and, where their address changed since, to the one before; `on`: from which day they are used;
        # may have `none_in_force`: no other account is used until then.
        Kind("bank_changed", ("ends_in", "on"), ACCOUNT),
        Kind("bank_refused", (), ACCOUNT),
        # The account was told after they had signed: to its owner; then with the paper that they agreed to.
        Kind("debit_to_agree", ("ends_in", "link"), LOAN, "loan"),
        Kind("debit_agreed", ("number", "ends_in"), LOAN),
        Kind("role_proposed", ("proposer", "role"), OFFICE),
        Kind("setting_proposed", ("proposer", "link"), OFFICE),
        Kind("case_given", ("giver", "reference", "link"), OFFICE),
        Kind("sanctions_hit", ("reference", "count", "link"), OFFICE),
        Kind("confirmation_code", ("code", "helper"), CONFIRMING, secret=True),
        Kind("confirmation_text", ("code",), CONFIRMING, "confirmation_code", secret=True, is_text=True),
        Kind("assistance_begun", ("helper",), CASE, "case"),
        Kind("helper_invited", ("person", "link"), CASE),
        Kind("received", (), CASE, "case"),
        Kind("more_needed", ("items",), CASE, "question"),  # a list of {section, reason}; may have the day `answer_by`
        Kind("number_ends", ("on",), CASE, "question"),
        # `reasons`: texts; may have `appeal_until`, `helpers`: {name, what, phone, website}, and where it rests on a
        # credit report `bureaus`: {name, address, phone, website, on}.
        Kind("declined", ("reasons",), CASE, "case", binds=True),
        Kind("appeal_received", (), CASE, "case"),  # may have the day `answer_by`
        Kind("decision_stands", ("why",), CASE, "case", binds=True),  # may have `bureaus`, as the no had
        Kind("appeal_granted", (), CASE, "case", binds=True),
        Kind("withdrawn", (), CASE),
        Kind("complaint_received", ("number", "answer_by"), COMPLAINT),
        Kind("complaint_answered", ("number", "answer"), COMPLAINT),
        Kind("referral_offered", (), CASE, "message"),
        Kind(
            "referral_sent", ("partner", "person", "email", "wish", "way"), CASE
        ),  # may have `phone`; way: email | sheet
        Kind("referral", ("person", "email", "wish"), PARTNER),  # to a partner, `name`; may have `phone`
        Kind("message_waiting", (), _("A notice that a message is waiting"), "message"),
        Kind("co_signer_invited", ("borrower",), CASE),
        Kind(
            "offer", ("cents", "payment_cents", "open_until"), CASE, "case", binds=True
        ),  # may have `conditions`, `options` (how many) and `most_cents` of these
        Kind("offer_reminder", ("open_until",), CASE, "case"),
        Kind("offer_lapsed", (), CASE, "case"),
        Kind("offer_declined", ("who",), CASE, "case"),  # to those who would sign too
        Kind("loan_withdrawn", ("number",), LOAN, "loan", binds=True),
        Kind("mind_changed", ("reference", "link"), OFFICE),
        Kind("signed", (), LOAN),  # with the agreement attached
        Kind("money_sent", ("cents", "on"), LOAN, "loan"),  # may have `next_due_on` and `next_due_cents`
        Kind(
            "payment_received", ("cents", "on", "owed_cents"), LOAN, "loan"
        ),  # may have `next_due_on` and `next_due_cents`
        Kind("repaid", (), LOAN, "loan"),
        Kind("payment_reversed", ("cents", "on"), LOAN, "loan"),
        Kind("written_off", ("cents",), LOAN, "loan"),
        Kind("recovery_received", ("cents", "on", "owed_cents"), LOAN, "loan"),
        # `change`: pause | reschedule | rate_change; `rate`: a fraction as text; `dues`: {on, cents} of all to come.
        Kind(
            "plan_changed",
            ("change", "rate", "payment_cents", "dues", "late_cents", *BEFORE_AND_AFTER),
            LOAN,
            "loan",
            binds=True,
        ),
        # The next three bring a paper: by mail or post also to who wants texts. `first_on`, `first_cents`: of the plan.
        Kind("new_plan", ("on", "first_on", "first_cents", "last_on", "total_before_cents", "total_after_cents"), LOAN),
        # `why`: index | rate | fee; may have `held_on` and `held_cents` (the payment that stays as it was until then),
        # `following_cents` where the payments after it are another sum.
        Kind("debit_changed", ("why", "rate", "on", "before_cents", "cents"), LOAN),
        Kind("yearly_statement", ("on",), LOAN),  # the day on which the year ended
        Kind("fee_charged", ("cents",), LOAN, "loan"),  # may have `next_due_on` and `next_due_cents`
        Kind("waived", ("part", "cents", "owed_cents"), LOAN, "loan", binds=True),  # part: fees | interest | principal
        Kind("money_came_back", ("cents",), LOAN, "loan"),
        Kind("books_sealed", ("number", "on", "count", "hash", "previous_hash"), OFFICE),
    )
}
SECRET = [kind.slug for kind in KINDS.values() if kind.secret]

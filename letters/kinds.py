"""Every kind of letter, in one list. Its words are in templates/letters/<kind>/."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of letter and the facts it cannot do without.

    Every kind also takes `name` (in the greeting) and `link` (else our front door). Sums are whole cents, days ISO
    dates, texts already in the reader's language. A `secret` one carries a code: it is never sent a second time and
    goes stale in 15 minutes.
    """

    slug: str
    needs: tuple[str, ...] = ()
    secret: bool = False


BEFORE_AND_AFTER = ("interest_before_cents", "interest_after_cents", "total_before_cents", "total_after_cents")

KINDS = {
    kind.slug: kind
    for kind in (
        Kind("sign_in_code", ("code",), secret=True),
        Kind("sign_up_code", ("code",), secret=True),
        Kind("account_exists", ("url",)),
        Kind("no_account_here", ("url",)),
        Kind("signing_code", ("code",), secret=True),
        Kind("second_factor_changed"),
        Kind("role_proposed", ("proposer", "role")),
        Kind("received"),
        Kind("more_needed", ("items",)),  # a list of {section, reason}; may have the day `answer_by`
        Kind("declined", ("reasons",)),  # a list of texts; may have the day `appeal_until`
        Kind("appeal_received"),
        Kind("decision_stands", ("why",)),
        Kind("appeal_granted"),
        Kind("withdrawn"),
        Kind("co_signer_invited", ("borrower",)),
        Kind("offer", ("cents", "payment_cents", "open_until")),
        Kind("offer_lapsed"),
        Kind("signed"),  # with the agreement attached
        Kind("money_sent", ("cents", "on")),  # may have `next_due_on` and `next_due_cents`
        Kind("payment_received", ("cents", "on", "owed_cents")),  # may have `next_due_on` and `next_due_cents`
        Kind("repaid"),
        Kind("payment_reversed", ("cents", "on")),
        Kind("written_off", ("cents",)),
        Kind("recovery_received", ("cents", "on", "owed_cents")),
        # `change`: pause | reschedule | rate_change; `rate`: a fraction as text; `dues`: {on, cents} of all to come.
        Kind("plan_changed", ("change", "rate", "payment_cents", "dues", "late_cents", *BEFORE_AND_AFTER)),
        Kind("fee_charged", ("cents",)),  # may have `next_due_on` and `next_due_cents`
        Kind("waived", ("part", "cents", "owed_cents")),  # part: fees | interest | principal
        Kind("money_came_back", ("cents",)),
        Kind("books_sealed", ("number", "on", "count", "hash", "previous_hash")),
    )
}
SECRET = [kind.slug for kind in KINDS.values() if kind.secret]

"""What a refused deed is told as: one whole sentence a code of loans.lifecycle.refusal.Refused."""

from loans.refusals import (
    accounts,
    anywhere,
    assisted,
    bank,
    changes,
    checklist,
    complaints,
    conditions,
    consents,
    credit,
    decision,
    diary,
    figures,
    files,
    flags,
    form,
    helping,
    identity,
    messages,
    paper_signing,
    payments,
    people,
    post,
    referrals,
    signing,
)
from loans.settings.refusals import SENTENCES as OF_SETTINGS


def sentence(refused):
    """The sentence, in the active language, with the facts of the refusal in it."""
    facts = refused.facts
    return _SENTENCES[refused.code](facts)


def field_of(refused):
    """The form field a refusal speaks of, or an empty text."""
    return refused.facts.get("field") or _FIELDS.get(refused.code, "")


_FIELDS = {
    **anywhere.FIELDS,
    **assisted.FIELDS,
    **helping.FIELDS,
    **files.FIELDS,
    **messages.FIELDS,
    **credit.FIELDS,
    **figures.FIELDS,
    **decision.FIELDS,
    **conditions.FIELDS,
    **signing.FIELDS,
    **paper_signing.FIELDS,
    **payments.FIELDS,
    **changes.FIELDS,
    **identity.FIELDS,
    **bank.FIELDS,
    **people.FIELDS,
    **post.FIELDS,
    **accounts.FIELDS,
    **diary.FIELDS,
    **referrals.FIELDS,
    **complaints.FIELDS,
}

_SENTENCES = {
    **anywhere.SENTENCES,
    **form.SENTENCES,
    **assisted.SENTENCES,
    **helping.SENTENCES,
    **files.SENTENCES,
    **messages.SENTENCES,
    **consents.SENTENCES,
    **credit.SENTENCES,
    **figures.SENTENCES,
    **checklist.SENTENCES,
    **flags.SENTENCES,
    **decision.SENTENCES,
    **conditions.SENTENCES,
    **signing.SENTENCES,
    **paper_signing.SENTENCES,
    **payments.SENTENCES,
    **changes.SENTENCES,
    **identity.SENTENCES,
    **bank.SENTENCES,
    **people.SENTENCES,
    **post.SENTENCES,
    **accounts.SENTENCES,
    **diary.SENTENCES,
    **referrals.SENTENCES,
    **complaints.SENTENCES,
    **OF_SETTINGS,
}

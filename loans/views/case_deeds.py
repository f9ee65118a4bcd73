"""The deeds on a case: the sheet of each, and which of them the reader may do now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.fields import Field, Text
from loans.lifecycle.refusal import Refused
from loans.models import IdentityCheck
from loans.purposes import PURPOSES
from loans.reasons import DECLINE, SUPPORT, reasons_for
from loans.views.case_terms import TERMS, estimate_of, terms_fields, terms_in, usual_terms
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

NOTE = Field("note", "longtext", gettext_lazy("Note"), max_length=5000)
WHY_SO = Field("note", "longtext", gettext_lazy("Why? The applicant reads this."), max_length=3000)
WHY_GRANTED = Field("note", "longtext", gettext_lazy("What shall the officer look at again?"), max_length=3000)
VOTE = (
    Field(
        "in_favour",
        "yes_no",
        gettext_lazy("Shall we lend on these terms?"),
        gettext_lazy("Nobody sees your vote before the last one is in."),
    ),
    Field("note", "longtext", gettext_lazy("Why? Needed for a no."), required=False, max_length=3000),
)
WHY_BACK = Field("note", "longtext", gettext_lazy("What do you want to know first?"), max_length=5000)
MAY_NOTE = Field("note", "longtext", gettext_lazy("Note, if you want"), required=False, max_length=5000)


def ticks_of(bank):
    """A box to tick for each reason of a bank."""
    return tuple(Field(f"reason-{code}", "checkbox", each.sentence, required=False) for code, each in bank.items())


def ticked(sheet, bank):
    """The codes of the reasons that were ticked."""
    return [code for code in bank if sheet.values.get(f"reason-{code}")]


def question_fields(case):
    """A box to tick and a reason for each page of the form."""
    fields = []
    for section in PURPOSES[case.product.purpose].sections:
        label = _("Why do you ask about “%(page)s”?") % {"page": section.title}
        fields.append(Field(f"ask-{section.slug}", "checkbox", section.title, required=False))
        fields.append(Field(f"why-{section.slug}", "longtext", label, required=False, max_length=3000))
    return tuple(fields)


def asked_in(sheet, case):
    """(page, reason) of every page that was ticked; a tick without a reason, or the reverse, becomes an error."""
    asked = []
    for section in PURPOSES[case.product.purpose].sections:
        tick, why = sheet.values[f"ask-{section.slug}"], sheet.values[f"why-{section.slug}"]
        if tick and not why:
            sheet.errors.setdefault(f"why-{section.slug}", "missing")
        if why and not tick:
            sheet.errors[f"ask-{section.slug}"] = _("Tick this page too, or empty its reason.")
        if tick and why:
            asked.append((section.slug, why))
    return asked


def identity_fields(case):
    """Whose paper was seen, which, how, and until when it is good."""
    people = tuple((str(party.pk), f"{party} ({party.get_kind_display()})") for party in case.parties.all())
    return (
        Field("party", "select", _("Who"), choices=people),
        Field("paper", "select", _("Which paper you saw"), choices=tuple(IdentityCheck.Paper.choices)),
        Field("how", "select", _("How you saw it"), choices=tuple(IdentityCheck.How.choices)),
        Field("last_signs", "text", _("Last four signs of its number"), required=False, max_length=4),
        Field("expires_on", "date", _("Good until"), required=False),
    )


@dataclass(frozen=True)
class Deed:
    """One deed as the page draws it: where it is sent to, its questions, and what its button says."""

    url: str
    title: Text
    button: Text
    fields: Callable = lambda case: ()
    look: str = "button"


DEEDS = {
    "take": Deed("review", gettext_lazy("Take the case"), gettext_lazy("Take the case")),
    "recommend": Deed(
        "recommendation",
        gettext_lazy("Recommend"),
        gettext_lazy("Recommend this loan"),
        lambda case: (*terms_fields(case.product), *ticks_of(reasons_for(case.product.purpose, SUPPORT)), NOTE),
    ),
    "cast_vote": Deed("votes", gettext_lazy("Vote"), gettext_lazy("Cast my vote"), lambda case: VOTE),
    "approve": Deed("approval", gettext_lazy("Approve"), gettext_lazy("Approve this loan"), lambda case: (MAY_NOTE,)),
    "reopen": Deed("reopening", gettext_lazy("Reopen"), gettext_lazy("Reopen the case"), lambda case: (MAY_NOTE,)),
    "ask_for_more": Deed(
        "questions", gettext_lazy("Ask for more"), gettext_lazy("Send the questions"), question_fields
    ),
    "send_back": Deed(
        "sending_back",
        gettext_lazy("Send back to the officer"),
        gettext_lazy("Send back"),
        lambda case: (WHY_BACK,),
        "button-quiet",
    ),
    "decline": Deed(
        "refusal",
        gettext_lazy("Decline"),
        gettext_lazy("Decline this application"),
        lambda case: (*ticks_of(reasons_for(case.product.purpose, DECLINE)), MAY_NOTE),
        "button-danger",
    ),
    "grant_appeal": Deed(
        "appeal_success",
        gettext_lazy("The appeal is right"),
        gettext_lazy("Back to the officer"),
        lambda case: (WHY_GRANTED,),
    ),
    "uphold": Deed(
        "appeal_dismissal",
        gettext_lazy("The decision stands"),
        gettext_lazy("The decision stands"),
        lambda case: (WHY_SO,),
        "button-danger",
    ),
    "check_identity": Deed(
        "identity_checks",
        gettext_lazy("Identity seen"),
        gettext_lazy("Keep what I saw"),
        identity_fields,
        "button-quiet",
    ),
    "add_note": Deed(
        "notes", gettext_lazy("Add a note"), gettext_lazy("Keep the note"), lambda case: (NOTE,), "button-quiet"
    ),
}


def sheet_for(case, verb, data):
    """The questions of a deed, answered by `data`."""
    return Sheet(DEEDS[verb].fields(case), data)


def sheet_to_work_out(case, data):
    """The sheet of a recommendation that is only worked out: what is wrong with its terms counts, nothing else."""
    sheet = sheet_for(case, "recommend", data)
    sheet.errors = {name: code for name, code in sheet.errors.items() if name in TERMS}
    return sheet


def open_deeds(case, reader, tried=None):
    """What the reader may do now, in order, as loans/case_deed.html draws it; `tried` is {verb: Sheet} to show again.

    The machine alone says what is open: its state and its rules.
    """
    may = {move.name for move in case.get_available_user_state_transitions(reader)}
    return [_drawn(case, verb, (tried or {}).get(verb)) for verb in DEEDS if verb in may]


def _drawn(case, verb, tried):
    deed = DEEDS[verb]
    sheet = tried or Sheet(deed.fields(case), initial=_beginning(case) if verb == "recommend" else None)
    estimate = _estimate(case, sheet) if verb == "recommend" else None
    action = reverse(deed.url, args=[case.reference])
    parts = {"key": verb.replace("_", "-"), "title": deed.title, "button": deed.button, "look": deed.look}
    form = drawn(sheet, action=action, is_open=bool(tried), **parts)
    terms = [field for field in form["fields"] if field["name"] in TERMS]
    rest = [field for field in form["fields"] if field not in terms]
    return {**form, "terms": terms, "fields": rest, "estimate": estimate}


def _beginning(case):
    return usual_terms(case, list(case.submissions.all())[-1])


def _estimate(case, sheet):
    """What the terms in the sheet cost; nothing while they are incomplete or no plan can be made of them."""
    terms = terms_in(sheet.values)
    if terms is None:
        return None
    try:
        return estimate_of(case, terms)
    except Refused as refused:
        sheet.refuse(refused)
        return None

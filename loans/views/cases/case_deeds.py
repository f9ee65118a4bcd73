"""The deeds on a case: the sheet of each, and which of them the reader may do now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.fields import Field, Text
from loans.lifecycle.deciding import re_offering
from loans.lifecycle.refusal import Refused
from loans.models import IdentityCheck
from loans.models.question import topics_of
from loans.reasons import DECLINE, SUPPORT, bank_shown
from loans.views.cases.case_terms import (
    TERMS,
    further_fields,
    further_in,
    proposals_of,
    terms_fields,
    terms_in,
    usual_terms,
)
from loans.views.office_deeds import drawn
from loans.views.sheets import Sheet

NOTE = Field("note", "longtext", gettext_lazy("Note"), max_length=5000)
WHY_SO = Field("note", "longtext", gettext_lazy("Why? The applicant reads this."), max_length=3000)
WHY_GRANTED = Field("note", "longtext", gettext_lazy("What shall the officer look at again?"), max_length=3000)
NUMBER = (
    Field(
        "ends_on",
        "date",
        gettext_lazy("Until when is it good now?"),
        gettext_lazy("It stands on the person’s letter or permit."),
        required=False,
    ),
    Field(
        "is_forgotten",
        "checkbox",
        gettext_lazy("The person has another number now: forget this one"),
        required=False,
    ),
)
VOTE = (
    Field(
        "in_favour",
        "yes_no",
        gettext_lazy("Shall we lend on these terms?"),
        gettext_lazy("Nobody sees your vote before the votes are counted."),
    ),
    Field("note", "longtext", gettext_lazy("Why? Needed for a no."), required=False, max_length=3000),
)
WHY_BACK = Field("note", "longtext", gettext_lazy("What do you want to know first?"), max_length=5000)
WHY_OTHER = Field(
    "why_other",
    "longtext",
    gettext_lazy("Why other terms than were asked for? The applicant reads this."),
    required=False,
    max_length=1000,
)
MAY_NOTE = Field("note", "longtext", gettext_lazy("Note, if you want"), required=False, max_length=5000)


def ticks_of(bank):
    """A box to tick for each reason of a bank."""
    return tuple(Field(f"reason-{code}", "checkbox", each.sentence, required=False) for code, each in bank.items())


def ticked(sheet, bank):
    """The codes of the reasons that were ticked."""
    return [code for code in bank if sheet.values.get(f"reason-{code}")]


def question_fields(case):
    """A box to tick and a reason for each page of the form and each paper."""
    fields = []
    for topic, name in topics_of(case).items():
        label = _("Why do you ask about “%(page)s”?") % {"page": name}
        fields.append(Field(f"ask-{topic}", "checkbox", name, required=False))
        fields.append(Field(f"why-{topic}", "longtext", label, required=False, max_length=3000))
    return tuple(fields)


def asked_in(sheet, case):
    """(topic, reason) of all that was ticked; a tick without a reason, or the reverse, becomes an error."""
    asked = []
    for topic in topics_of(case):
        tick, why = sheet.values[f"ask-{topic}"], sheet.values[f"why-{topic}"]
        if tick and not why:
            sheet.errors.setdefault(f"why-{topic}", "missing")
        if why and not tick:
            sheet.errors[f"ask-{topic}"] = _("Tick this too, or empty its reason.")
        if tick and why:
            asked.append((topic, why))
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


WHAT_CHANGED = {
    re_offering.ANSWERS: gettext_lazy("the form was sent again"),
    re_offering.FLAGS: gettext_lazy("a flag is open"),
    re_offering.IDENTITY: gettext_lazy("the paper by which somebody was known is not good any more"),
    re_offering.PAPERS: gettext_lazy("a paper was refused"),
}


def re_offer_fields(case):
    """A note: needed where the file is not as it was when it was approved."""
    changed = re_offering.changed_since(case, case.standing_approval) if case.standing_approval else []
    if not changed:
        return (MAY_NOTE,)
    told = _("Since the approval: %(changes)s.") % {"changes": ", ".join(str(WHAT_CHANGED[code]) for code in changed)}
    return (Field("note", "longtext", _("Why does the offer still hold?"), told, max_length=5000),)


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
        lambda case: (
            *terms_fields(case.product),
            *further_fields(case.product),
            *ticks_of(bank_shown(SUPPORT, case.product.purpose)),
            WHY_OTHER,
            NOTE,
        ),
    ),
    "cast_vote": Deed("votes", gettext_lazy("Vote"), gettext_lazy("Cast my vote"), lambda case: VOTE),
    "approve": Deed("approval", gettext_lazy("Approve"), gettext_lazy("Approve this loan"), lambda case: (MAY_NOTE,)),
    "re_offer": Deed("re_offer", gettext_lazy("Offer the same again"), gettext_lazy("Offer it again"), re_offer_fields),
    "reopen": Deed("reopening", gettext_lazy("Reopen"), gettext_lazy("Reopen the case"), lambda case: (MAY_NOTE,)),
    "ask_for_more": Deed(
        "questions", gettext_lazy("Ask for more"), gettext_lazy("Send the questions"), question_fields
    ),
    "ask_besides": Deed(
        "more_questions",
        gettext_lazy("Ask for something else too"),
        gettext_lazy("Send the questions"),
        question_fields,
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
        lambda case: (*ticks_of(bank_shown(DECLINE, case.product.purpose)), MAY_NOTE),
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
    "renew_number": Deed(
        "number_renewal",
        gettext_lazy("Social insurance number: its new day"),
        gettext_lazy("Write it down"),
        lambda case: NUMBER,
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
    sheet.errors = {name: code for name, code in sheet.errors.items() if _is_a_term(name)}
    return sheet


def _is_a_term(name):
    return name.startswith(TERMS)


def open_deeds(case, reader, tried=None):
    """What the reader may do now, in order, as loans/case_deed.html draws it; `tried` is {verb: Sheet} to show again.

    The machine alone says what is open: its state and its rules.
    """
    may = {move.name for move in case.get_available_user_state_transitions(reader)}
    return [_drawn(case, verb, (tried or {}).get(verb)) for verb in DEEDS if verb in may]


def told_apart(drawn_deeds, tried):
    """(link, sentence) of what is wrong with deeds that were tried and are not open to the reader."""
    shown = {deed["key"] for deed in drawn_deeds}
    closed = [verb for verb in DEEDS if verb in (tried or {}) and verb.replace("_", "-") not in shown]
    return [("#main", text) for verb in closed for _link, text in tried[verb].summary]


def _drawn(case, verb, tried):
    deed = DEEDS[verb]
    sheet = tried or Sheet(deed.fields(case), initial=_beginning(case) if verb == "recommend" else None)
    proposals = _proposals(case, sheet) if verb == "recommend" else None
    action = reverse(deed.url, args=[case.reference])
    parts = {"key": verb.replace("_", "-"), "title": deed.title, "button": deed.button, "look": deed.look}
    form = drawn(sheet, action=action, is_open=bool(tried), **parts)
    terms = [field for field in form["fields"] if field["name"] in TERMS]
    further = [field for field in form["fields"] if _is_a_term(field["name"]) and field not in terms]
    rest = [field for field in form["fields"] if field not in (*terms, *further)]
    return {**form, "terms": terms, "further": _by_option(further), "fields": rest, "proposals": proposals}


def _by_option(fields):
    """The questions about further options, an option each; one that was answered or is wrong is shown open."""
    numbers = dict.fromkeys(field["name"].rpartition("_")[2] for field in fields)
    groups = [(number, [f for f in fields if f["name"].endswith(f"_{number}")]) for number in numbers]
    return [
        {"number": number, "fields": asked, "is_open": any(f["value"] or f["error"] for f in asked)}
        for number, asked in groups
    ]


def _beginning(case):
    return usual_terms(case, list(case.submissions.all())[-1])


def _proposals(case, sheet):
    """What the terms in the sheet cost; nothing while they are incomplete or no plan can be made of them."""
    terms = terms_in(sheet.values)
    if terms is None:
        return None
    terms.further = further_in(sheet)
    try:
        return proposals_of(case, terms)
    except Refused as refused:
        sheet.refuse(refused)
        return None

"""The conditions of a case: what is needed before signing and before money, and what showed that it is there."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from loans.fields import Field
from loans.lifecycle.reviewing import conditions as asking
from loans.models import Condition, ConditionWords, Document, Reopening, Waiver
from loans.views.cases.case_tabs import cases_with_tabs, tabs_of
from loans.views.deeds import once_key_of
from loans.views.office_deeds import deed_on_rows, drawn, what_was_tried
from loans.views.sheets import Sheet

MET = Condition.Outcome.MET
REOPENING = ("reopening", "reopen_condition", "condition_reopening")
WAIVER = (Field("reason", "longtext", gettext_lazy("Why can we do without it?"), max_length=3000),)
MISTAKE = (Field("reason", "longtext", gettext_lazy("Why is it not met?"), max_length=3000),)
VERBS = {
    "condition": "add_condition",
    "met": "meet_condition",
    "reopening": "reopen_condition",
    "waiver": "waive_condition",
    "drop": "drop_condition",
}


def condition_fields(case):
    """What is asked for: out of the bank, or in words of one's own in both languages; and before what."""
    bank = tuple((row.code, row.text) for row in ConditionWords.in_force(case.product.purpose))
    return (
        Field("words", "select", _("From the list"), required=False, choices=bank),
        Field("text_en", "longtext", _("Or in your words, in English"), required=False, max_length=300),
        Field("text_fr", "longtext", _("The same in French"), required=False, max_length=300),
        Field("before", "select", _("By when"), choices=tuple(Condition.Before.choices)),
        Field(
            "advance",
            "integer",
            _("Number of the advance"),
            _("Only of a condition before money is sent. Leave it empty for all of the money."),
            required=False,
            least=1,
            most=9,
        ),
    )


def evidence_fields(case):
    """By what it was shown: words, or a paper that was accepted."""
    accepted = case.documents.filter(state=Document.State.ACCEPTED, erased_on=None)
    papers = tuple((str(paper.pk), str(paper.about.name)) for paper in accepted)
    return (
        Field("note", "longtext", _("What you saw"), required=False, max_length=3000),
        Field("document", "select", _("Paper that shows it"), required=False, choices=papers),
    )


FIELDS = {
    "condition": condition_fields,
    "met": evidence_fields,
    "reopening": lambda case: MISTAKE,
    "waiver": lambda case: WAIVER,
    "drop": lambda case: (),
}


def _case_or_404(request, reference):
    cases = cases_with_tabs(request.user).prefetch_related("recommendations")
    return get_object_or_404(cases, reference=reference)


@require_safe
def conditions(request, reference):
    """What was asked for with the loan, and what of it is met."""
    return show_conditions(request, _case_or_404(request, reference))


def show_conditions(request, case, tried=None):
    """The page; `tried` is {key of a deed: its Sheet}, to be shown again."""
    tried = tried or {}
    may = {move.name for move in case.get_available_user_state_transitions(request.user)}
    standing = list(_standing(case))
    passed = (
        asking.passed(case) if "reopen_condition" in may and any(each.outcome == MET for each in standing) else None
    )
    rows = [_row(case, each, may, tried, request.user, passed) for each in standing]
    new = [_new(case, tried)] if "add_condition" in may else []
    deeds = [*new, *(deed for row in rows for deed in row["deeds"])]
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "case_conditions"),
        "submission": list(case.submissions.all())[-1],
        "rows": rows,
        "deeds": new,
        **what_was_tried(deeds, tried),  # somebody may have closed the condition meanwhile
    }
    return render(request, "loans/case_conditions.html", context)


def _standing(case):
    found = case.conditions.standing().select_related("words", "event__by", "closed__by", "document")
    reopenings = Reopening.objects.select_related("event__by", "event__note", "met__by", "document")
    found = found.prefetch_related(Prefetch("reopenings", reopenings))
    several = case.is_for_the_committee
    return found.prefetch_related(Prefetch("waivers", Waiver.objects.select_related("by"))) if several else found


def _new(case, tried):
    return drawn(
        tried.get("condition") or Sheet(condition_fields(case)),
        key="condition",
        title=_("Ask for something"),
        button=_("Ask for it"),
        action=reverse("condition_new", args=[case.reference]),
        is_open="condition" in tried,
    )


def _row(case, condition, may, tried, reader, passed):
    waivers = list(condition.waivers.all()) if case.is_for_the_committee else []
    has_waived = any(waiver.by_id == reader.pk for waiver in waivers)
    kinds = (
        ("met", "meet_condition", "condition_met", _("It is met"), _("Mark it as met"), "button"),
        (
            "waiver",
            "waive_condition",
            "condition_waiver",
            _("Do without it"),
            _("Waive this condition"),
            "button-danger",
        ),
        ("drop", "drop_condition", "condition_removal", _("Take it out"), _("Take it out"), "button-quiet"),
    )
    may = may - {"waive_condition"} if has_waived else may
    if condition.outcome == MET and passed and not passed.holds(condition):
        kinds = ((*REOPENING, _("It is not met"), _("Open it again"), "button-quiet"),)
    elif not condition.is_open:
        kinds = ()
    open_to = [kind for kind in kinds if kind[1] in may]
    return {
        "condition": condition,
        "paper": _paper(condition),
        "earlier": [(each, _paper(each)) for each in condition.reopenings.all()],
        "waivers": waivers,
        "needed": asking.waivers_needed(case),
        "deeds": [_deed(case, condition, kind, tried) for kind in open_to],
    }


def _paper(shown):
    """The kind of the paper that showed it, in words; empty where it was seen otherwise."""
    return shown.document.about.name if shown.document else ""


def _deed(case, condition, kind, tried):
    name, _verb, url, title, button, look = kind
    key = f"{name}-{condition.pk}"
    return drawn(
        tried.get(key) or Sheet(FIELDS[name](case)),
        key=key,
        title=title,
        button=button,
        action=reverse(url, args=[case.reference, condition.pk]),
        look=look,
        is_open=key in tried,
    )


def deed_on_conditions(kind):
    """A view of a deed: `view(request, case, sheet, *condition)` gives (act, what to say when done)."""
    return deed_on_rows(
        VERBS[kind],
        kind,
        page="case_conditions",
        case_of=_case_or_404,
        rows=lambda case: case.conditions.standing(),
        fields=FIELDS[kind],
        show=lambda request, case, tried: show_conditions(request, _case_or_404(request, case.reference), tried),
    )


@deed_on_conditions("condition")
def new(request, case, sheet):
    """Ask for something before signing, or before money."""
    said = sheet.values
    return (
        lambda: asking.add_condition(
            case,
            by=request.user,
            before=said["before"],
            advance=said["advance"],
            once_key=once_key_of(request),
            **{name: said[name] or "" for name in ("words", "text_en", "text_fr")},
        ),
        _("Asked for."),
    )


@deed_on_conditions("drop")
def removal(request, case, sheet, condition):
    """Take a condition out again."""
    return (
        lambda: asking.drop_condition(case, by=request.user, condition=condition, once_key=once_key_of(request)),
        _("Taken out."),
    )


@deed_on_conditions("met")
def met(request, case, sheet, condition):
    """It is met, and by what one sees it."""
    said = sheet.values
    document = int(said["document"]) if said["document"] else None
    return (
        lambda: asking.meet_condition(
            case,
            by=request.user,
            condition=condition,
            note=said["note"] or "",
            document=document,
            once_key=once_key_of(request),
        ),
        _("Met, with your name and the day."),
    )


@deed_on_conditions("reopening")
def reopening(request, case, sheet, condition):
    """It was marked as met by mistake."""
    return (
        lambda: asking.reopen_condition(
            case, by=request.user, condition=condition, reason=sheet.values["reason"], once_key=once_key_of(request)
        ),
        _("Open again. What had been seen stays below it."),
    )


@deed_on_conditions("waiver")
def waiver(request, case, sheet, condition):
    """Who may decide the case does without it."""
    is_alone = not case.is_for_the_committee
    return (
        lambda: asking.waive_condition(
            case, by=request.user, condition=condition, reason=sheet.values["reason"], once_key=once_key_of(request)
        ),
        _("Waived.") if is_alone else _("Your word is kept. It is waived once enough of you have said so."),
    )

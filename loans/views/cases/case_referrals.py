"""Referrals of a case: whom we may tell about the person, whether they agreed, what was sent and what became of it."""

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_fsm import can_proceed

from applicants.models import Partner
from loans import rules
from loans.fields import Field
from loans.lifecycle.reviewing import referrals as referring
from loans.models import Event, Referral
from loans.views.cases.case_tabs import cases_with_tabs, tabs_of
from loans.views.deeds import once_key_of
from loans.views.office.office_referrals import READERS
from loans.views.office_deeds import deed_on_rows, drawn, what_was_tried
from loans.views.paper_files import pdf_response
from loans.views.sheets import Sheet

WAY = (Field("way", "choice", gettext_lazy("How do we tell them?"), choices=tuple(Referral.Way.choices)),)
GIVE_UP = (("not_sent", Referral.Outcome.NOT_SENT.label),)
OUTCOMES = tuple(choice for choice in Referral.Outcome.choices if choice not in GIVE_UP)
OUTCOME = (Field("outcome", "choice", gettext_lazy("What became of it?"), choices=OUTCOMES),)
NOTHING = ()


def offer_fields():
    """Whom, and what the person wants the money for, as it would be sent."""
    partners = tuple((each.code, f"{each.name} ({each.get_kind_display()})") for each in Partner.objects.current())
    return (
        Field("partner", "select", _("Who might help?"), choices=partners),
        Field(
            "wish",
            "longtext",
            _("What the person wants the money for"),
            _("The person reads this before they say yes, and the partner reads exactly this."),
            max_length=referring.LONGEST_WISH,
        ),
    )


FIELDS = {"offer": offer_fields, "sending": lambda: WAY, "outcome": lambda: OUTCOME, "end": lambda: NOTHING}


def _case_or_404(request, reference):
    newest = Event.objects.filter(case=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    cases = cases_with_tabs(request.user).annotate(seen_event=Subquery(newest))
    return get_object_or_404(cases, reference=reference)


@require_safe
def case_referrals(request, reference):
    """Every referral of the case, the newest first, and what can be done with each."""
    return _show(request, _case_or_404(request, reference))


def _show(request, case, tried=None):
    """The page; `tried` is {key of a deed: its Sheet}, to be shown again."""
    tried = tried or {}
    refers = rules.may_refer(case, request.user)
    found = case.referrals.select_related("partner", "event__by", "answer", "sent__by", "closed__by")
    rows = [
        {"referral": each, "deeds": _deeds(case, each, tried) if refers else [], "may_print": refers} for each in found
    ]
    offer = _offer(case, tried) if refers and can_proceed(case.offer_referral) else None
    shown = [*([offer] if offer else []), *(deed for row in rows for deed in row["deeds"])]
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "case_referrals"),
        "submission": list(case.submissions.all())[-1],
        "rows": rows,
        "offer": offer,
        "errors": what_was_tried(shown, tried)["errors"],
    }
    context["reads_all"] = bool(request.user.roles & READERS)
    return render(request, "loans/case_referrals.html", context)


def _offer(case, tried):
    return drawn(
        tried.get("offer") or Sheet(offer_fields(), initial={"wish": _wish_of(case)}),
        key="offer",
        title=_("Offer a referral"),
        button=_("Ask the person"),
        action=reverse("case_referrals_new", args=[case.reference]),
        is_open="offer" in tried,
    )


def _wish_of(case):
    """What the newest form says of the plan, to begin with: the course and the school, or the business."""
    said = list(case.submissions.all())[-1].answers
    plan, business = ((said.get(page) or [{}])[0] for page in ("study-plan", "business"))
    words = [plan.get("programme"), plan.get("school"), business.get("what")]
    return ", ".join(str(each["value"]) for each in words if each and each["value"])


def _deeds(case, referral, tried):
    """What may be done with one referral now: (kind, title, button, look)."""
    kinds = []
    if referral.may_be_sent:
        kinds += [("sending", _("Tell them"), _("Send it"), "button")]
    if referral.sent_id and not referral.closed_id:
        kinds += [("outcome", _("What became of it"), _("Write it down"), "button")]
    if referral.is_open_to_answer:
        kinds += [("end", _("Give it up"), _("Do not send it"), "button-quiet")]
    return [
        drawn(
            tried.get(f"{kind}-{referral.pk}") or Sheet(FIELDS[kind]()),
            key=f"{kind}-{referral.pk}",
            title=title,
            button=button,
            action=reverse(f"case_referral_{kind}", args=[case.reference, referral.pk]),
            look=look,
            is_open=f"{kind}-{referral.pk}" in tried or kind != "end",
        )
        for kind, title, button, look in kinds
    ]


def _deed(verb, key):
    """A view of a deed: `view(request, case, sheet, *referral)` gives (act, what to say when done)."""
    return deed_on_rows(
        verb,
        key,
        page="case_referrals",
        case_of=_case_or_404,
        rows=lambda case: case.referrals,
        fields=lambda case: FIELDS[key](),
        show=_show,
    )


@_deed("offer_referral", "offer")
def new(request, case, sheet):
    """Ask the person whether we may tell somebody about them."""
    return (
        lambda: referring.offer(
            case,
            by=request.user,
            partner=Partner.objects.get(code=sheet.values["partner"]),
            wish=sheet.values["wish"],
            once_key=once_key_of(request),
        ),
        _("The person was asked. Nothing is sent before they say yes."),
    )


@_deed("send_referral", "sending")
def sending(request, case, sheet, referral):
    """Tell the partner."""
    way = sheet.values["way"]
    return (
        lambda: referring.send(case, by=request.user, referral=referral, way=way, once_key=once_key_of(request)),
        _("Written down. The sheet is ready to be printed.") if way == Referral.Way.SHEET else _("Sent."),
    )


@_deed("close_referral", "outcome")
def outcome(request, case, sheet, referral):
    """Write down what became of it."""
    said = sheet.values["outcome"]
    return (
        lambda: referring.close(case, by=request.user, referral=referral, outcome=said, once_key=once_key_of(request)),
        _("Written down."),
    )


@_deed("close_referral", "end")
def end(request, case, sheet, referral):
    """Give up what was not sent."""
    said = Referral.Outcome.NOT_SENT
    return (
        lambda: referring.close(case, by=request.user, referral=referral, outcome=said, once_key=once_key_of(request)),
        _("Written down."),
    )


@require_safe
def paper(request, reference, pk):
    """The sheet for the partner as a PDF; there is none before it was sent, nor once its words are erased."""
    case = _case_or_404(request, reference)
    referral = get_object_or_404(case.referrals.select_related("partner", "sent__by"), pk=pk, sent__isnull=False)
    if not rules.may_refer(case, request.user) or referral.told is None:
        raise Http404
    return pdf_response(referring.sheet_of(referral), referral.pk)

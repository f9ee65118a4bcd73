"""The flags of a case: each with its facts and their source, and what somebody answered about it."""

from django.db.models import Count, Subquery
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import can_proceed, has_transition_perm

from loans.fields import Field
from loans.lifecycle.reviewing import flags as answering
from loans.lifecycle.reviewing import sanctions
from loans.models import Application, FlagAnswer, SanctionList
from loans.views.cases.case_flag_words import facts_of, title_of
from loans.views.cases.case_tabs import tabs_of, with_tabs
from loans.views.deeds import once_key_of
from loans.views.office_deeds import attempt_in_office, drawn
from loans.views.sheets import Sheet

NOTE = Field(
    "note",
    "longtext",
    gettext_lazy("How do you know?"),
    gettext_lazy("Whoever decides reads this."),
    max_length=3000,
)
VERDICTS = dict(FlagAnswer.Verdict.choices)


def _case_or_404(request, reference):
    cases = answering.with_flags(with_tabs(Application.objects.open_to_staff(request.user)))
    lists = SanctionList.objects.filter(is_current=True).order_by().values("is_current")
    newest = SanctionList.objects.filter(is_current=True).order_by("-loaded_at").values("loaded_at")[:1]
    cases = cases.annotate(
        list_count=Subquery(lists.annotate(found=Count("pk")).values("found")), newest_list_at=Subquery(newest)
    )
    return get_object_or_404(cases, reference=reference)


@require_safe
def case_flags(request, reference):
    """Every flag, those that are open first."""
    return show_flags(request, _case_or_404(request, reference))


def show_flags(request, case, tried=None):
    """The page; `tried` is {key of a flag: its Sheet}, to be shown again."""
    tried = tried or {}
    may = can_proceed(case.answer_flag) and has_transition_perm(case.answer_flag, request.user)
    rows = [_row(case, flag, tried, may) for flag in answering.flags_of(case, request.user)]
    known = {row["flag"].key for row in rows}
    late = [sheet for key, sheet in tried.items() if key not in known]  # what raised the flag went meanwhile
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "case_flags"),
        "submission": list(case.submissions.all())[-1],
        "rows": rows,
        "reads_lists": bool(request.user.roles & sanctions.READ),
        "unsent": [words for sheet in late for words in sheet.words],
        "errors": [line for row in rows if row["deed"] for line in row["deed"]["summary"]]
        + [line for sheet in late for line in sheet.summary],
    }
    return render(request, "loans/case_flags.html", context)


def _row(case, flag, tried, may):
    """A flag as the page shows it. Where it is answered, its form is folded away."""
    deed = None
    if may:
        address = reverse("flag_answer", args=[case.reference, flag.key])
        deed = drawn(
            tried.get(flag.key) or Sheet(_fields(flag)),
            key=_id(flag),
            title=_("Answer it") if flag.is_open else _("Answer it anew"),
            button=_("Keep the answer"),
            action=f"{address}?{urlencode({'seen': flag.token})}",
            look="button" if flag.is_open else "button-quiet",
            is_open=flag.key in tried,
        )
    return {
        "flag": flag,
        "id": _id(flag),
        "title": title_of(flag),
        "facts": facts_of(case, flag),
        "deed": deed,
        "tag": _tag(flag),
        "note": flag.answer.event.note.text if flag.answer and hasattr(flag.answer.event, "note") else "",
    }


def _tag(flag):
    """(words, tone) of how a flag stands."""
    if flag.is_open:
        return (_("changed since the answer"), "bad") if flag.answer else (_("open"), "wait")
    return VERDICTS[flag.answer.verdict], "info" if flag.is_followed else "good"


def _id(flag):
    return flag.key.replace(":", "-")


def _fields(flag):
    choices = tuple((verdict, VERDICTS[verdict]) for verdict in flag.verdicts)
    return (Field("verdict", "choice", _("What is it?"), choices=choices), NOTE)


@require_http_methods(["GET", "HEAD", "POST"])
def flag_answer(request, reference, key):
    """Somebody says what a flag is."""
    case = _case_or_404(request, reference)
    here = reverse("case_flags", args=[case.reference])
    if request.method != "POST":
        return HttpResponseRedirect(here)
    flag = next((each for each in answering.flags_of(case) if each.key == key), None)
    if flag is None and not key.startswith(tuple(answering.KINDS)):
        raise Http404
    sheet = Sheet(_fields(flag) if flag else _FIELDS_OF_ANY, request.POST)
    said = sheet.values
    return attempt_in_office(
        request,
        case.answer_flag,
        lambda: answering.answer_flag(
            case,
            by=request.user,
            flag=key,
            verdict=said["verdict"],
            note=said["note"],
            seen=request.GET.get("seen", ""),
            once_key=once_key_of(request),
        ),
        sheet=sheet,
        here=here,
        done=_("The answer is kept. Whoever decides sees it."),
        show=lambda: show_flags(request, case, {key: sheet}),
    )


_FIELDS_OF_ANY = (Field("verdict", "choice", gettext_lazy("What is it?"), choices=tuple(VERDICTS.items())), NOTE)

"""What the officer does with one figure: notes a paper, adjusts, takes back, confirms. Each has its sheet."""

from functools import wraps

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from letters.wording import day
from loans.fields import Field
from loans.lifecycle.reviewing import ladder
from loans.models import Finding
from loans.models.ladder import LOOKED_AT
from loans.sections import MOST_CENTS
from loans.views.cases import case_ladder
from loans.views.cases.case import staff_case_or_404
from loans.views.cases.case_file import TARGET_GROUPS
from loans.views.deeds import once_key_of
from loans.views.office_deeds import attempt_in_office, drawn
from loans.views.sheets import Sheet

WHY = Field("note", "longtext", gettext_lazy("Why?"), gettext_lazy("Whoever decides reads this."), max_length=3000)
MAY_SAY = Field("note", "longtext", gettext_lazy("Where it stands on the paper"), required=False, max_length=3000)
GROUP = Field(
    "group",
    "select",
    gettext_lazy("Target group"),
    choices=tuple((code.value, name) for code, name in TARGET_GROUPS.items()),
)


def paper_fields(case):
    """What a paper shows, and which of the case's papers it is."""
    papers = case.documents.filter(state__in=LOOKED_AT, erased_on=None)
    choices = tuple(
        (
            str(paper.pk),
            _("%(paper)s, received on %(day)s") % {"paper": paper.about.name, "day": day(paper.added_at)},
        )
        for paper in papers
    )
    return (
        Field("cents", "money", _("What the paper shows"), most=MOST_CENTS),
        Field("document", "select", _("Which paper"), choices=choices),
        MAY_SAY,
    )


def adjusting_fields(is_verdict):
    """The figure, or the target group, that counts instead, and why."""
    if is_verdict:
        return (GROUP, WHY)
    return (Field("cents", "money", _("The figure that counts"), most=MOST_CENTS), WHY)


def may_on(case, reader):
    """The names of what the reader may do with figures now, as the machine says."""
    return {move.name for move in case.get_available_user_state_transitions(reader)}


def deeds_on(case, line, may, tried):
    """What may be done with a line, as loans/office_deed.html draws it; `tried` is {key: Sheet} to show again."""
    return list(_deeds(case, line, may, tried))


def _deeds(case, line, may, tried):
    def deed(key, title, button, name, fields=(), look="button", *more):
        return drawn(
            tried.get(key) or Sheet(fields),
            key=key,
            title=title,
            button=button,
            action=_action(case, line, name, *more),
            look=look,
            is_open=key in tried,
        )

    if "note_paper" in may and not (line.is_verdict or line.is_gone):
        title = _("What a paper shows")
        yield deed("note-paper", title, _("Note it"), "figure_paper", paper_fields(case), "button-quiet")
    if "adjust" in may and not line.is_gone:
        fields = adjusting_fields(line.is_verdict)
        yield deed("adjust", _("Adjust"), _("Adjust it"), "figure_adjustment", fields, "button-quiet")
    for rung in Finding.Rung:
        found = line.newest(rung)
        if found is None:
            continue
        told = {"rung": rung.label}
        if "confirm_finding" in may and line.is_earlier(found) and not (line.is_gone or line.is_refused(found)):
            title = _("It still holds: %(rung)s") % told
            yield deed(f"confirm-{rung}", title, title, "figure_confirmation", (), "button", rung.value)
        if "take_back" in may:
            title = _("Take back: %(rung)s") % told
            yield deed(f"take-back-{rung}", title, title, "figure_removal", (), "button-danger", rung.value)


def _action(case, line, name, *more):
    return f"{reverse(name, args=[case.reference, line.key, *more])}?{urlencode({'seen': line.token})}"


def deed_on_line(verb, key):
    """A view that does `verb` on a line: `view(request, case, line, …)` gives (act, its sheet, what to say when done).

    A stranger finds nothing; a GET goes to the page of the line.
    """

    def wrap(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request, reference, line, rung=""):
            found = staff_case_or_404(request, reference)
            here = reverse("figure", args=[found.reference, line])
            if request.method != "POST":
                return HttpResponseRedirect(here)
            it = case_ladder.line_or_404(ladder.standing_of(found), line)
            act, sheet, done = view(request, found, it, *([rung] if rung else []))
            return attempt_in_office(
                request,
                getattr(found, verb),
                act,
                sheet=sheet,
                here=here,
                done=done,
                show=lambda: case_ladder.show_figure(request, found, line, {key or _key(verb, rung): sheet}),
            )

        return guarded

    return wrap


def _key(verb, rung):
    return f"{'confirm' if verb == 'confirm_finding' else 'take-back'}-{rung}"


def _told(request, line):
    """What every verb on a line takes."""
    seen = request.GET.get("seen", "")
    return {"by": request.user, "line": line.key, "seen": seen, "once_key": once_key_of(request)}


@deed_on_line("note_paper", "note-paper")
def paper(request, found, line):
    """Note what a paper shows."""
    sheet = Sheet(paper_fields(found), request.POST)
    said = sheet.values
    return (
        lambda: ladder.note_paper(
            found,
            cents=said["cents"],
            document=int(said["document"]),
            note=said["note"] or "",
            **_told(request, line),
        ),
        sheet,
        _("Noted. It counts unless you adjust it."),
    )


@deed_on_line("adjust", "adjust")
def adjustment(request, found, line):
    """Count another figure, or another target group."""
    sheet = Sheet(adjusting_fields(line.is_verdict), request.POST)
    said = sheet.values
    what = {"group": said["group"]} if line.is_verdict else {"cents": said["cents"]}
    return (
        lambda: ladder.adjust(found, note=said["note"], **what, **_told(request, line)),
        sheet,
        _("Adjusted. This counts now."),
    )


@deed_on_line("take_back", "")
def removal(request, found, line, rung):
    """Take back what was found on a rung."""
    sheet = Sheet((), request.POST)
    return lambda: ladder.take_back(found, rung=rung, **_told(request, line)), sheet, _("Taken back.")


@deed_on_line("confirm_finding", "")
def confirmation(request, found, line, rung):
    """What was found about an earlier answer holds for the new one."""
    sheet = Sheet((), request.POST)
    return lambda: ladder.confirm_finding(found, rung=rung, **_told(request, line)), sheet, _("Confirmed.")

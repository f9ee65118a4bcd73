"""Proposing a change of a setting, a new one, or an end, each shown first; and the second person's answer."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config import clock
from loans.fields import Field
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import office_settings
from loans.models import SettingChange
from loans.settings import PRODUCTS, RATES
from loans.settings.kind import stamp
from loans.views.deeds import UNPROCESSABLE, attempt, new_once_key, once_key_of
from loans.views.office_deeds import drawn
from loans.views.settings.office_setting_letter import letter_of
from loans.views.settings.office_setting_preview import EXAMPLE, previews
from loans.views.settings.office_setting_words import differences, raw_of, typed_day
from loans.views.settings.office_settings import PEOPLE, kind_or_404, show_proposal
from loans.views.sheets import Sheet

Act = SettingChange.Act
STARTS = Field("effective_from", "date", gettext_lazy("From which day?"))
WHY = Field("reason", "longtext", gettext_lazy("Why?"), gettext_lazy("It stays in the history."), max_length=2000)
LAST_DAY = Field("last_day", "date", gettext_lazy("The last day"))


def _proposing(request, slug, code=None):
    """(kind, its newest row or None) for somebody who may change it."""
    kind = kind_or_404(request, slug)
    if not request.user.roles & kind.may_propose:
        raise PermissionDenied
    row = kind.rows(code).first() if code is not None else None
    if code is not None and row is None:
        raise Http404
    return kind, row


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, kind, code):
    """Change a setting: first it is shown what would be different, then it is proposed."""
    kind, row = _proposing(request, kind, code)
    return _Form(request, kind, row).answer()


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, kind):
    """A new setting of a kind that takes new ones."""
    kind, _row = _proposing(request, kind)
    if not kind.can_add:
        raise Http404
    return _Form(request, kind, None).answer()


class _Form:
    """The form of a change, or of a new setting where there is no row yet."""

    def __init__(self, request, kind, row):
        self.request, self.kind, self.row = request, kind, row
        self.act = Act.CHANGE if row is not None else Act.ADD
        self.standing = kind.answers_of(row) if row is not None else {}
        self.first = () if row is not None else kind.first_fields
        self.last = (*((STARTS,) if kind.starts else ()), WHY)
        self.example = EXAMPLE if kind in (PRODUCTS, RATES) else ()
        fields = (*self.first, *kind.fields, *self.last, *self.example)
        self.sheet = Sheet.of(request, fields, self._begun())
        self.shown = []

    def _begun(self):
        begun = {field.name: raw_of(field, self.standing.get(field.name)) for field in self.kind.fields}
        return {**begun, STARTS.name: typed_day(self._first_free_day())}

    def _first_free_day(self):
        """Today, or the day after the newest version began."""
        began = getattr(self.row, self.kind.starts) if self.row is not None and self.kind.starts else date.min
        return max(clock.today(), began + timedelta(days=1))

    @property
    def code(self):
        """Of the row, or as it was typed."""
        return str(getattr(self.row, self.kind.key)) if self.row is not None else self.sheet.values["code"]

    @property
    def starts(self):
        """The day that was typed, for a dated setting."""
        typed = self.sheet.values.get(STARTS.name)
        return date.fromisoformat(typed) if typed else None

    @property
    def mark(self):
        """The stamp of what would be proposed: only what was shown is."""
        return stamp({name: value for name, value in self.sheet.values.items() if not name.startswith("example_")})

    def answer(self):
        """The page for a GET; for a POST what would change, or once that was shown, the deed."""
        if self.request.method != "POST":
            return self.show()
        if self.sheet.is_answered and not self._was_shown():
            return self._preview()
        return attempt(
            self.request,
            self._propose,
            sheet=self.sheet,
            then=lambda made: reverse("setting_proposal", args=[made.pk]),
            done=_("Kept. Here is what was written down."),
            show=self.show,
        )

    def _was_shown(self):
        return "propose" in self.request.POST and self.request.POST.get("shown") == self.mark

    def _propose(self):
        said = {"by": self.request.user, "reason": self.sheet.values["reason"], "once_key": once_key_of(self.request)}
        if self.act == Act.ADD:
            return office_settings.add(self.kind, self.code, self.sheet.values, starts=self.starts, **said)
        seen = self.request.POST.get("seen", "")
        return office_settings.propose(self.kind, self.code, self.sheet.values, starts=self.starts, seen=seen, **said)

    def _preview(self):
        answers = office_settings.tidied(self.kind, self.act, self.sheet.values)
        try:
            made = office_settings.check(self.kind, self.code, self.act, answers, self.starts)
        except Refused as refused:
            self.sheet.refuse(refused)
            return self.show(status=UNPROCESSABLE)
        before = self.kind.rows(self.code).first()
        lines = differences(self.kind, self.standing, answers)
        self.shown = {
            "lines": lines,
            "previews": previews(self.kind, made, before, self.sheet.values) if lines else [],
            "letter": letter_of(self.kind, made) if lines else [],
            "takes_two": bool(lines) and office_settings.takes_two(self.kind, self.act, self.standing, answers),
        }
        return self.show()

    def _is_open(self, group):
        """Unfolded is what is new, wrong or typed otherwise than it stands, and what is short anyway."""
        if self.row is None or len(self.kind.groups) <= 3:
            return True
        begun = self._begun()
        return any(
            field.name in self.sheet.errors or self.sheet.raws[field.name] != begun[field.name]
            for field in group.fields
        )

    def show(self, status=None):
        """The form with everything typed, and what would change where it was looked at."""
        drawn_fields = {each["name"]: each for each in self.sheet.fields}

        def draw(fields):
            return [drawn_fields[field.name] for field in fields]

        context = {
            "kind": self.kind,
            "name": self.kind.name(self.row) if self.row is not None else "",
            "code": self.code if self.row is not None else "",
            "first": draw(self.first),
            "groups": [(group, draw(group.fields), self._is_open(group)) for group in self.kind.groups],
            "last": draw(self.last),
            "example": draw(self.example),
            "shown": self.shown,
            "mark": self.mark if self.shown else "",
            "seen": stamp(self.standing) if self.request.method != "POST" else self.request.POST.get("seen", ""),
            "once_key": new_once_key(),
            "errors": self.sheet.summary,
        }
        return render(self.request, "loans/office_setting_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request, kind, code):
    """A setting ends after a day; the page says what this means."""
    kind, row = _proposing(request, kind, code)
    if not kind.can_end:
        raise Http404
    sheet = Sheet.of(request, (LAST_DAY, WHY))

    def show():
        deed = drawn(
            sheet,
            key="end",
            title=_("End it"),
            button=_("End it after this day"),
            action=reverse("setting_closing", args=[kind.slug, code]),
            look="button-danger",
        )
        context = {"kind": kind, "code": code, "name": kind.name(row), "deed": deed, "errors": deed["summary"]}
        return render(request, "loans/office_setting_end.html", context)

    if request.method != "POST":
        return show()
    return attempt(
        request,
        lambda: office_settings.close(
            kind,
            code,
            date.fromisoformat(sheet.values["last_day"]),
            by=request.user,
            reason=sheet.values["reason"],
            once_key=once_key_of(request),
        ),
        sheet=sheet,
        then=lambda made: reverse("setting_proposal", args=[made.pk]),
        done=_("Kept. Here is what was written down."),
        show=show,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request, pk):
    """The second person confirms or refuses; whoever proposed it may take it back."""
    row = get_object_or_404(SettingChange.objects.select_related(*PEOPLE), pk=pk)
    if not (office_settings.may_confirm(row, request.user) or row.proposed_by_id == request.user.pk):
        raise PermissionDenied
    here = reverse("setting_proposal", args=[row.pk])
    if request.method != "POST":
        return HttpResponseRedirect(here)
    confirmed = request.POST.get("answer") == "confirm"
    sheet = Sheet((), request.POST)
    return attempt(
        request,
        lambda: office_settings.decide(row, by=request.user, confirmed=confirmed),
        sheet=sheet,
        then=here,
        done=_("Confirmed. It holds from its day on.") if confirmed else _("Not confirmed. Nothing changes."),
        show=lambda: show_proposal(
            request, SettingChange.objects.select_related(*PEOPLE).get(pk=pk), errors=sheet.summary
        ),
    )

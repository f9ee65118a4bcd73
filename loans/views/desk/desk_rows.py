"""The rows of the desk: a case with all that its line says, in a handful of queries however many there are."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import Role
from config import clock
from loans.lifecycle.promise import NEAR_DAYS, days_to
from loans.lifecycle.reviewing.number_ends import end_of
from loans.models import Application, Party, Vote
from loans.views.cases.next_step import next_step, tone_of, with_next_step
from loans.views.desk.desk_lists import ANSWERERS, MOST, UNREAD

PAGE = 50  # cases on one page


class Pages(Paginator):
    """The pages of what was asked for, as far as it is shown; `count` was counted beforehand."""

    def __init__(self, asked, count):
        super().__init__(asked, PAGE)
        self.count, self.goes_on = min(count, MOST), count > MOST

    def page(self, number):
        """One page, its rows ready."""
        number = self.validate_number(number)
        start = (number - 1) * PAGE
        return self._get_page(rows_of(self.object_list, start, min(start + PAGE, self.count)), number, self)


def rows_of(asked, start, end):
    """The rows from place `start` to before `end` of what is asked for, in its order."""
    # First the keys alone, by their index; then all that a row shows, of these few.
    keys = asked.found().order_by(*asked.by).values("pk")[start:end]
    cases = dressed(Application.objects.filter(pk__in=keys), asked.reader)
    return [row_of(case, asked.reader) for case in cases.order_by(*asked.by)]


def dressed(cases, reader):
    """With all that a row shows. `reader` is a stranger to them (ApplicationQuerySet.open_to_staff)."""
    votes = [Prefetch("recommendations__votes", Vote.objects.defer("in_favour"))] if _votes(reader) else []
    strangers = Prefetch("parties", Party.objects.none())  # the rules look for the reader among them, who is not there
    return (
        with_next_step(cases, reader)
        .annotate(has_news=Exists(UNREAD.filter(application=OuterRef("pk"))))
        .select_related("product", "applicant__user", "reviewer")
        .prefetch_related("loans", "recommendations", *votes, strangers)
    )


def row_of(case, reader):
    """What the line of a case says."""
    answers = bool(reader.roles & ANSWERERS)
    return {
        "case": case,
        "next": next_step(case, reader),
        "tone": tone_of(case),
        "has_news": case.has_news and answers,
        "number_end": end_of(case, clock.today()) if answers else None,
        "days": (clock.today() - clock.day_of(case.submitted_at)).days,
        "promise": promise_shown(case),
    }


def _votes(reader):
    return Role.COMMITTEE in reader.roles


def promise_shown(case):
    """By when we promised an answer, the days left or over, and the tone of the sign; None when nothing is promised."""
    left = days_to(case, clock.today())
    if left is None:
        return None
    tone = "bad" if left < 0 else "wait" if left <= NEAR_DAYS else ""
    return {"day": case.promised_by, "left": left, "over": -left, "tone": tone}

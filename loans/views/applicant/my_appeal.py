"""My appeal: asking that somebody else looks at a no."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config import clock
from loans.fields import Field
from loans.lifecycle.deciding import appeal as appeals
from loans.views.applicant.mine import owned_or_404
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet

WHY = (
    Field(
        "note",
        "longtext",
        gettext_lazy("What did we get wrong, or what has changed?"),
        gettext_lazy("A few sentences are enough. Somebody who did not decide will read them."),
        max_length=3000,
    ),
)


def _may_appeal(case, user):
    in_time = case.appeal_until is None or case.appeal_until >= clock.today()
    return in_time and any(move.name == "appeal" for move in case.get_available_user_state_transitions(user))


@require_http_methods(["GET", "POST"])
def appeal(request, reference):
    """Ask for a second look, with the reason."""
    case = owned_or_404(request, reference)
    sheet = Sheet.of(request, WHY)
    here = reverse("my_case", args=[case.reference])

    def show():
        return render(request, "loans/appeal.html", {"case": case, "sheet": sheet, "once_key": new_once_key()})

    if request.method == "GET":
        return show() if _may_appeal(case, request.user) else HttpResponseRedirect(here)
    return attempt(
        request,
        lambda: appeals.appeal(case, by=request.user, note=sheet.values["note"], once_key=once_key_of(request)),
        sheet=sheet,
        then=here,
        done=_("Sent. Somebody who did not decide will look at it."),
        show=show,
    )

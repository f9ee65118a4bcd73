"""Help with typing: the applicant lets somebody in and out again; the helper's own page of that form."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import TransitionNotAllowed

from loans.assisted_words import words_for
from loans.fields import Field
from loans.lifecycle.applying import assistance
from loans.models import Application, Event, Way
from loans.models.consent import language_read
from loans.views.applicant.mine import owned_or_404
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.sheets import Sheet


def _fields():
    """Who shall help, and the consent in the words of today."""
    return (
        Field("name", "text", _("Name of the person who helps you"), max_length=150),
        Field(
            "email",
            "email",
            gettext_lazy("Their e-mail address"),
            gettext_lazy("The one they read themselves."),
        ),
        Field("agreed", "checkbox", words_for(Way.HELPER, language_read())),
    )


@require_http_methods(["GET", "POST"])
def my_helper(request, reference):
    """Who helps, and since when; or letting somebody help."""
    case = owned_or_404(request, reference)
    if case.state != Application.State.DRAFT:
        raise Http404
    sheet = Sheet.of(request, _fields())
    here = reverse("my_helper", args=[case.reference])

    def show():
        helps = list(case.assistances.select_related("helper", "event", "ended"))
        context = {
            "case": case,
            "sheet": sheet,
            "help": next((each for each in helps if each.ended_id is None), None),
            "ended": [each for each in helps if each.ended_id is not None],
            "once_key": new_once_key(),
        }
        return render(request, "loans/my_helper.html", context)

    if request.method == "GET":
        return show()
    return attempt(
        request,
        lambda: assistance.invite(
            case,
            by=request.user,
            email=sheet.values["email"],
            name=sheet.values["name"],
            agreed=bool(sheet.values["agreed"]),
            once_key=once_key_of(request),
        ),
        sheet=sheet,
        then=here,
        done=_("We wrote to this person. They can help you now."),
        show=show,
    )


@require_http_methods(["GET", "POST"])
def my_helper_end(request, reference):
    """The applicant ends the help, at once."""
    case = owned_or_404(request, reference)
    here = reverse("my_helper", args=[case.reference])
    if case.state != Application.State.DRAFT:
        raise Http404
    return _end(request, case, here, here, _("The help is over. Only you see this form now."))


def _helped_or_404(request, reference):
    drafts = Application.objects.typed_for_somebody_by(request.user).filter(assisted_way=Way.HELPER)
    return get_object_or_404(drafts.select_related("applicant__user", "product"), reference=reference)


@require_safe
def helping(request, reference):
    """The helper's page of the one form they help with."""
    case = _helped_or_404(request, reference)
    return render(request, "loans/my_helping.html", {"case": case, "once_key": new_once_key()})


@require_http_methods(["GET", "POST"])
def helping_end(request, reference):
    """The helper stops."""
    key = once_key_of(request)
    if key and Event.objects.filter(once_key=key, by=request.user, case__reference=reference).exists():
        return redirect("my_cases")
    case = _helped_or_404(request, reference)
    here = reverse("helping", args=[case.reference])
    return _end(request, case, here, reverse("my_cases"), _("You do not help with this form any more."))


def _end(request, case, here, then, done):
    if request.method != "POST":
        return HttpResponseRedirect(here)
    try:
        assistance.end(case, by=request.user, once_key=once_key_of(request))
        messages.success(request, done)
    except TransitionNotAllowed:
        messages.info(request, _("This form was sent already. Here is how it stands now."))
    return HttpResponseRedirect(then)

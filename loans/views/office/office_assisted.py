"""Applying with somebody: the drafts that the reader types for people, and beginning another one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.phones import PhoneError, read_number
from config.languages import BINDING, NAMES
from letters.languages import offered
from loans import rules
from loans.assisted_words import SPOKEN
from loans.fields import Field
from loans.lifecycle.applying import assistance
from loans.models import Application, Event, Product, Way
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.office.office_post import waiting_for
from loans.views.sheets import Sheet

WAYS = tuple((way.value, way.label) for way in assistance.BY_THE_OFFICE)


def _only_who_assist(request):
    if not request.user.roles & rules.ASSISTS:
        raise PermissionDenied


@require_safe
def assisted(request):
    """The drafts the reader types for people, and the signed pages that wait for a second pair of eyes."""
    _only_who_assist(request)
    drafts = Application.objects.typed_for_somebody_by(request.user).exclude(assisted_way=Way.HELPER)
    waiting = Application.objects.to_look_at_second(request.user)
    context = {
        "letters": waiting_for(request.user).count(),
        "drafts": drafts.select_related("applicant__user", "product").order_by("started_at"),
        "waiting": [
            case
            for case in waiting.select_related("applicant__user", "product", "assisted_by").prefetch_related("parties")
            if rules.may_look_second(case, request.user)
        ],
    }
    return render(request, "loans/office_assisted.html", context)


def fields_to_begin():
    """What one asks before one may type for somebody."""
    products = tuple((product.code, product.name) for product in Product.objects.on_offer())
    languages = tuple((code, NAMES[code]) for code in dict.fromkeys((*BINDING, *offered())))
    return (
        Field("name", "text", gettext_lazy("Name of the person"), max_length=150),
        Field("way", "choice", gettext_lazy("How the answers reach you"), choices=WAYS),
        Field("product", "select", gettext_lazy("Loan"), choices=products),
        Field("language", "select", gettext_lazy("Language the person reads"), choices=languages),
        Field(
            "email",
            "email",
            gettext_lazy("E-mail address of the person"),
            gettext_lazy("Only their own. Without one, our letters go by post."),
            required=False,
        ),
        Field(
            "phone",
            "tel",
            gettext_lazy("Telephone of the person, for a code by text message"),
            gettext_lazy("Only their own."),
            required=False,
            max_length=40,
        ),
        Field("agreed", "checkbox", gettext_lazy("I read these words to the person, and they agreed.")),
    )


@require_http_methods(["GET", "POST"])
def assisted_new(request):
    """Begin a form for somebody who agreed to it."""
    _only_who_assist(request)
    sheet = Sheet.of(request, fields_to_begin(), initial={"language": "en"})

    def show():
        context = {"sheet": sheet, "once_key": new_once_key(), "spoken": SPOKEN}
        return render(request, "loans/office_assisted_new.html", context)

    if request.method == "GET":
        return show()
    said, phone = sheet.values, _number_in(sheet)

    def begin():
        return assistance.begin(
            Product.objects.on_offer().get(code=said["product"]),
            by=request.user,
            name=said["name"],
            way=said["way"],
            agreed=bool(said["agreed"]),
            email=said["email"] or "",
            phone=phone,
            language=said["language"],
            once_key=once_key_of(request),
        )

    return attempt(
        request,
        begin,
        sheet=sheet,
        then=lambda case: reverse("task_list", args=[case.reference]) if case else reverse("assisted"),
        done=_("The form is open. Everything you type is saved."),
        show=show,
    )


def _number_in(sheet):
    """The number as E.164, or an empty text; one that cannot be read becomes an error beside its box."""
    typed = sheet.values["phone"]
    if not typed:
        return ""
    try:
        return read_number(typed)
    except PhoneError:
        sheet.errors["phone"] = _("Please write a phone number with its area code, such as 613-555-0142.")
        return ""


def was_done(request, reference):
    """Whether this very form was sent before by this reader: the draft may not be theirs to see any more."""
    key = once_key_of(request)
    return bool(key) and Event.objects.filter(once_key=key, by=request.user, case__reference=reference).exists()

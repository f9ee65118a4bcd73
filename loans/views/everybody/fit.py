"""“Is this for me?”: one question a page, one tap an answer, and then which loans fit and who else may help.

It asks by GET, so that the answers stand in the address and nowhere else; it writes nothing and knows nobody.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from applicants.models import Partner
from config import clock
from loans.models import Product
from loans.screening import MOST_QUESTIONS, Screening


@login_not_required
@require_safe
def fit(request):
    """The next question, or what follows from the answers."""
    products = Product.objects.on_offer().prefetch_related("eligibility")
    screening = Screening(products, request.GET, clock.today())
    context = {"screening": screening, "given": _given(screening.answered)}
    if screening.name:
        return _ask(request, context)
    verdicts = screening.verdicts
    context |= {
        "fitting": [verdict for verdict in verdicts if verdict.fits],
        "open": [verdict for verdict in verdicts if verdict.fits is None],
        "others": [verdict for verdict in verdicts if verdict.fits is False],
        "helpers": _helpers(screening.situations),
    }
    return render(request, "loans/fit.html", context)


def _ask(request, context):
    given = context["given"]
    steps = {"number": len(given) + 1, "most": MOST_QUESTIONS}
    back = given[-1]["change_url"] if given else reverse("home")
    return render(request, "loans/fit_question.html", {**context, **steps, "back": back})


def _given(answered):
    """Each answer, with the address on which it can be given anew: what came before it stands."""
    told = [(each.name, each.choice.code) for each in answered]
    return [
        {
            "name": each.name,
            "code": each.choice.code,
            "label": each.label,
            "value": each.choice.label,
            "change_url": f"{reverse('fit')}?{urlencode(told[:number])}",
        }
        for number, each in enumerate(answered)
    ]


def _helpers(situations):
    """[(what they help with, the partners)] of those who help in these situations, in the order of Partner.Kind."""
    found = [partner for partner in Partner.objects.current() if set(partner.helps) <= situations]
    by_kind = [(kind.label, [partner for partner in found if partner.kind == kind]) for kind in Partner.Kind]
    return [(label, partners) for label, partners in by_kind if partners]

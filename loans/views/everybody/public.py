"""The front door: what the office does, for whom and what it costs, before any account exists."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.menu import menu_for
from loans.lifecycle.lending import planning
from loans.lifecycle.refusal import Refused
from loans.models import Product


@login_not_required
@require_safe
def home(request):
    """The home page: the products on offer, each with a worked example from the engine."""
    products = Product.objects.on_offer().select_related("fund")
    return render(request, "loans/home.html", {"products": list(_with_examples(products))})


def _with_examples(products):
    """Each product with its example; one that may not be offered today, or that has no rate yet, is left out."""
    for product in products:
        with suppress(Refused):
            example = planning.lawful_estimate(product, **planning.opening_terms(product))
            yield {"product": product, "example": example}


@require_safe
def home_for_me(request):
    """Where somebody who signed in wants to be: the desk, the loans, or their own applications."""
    return redirect(menu_for(request.user)[0][1])

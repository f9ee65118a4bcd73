"""The front door: what the office does, for whom and what it costs, before any account exists."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.menu import menu_for
from loans.lifecycle.planning import example_of
from loans.models import Product


@login_not_required
@require_safe
def home(request):
    """The home page: the products on offer, each with a worked example from the engine."""
    products = [{"product": product, "example": example_of(product)} for product in Product.objects.on_offer()]
    return render(request, "loans/home.html", {"products": products})


@require_safe
def home_for_me(request):
    """Where somebody who signed in wants to be: the desk, the loans, or their own applications."""
    return redirect(menu_for(request.user)[0][1])

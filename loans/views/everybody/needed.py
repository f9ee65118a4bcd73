"""“What you will need”: the papers and the answers that a purpose asks for, told before anybody begins."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loans.models import Product
from loans.paper_needs import papers_of
from loans.purposes import PURPOSES


@login_not_required
@require_safe
def needed(request):
    """What one purpose (?purpose=…, else the first) asks for, as the products on offer have it."""
    products = list(Product.objects.on_offer())
    purposes = [purpose for slug, purpose in PURPOSES.items() if any(each.purpose == slug for each in products)]
    asked = request.GET.get("purpose")
    purpose = next((each for each in purposes if each.slug == asked), purposes[0] if purposes else None)
    context = {
        "purposes": purposes,
        "purpose": purpose,
        "papers": papers_of(purpose, [each for each in products if each.purpose == purpose.slug]) if purpose else [],
    }
    return render(request, "loans/needed.html", context)

"""Typing for somebody, in the demo: a form on the telephone that waits for its code, and one from paper, signed."""

import random

from loans.demonstration.forms import fill_in, specimen
from loans.demonstration.people import PEOPLE
from loans.lifecycle.applying import assistance, signed_pages
from loans.lifecycle.writing.messages import Attached
from loans.models import Application, Product

BY_PHONE, ON_PAPER = "Halima Warsame", "Rosa Delgado"


def type_for_two(officer):
    """`officer` types two forms; the second came back signed and waits for a colleague."""
    for name, way, email, language in (
        (BY_PHONE, "telephone", "halima@people.example", "en"),
        (ON_PAPER, "paper", "", "es"),
    ):
        product = Product.objects.on_offer().get(code="credential")
        case = assistance.begin(
            product, by=officer, name=name, way=way, email=email, phone="+16135550188", language=language, agreed=True
        )
        someone = PEOPLE[0]._replace(name=name)
        fill_in(case, officer, someone, chance=random.Random(name), cents=400_000, months=24, co_signer=None)
    case = Application.objects.get(pk=case.pk)
    page = signed_pages.print_summary(case, by=officer)
    scan = Attached("signed.png", specimen(f"signed {page.code}"))
    signed_pages.check(case, by=officer, page=page.pk, scan=scan, matches=True)

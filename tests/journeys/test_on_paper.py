"""Rosa has no e-mail and no computer: she brings her answers on paper, and gets her loan decided like everybody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Letter
from loans.models import Application
from tests.cases import COSTS, SAID, again, picture
from tests.journeys.person import Person, as_typed

pytestmark = pytest.mark.django_db


def photo(name):
    return SimpleUploadedFile(name, picture(), content_type="image/jpeg")


def test_a_paper_application_typed_by_staff(product, omar, olga, mariam, five_languages):
    typist, second, manager = Person("en", omar), Person("fr", olga), Person("fr", mariam)
    typist.opens("assisted_new")
    said = {"name": "Rosa Delgado", "way": "paper", "product": product.code, "language": "es", "agreed": "yes"}
    typist.sends("assisted_new", **said, once_key="begin")
    case = Application.objects.get()
    for slug, answers in {**SAID, "about-me": {**SAID["about-me"], "full_name": "Rosa Delgado"}}.items():
        typist.sends("section", case.reference, slug, **as_typed(answers))
    lines = {f"{name}-{n}": raw for n, line in enumerate(COSTS) for name, raw in line.items()}
    typist.sends("section", case.reference, "costs", **lines)
    for kind in product.papers:
        typist.sends("papers", case.reference, kind=kind, file=photo(f"{kind}.jpg"))

    typist.sends("assisted_printing", case.reference, once_key="print")
    assert typist.opens("assisted_summary", case.reference).content.startswith(b"%PDF-")
    alone = typist.browser.post(f"/office/signed-pages/{case.reference}/confirmation/", {"is_same": "yes"})
    assert alone.status_code == 404
    typist.sends("assisted_scan", case.reference, scan=photo("signed.jpg"), is_same="yes", once_key="scan")
    second.opens("signed_page", case.reference)
    second.sends("signed_page_confirmation", case.reference, is_same="yes", once_key="second")
    assert again(case).state == "submitted"

    typist.sends("review", case.reference, once_key="take")
    terms = {"principal_cents": "5,000", "study_months": "6", "repayment_months": "24"}
    words = {"reason-affordable": "yes", "note": "A sound plan.", "once_key": "recommend"}
    typist.sends("recommendation", case.reference, **terms, **words)
    page = manager.opens("case", case.reference).content.decode()
    assert "Omar Diallo" in page
    manager.sends("approval", case.reference, note="", once_key="approve")
    assert again(case).state == "approved"

    by_post = Letter.objects.filter(to=case.applicant.user, channel="post", state="waiting")
    assert list(by_post.values_list("kind", flat=True)) == ["received", "offer"]
    for letter in by_post:
        second.sends("post_letter", case.reference, letter.pk, once_key=f"post {letter.pk}")
    assert not by_post.all().exists()
    assert again(case).events.filter(verb="post_letter").count() == 2

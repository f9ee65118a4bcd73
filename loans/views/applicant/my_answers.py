"""My answers on paper: every question and what was typed, in my language, with a place to sign."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from letters.pdf import render_pdf
from loans.models.form import Form
from loans.views.consent_words import worded
from loans.views.paper_files import PDF
from loans.views.summary import answers_of, told_and_empty


def answers_on_paper(case, page):
    """The PDF of a printing (models.SignedPage) whose answers still stand; it bears the code of the printing."""
    person, form = case.applicant.user, Form(case)
    with override(person.reads):
        title = _("My answers: %(reference)s") % {"reference": case.reference}
        sections = [_section(form, section) for section in form.purpose.sections]
        facts = {"case": case, "page": page, "person": person, "sections": [each for each in sections if each["rows"]]}
        data = render_pdf("loans/my_answers_on_paper.html", facts, language=person.reads, title=title)
    response = HttpResponse(data, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="{case.reference}-{page.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _section(form, section):
    rows = answers_of(form, worded(section, form))
    several = len({row["line"] for row in rows}) > 1
    for row in rows:
        row["of_line"] = row["number"] if several else ""
    told, _empty = told_and_empty(rows)
    return {"title": section.title, "rows": told}

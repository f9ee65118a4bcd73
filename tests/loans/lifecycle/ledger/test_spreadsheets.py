"""A plan may come as a spreadsheet; it is known by its contents, and never run."""

import io
import zipfile

import pytest
from django.urls import reverse

from loans.lifecycle.applying import filling, submission
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing.papers import clean_paper
from loans.models.form import Form
from tests.cases import fill_in
from vault.cleaning.sheets import MOST_UNPACKED, SHEET

WORKBOOK = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as sheet:
        for name, data in {**WORKBOOK, **parts}.items():
            sheet.writestr(name, data)
    return out.getvalue()


def test_a_workbook_is_taken_as_a_plan():
    assert clean_paper(packed(), "plan").content_type == SHEET


def test_a_workbook_is_no_passport():
    with pytest.raises(Refused, match="wrong_type"):
        clean_paper(packed(), "identity")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(**{"xl/vbaProject.bin": b"Sub Auto_Open()"}), "sheet_with_macros"),
        (packed()[:60], "broken_sheet"),
        (packed(**{"xl/worksheets/sheet1.xml": b"0" * (MOST_UNPACKED + 1)}), "too_hard"),
    ],
    ids=["macros", "cut", "too big"],  # an archive holds the time of its making: no name for a test
)
def test_what_no_workbook_should_be_is_refused(data, code):
    with pytest.raises(Refused, match=code):
        clean_paper(data, "plan")


def test_another_archive_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "Hello")
    with pytest.raises(Refused, match="wrong_type"):
        clean_paper(out.getvalue(), "plan")


@pytest.mark.django_db
def test_a_workbook_is_handed_back_as_a_file_and_never_shown(client, office, amina):
    case = filling.start(amina, office.get(code="business"))
    paper = filling.add_paper(case, "plan", packed(), name="plan.xlsx", by=amina)
    client.force_login(amina)
    answer = client.get(reverse("my_paper", args=[case.reference, paper.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="paper-{paper.pages.get().file_id}.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == SHEET


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("business", "month", "papers"),
    [
        ({"stage": "idea"}, {}, ["identity", "income"]),
        ({"stage": "running", "began_on": "1/3/2025"}, {}, ["identity", "income", "registration", "bank_statements"]),
        ({"stage": "starting"}, {"how": "paper"}, ["identity", "income", "plan"]),
    ],
)
def test_a_business_is_asked_only_for_papers_that_it_can_have(office, amina, business, month, papers):
    case = filling.start(amina, office.get(code="business"))
    fill_in(case, amina, business=business, month=month)
    assert list(Form(case).paper_kinds()) == papers
    assert submission.submit(case, by=amina).state == "submitted"

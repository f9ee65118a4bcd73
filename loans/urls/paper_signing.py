"""The pages of signing on paper, under /loans/<number>/paper/."""

from django.urls import path

from loans.views.loan import loan_paper_signing as paper

urlpatterns = [
    path("", paper.paper_signing_page, name="paper_signing"),
    path("agreement/", paper.printing, name="paper_signing_print"),
    path("sheets/<int:pk>.pdf", paper.sheet_to_sign, name="paper_signing_sheet"),
    path("new/", paper.record, name="paper_signing_record"),
    path("<int:pk>/scan/", paper.scan, name="paper_signing_scan"),
    path("<int:pk>/confirmation/", paper.confirmation, name="paper_signing_confirmation"),
    path("<int:pk>/refusal/", paper.refusal, name="paper_signing_refusal"),
]

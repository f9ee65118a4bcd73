"""The reports: a list, a page each, a CSV each."""

from django.urls import path

from reports import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("<slug:slug>/", views.report, name="report"),
    path("<slug:slug>.csv", views.report_csv, name="report_csv"),
]

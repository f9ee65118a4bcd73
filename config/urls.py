"""Where every page lives. URLs are nouns; a deed is a POST to a noun."""

from django.urls import include, path

urlpatterns = [
    path("", include("loans.urls")),
    path("", include("accounts.urls")),
    path("", include("letters.urls")),
    path("reports/", include("reports.urls")),
]

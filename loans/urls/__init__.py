"""Where each page of the loan office stands: by the first word of its address.

| address | file |
|---|---|
| `/my/`, `/helping/` | `applicant.py` |
| `/desk/`, `/office/` | `office.py` |
| `/cases/<reference>/` | `cases.py` |
| `/money/`, `/loans/` | `loans.py` |
| `/loans/<number>/paper/` | `paper_signing.py` |
| `/my/<reference>/debit/` | `debit.py` |
| any other | `everybody.py` |
"""

from django.urls import include, path

urlpatterns = [
    path("", include("loans.urls.everybody")),
    path("", include("loans.urls.applicant")),
    path("", include("loans.urls.office")),
    path("", include("loans.urls.cases")),
    path("", include("loans.urls.loans")),
]

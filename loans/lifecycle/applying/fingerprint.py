"""The fingerprint of a draft: a confirmation holds for the answers and papers it was given for, and for no others."""

import json

from loans.models import Application, Page
from loans.models.form import Form
from vault.lookup import keyed_hash


def fingerprint(case: Application, form: Form | None = None) -> str:
    """64 hex digits that change with every answer that is typed and every page of a paper that comes or goes."""
    pages = Page.objects.filter(document__application=case).order_by("document__kind", "document", "number")
    papers = list(pages.values_list("document__kind", "document", "number", "file"))
    said = (form or Form(case)).as_said()
    words = json.dumps([case.pk, said, papers], sort_keys=True, default=str)
    return str(keyed_hash(words, purpose="loans.fingerprint"))

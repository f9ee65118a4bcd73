"""Papers about a loan, made the first time they are asked for; their bytes never change afterwards."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import override

from config import clock
from config.languages import BINDING
from loans.lifecycle.contracts.printing import printed
from loans.models import Loan, LoanPaper, Party
from vault.models import StoredFile


def papers_in_each_language(
    loan: Loan, kind: LoanPaper.Kind, *, occasion: str, template: str, facts: Mapping[str, Any]
) -> dict[str, StoredFile]:
    """The paper of this kind for all parties, in each language that binds one of them: what a letter attaches."""
    languages = {party.user.binds_in for party in loan.application.parties.select_related("user")}
    files = {}
    for language in sorted(languages):
        with override(language):
            title = f"{kind.label} {loan.number}"
        paper = paper_for(loan, kind, language=language, occasion=occasion, template=template, title=title, facts=facts)
        files[language] = paper.file
    return files


def paper_for(
    loan: Loan,
    kind: LoanPaper.Kind,
    *,
    language: str,
    occasion: str,
    template: str,
    title: str,
    facts: Mapping[str, Any],
    party: Party | None = None,
) -> LoanPaper:
    """The paper of this kind for this occasion, rendered from `template` and `facts` unless it was made before.

    `title` is in `language`, one of config.languages.BINDING (else ValueError). `facts` gain `code` and `verify`.
    """
    if language not in BINDING:
        raise ValueError(f"a paper is made in {' or '.join(BINDING)}, not in {language!r}")
    with transaction.atomic():
        Loan.objects.select_for_update().get(pk=loan.pk)  # two workers make it once
        known = LoanPaper.objects.filter(loan=loan, kind=kind, language=language, occasion=occasion, party=party)
        found: LoanPaper | None = known.first()
        if found:
            return found
        name = f"{loan.number}-{kind}-{language}.pdf"
        code, file = printed(template, {**facts, "loan": loan}, language=language, title=title, name=name)
        made: LoanPaper = LoanPaper.objects.create(
            loan=loan,
            party=party,
            kind=kind,
            language=language,
            occasion=occasion,
            file=file,
            code=code,
            made_at=clock.now(),
        )
    return made

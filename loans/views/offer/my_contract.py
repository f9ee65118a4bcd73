"""The papers of my contract: a list with sizes, each as a PDF, or a kind word while a worker still makes them."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from loans.lifecycle.contracts import paper_making, paper_set
from loans.lifecycle.contracts.receiving import receive
from loans.models import Loan
from loans.views.paper_files import file_response


def language_of(loan, user, asked):
    """The language of the papers that this person reads: the one they signed in, else the one they `asked` for."""
    signed = loan.signatures.filter(party__user=user).select_related("agreement").first()
    return signed.agreement.language if signed else asked


def prepared(loan, party, language):
    """What this party has in this language; where an offer lacks something, a worker is rung first."""
    found = paper_set.set_of(loan, party, language)
    if found.is_whole or loan.state != Loan.State.OFFERED:
        return found
    paper_making.ask(loan, language)
    return paper_set.set_of(loan, party, language)


def listed(case, loan, party, language):
    """What the list on the page shows: `papers` with name, address, size in kB; `are_preparing` while one is missing;
    and `read`, by which the form tells which of them were read.

    Nothing before an option and a binding language ("": none yet) are chosen.
    """
    if loan.waits_for_choice or not language:
        return {"papers": [], "are_preparing": False, "read": ""}
    found = prepared(loan, party, language)
    rows = [(_("Loan agreement"), reverse("agreement", args=[case.reference]), found.agreement)]
    rows += [(paper.get_kind_display(), _address(case, paper), paper) for paper in found.beside]
    papers = [_row(name, url, made.file, language) for name, url, made in rows if made is not None]
    return {
        "papers": papers,
        "are_preparing": not found.is_whole and loan.state == Loan.State.OFFERED,
        "read": found.fingerprint,
    }


def _row(name, url, file, language):
    return {"name": name, "url": url, "kilobytes": max(1, round(file.size / 1000)), "language": language}


def _address(case, paper):
    return reverse("offer_paper", args=[case.reference, paper.kind])


def show(request, case, loan, kind, asked):
    """The paper of this kind ("agreement": that one) in the language `asked` for or signed in, or the page that says it
    is being made; a kind that this person does not get is a 404.
    """
    party = loan.application.parties.get(user=request.user)
    language = language_of(loan, request.user, asked)
    if kind != "agreement" and kind not in {each.kind for each in paper_set.wanted(party, language)}:
        raise Http404
    found = prepared(loan, party, language)
    there = {paper.kind: paper for paper in found.beside} | {"agreement": found.agreement}
    if there.get(kind) is not None:
        receive(case, there[kind].file, by=request.user)
        return file_response(there[kind].file)
    if loan.state != Loan.State.OFFERED:
        raise Http404
    return preparing(request, case)


def preparing(request, case):
    """A worker makes the papers: come back in a minute, to the same page or, from a deed, to the offer."""
    again = request.path_info if request.method == "GET" else ""
    return render(request, "loans/offer_preparing.html", {"case": case, "again": again})

"""The papers about a loan beside its agreement, as its parties and the office find and open them."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loans.lifecycle.contracts.receiving import receive
from loans.models import LoanPaper
from loans.views.applicant.mine import mine_or_404
from loans.views.loan.loan_desk import loan_or_404
from loans.views.loan.loan_page import sees_payers
from loans.views.paper_files import file_response


def meant_for(user):
    """The papers that are for everybody in the loan, or for this person alone."""
    return LoanPaper.objects.filter(Q(party=None) | Q(party__user=user))


def papers_to_read(loan, user):
    """The loan's papers for this party, newest first: each in the language that binds them, where it is made in it."""
    papers = list(meant_for(user).filter(loan=loan))
    mine = {(paper.kind, paper.occasion) for paper in papers if paper.language == user.binds_in}
    shown = [paper for paper in papers if paper.language == user.binds_in or (paper.kind, paper.occasion) not in mine]
    return shown[::-1]


@require_safe
def my_loan_paper(request, reference, pk):
    """One of the papers about my loan, as a PDF."""
    case = mine_or_404(request, reference)
    papers = meant_for(request.user).select_related("file")
    found = get_object_or_404(papers, pk=pk, loan__application=case)
    receive(case, found.file, by=request.user)
    return file_response(found.file)


@require_safe
def loan_paper(request, number, pk):
    """A paper about a loan as a PDF; not for those who see names masked. Nothing is made by looking."""
    loan = loan_or_404(request, number)
    if not sees_payers(request.user):
        raise Http404
    return file_response(get_object_or_404(loan.papers.select_related("file"), pk=pk).file)

"""The pages of the money, under /money/, and of a loan, under /loans/<number>/."""

from django.urls import include, path

from loans.views.loan import changes, loan_desk, money_desk, statements, write_off
from loans.views.office import closings

urlpatterns = [
    path("money/", money_desk.money_desk, name="money_desk"),
    path("money/closings/", closings.closings, name="closings"),
    path("loans/", loan_desk.loans, name="loans"),
    path("loans/<number>/", loan_desk.loan, name="loan"),
    path("loans/<number>/agreement/<language>.pdf", loan_desk.agreement, name="loan_agreement"),
    path("loans/<number>/papers/<int:pk>.pdf", statements.loan_paper, name="loan_paper"),
    path("loans/<number>/paper/", include("loans.urls.paper_signing")),
    path("loans/<number>/cancellation/", loan_desk.cancellation, name="cancellation"),
    path("loans/<number>/advances/<int:count>/release/", loan_desk.release, name="advance_release"),
    path("loans/<number>/advances/<int:count>/sending/", loan_desk.sending, name="advance_sending"),
    path("loans/<number>/advances/<int:count>/return/", changes.advance_return, name="advance_return"),
    path("loans/<number>/pauses/", changes.pauses, name="pauses"),
    path("loans/<number>/rate/", changes.rate, name="rate"),
    path("loans/<number>/reschedules/", changes.reschedules, name="reschedules"),
    path("loans/<number>/waivers/", changes.waivers, name="waivers"),
    path("loans/<number>/charges/", changes.return_charges, name="charges"),
    path("loans/<number>/payments/", loan_desk.payments, name="payments"),
    path("loans/<number>/payments/<int:count>/receipt/", money_desk.receipt, name="payment_receipt"),
    path("loans/<number>/write-off/", write_off.write_off, name="write_off"),
    path("loans/<number>/write-off/proposal/", write_off.proposal, name="write_off_proposal"),
    path("loans/<number>/write-off/proposal/end/", write_off.proposal_end, name="write_off_proposal_end"),
    path("loans/<number>/write-off/reversal/", write_off.reversal, name="write_off_reversal"),
    path("loans/<number>/recoveries/", write_off.recoveries, name="recoveries"),
    path("loans/<number>/payments/<int:count>/reversal/", loan_desk.reversal, name="payment_reversal"),
]

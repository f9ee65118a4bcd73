"""The pages of the loan office: for everybody, for applicants under /my/, for staff under /cases/ and /loans/."""

from django.urls import path

from loans.views import case, case_papers, desk, form, loan_desk, mine, my_loan, offer, papers, public

urlpatterns = [
    path("", public.home, name="home"),
    path("start/", public.home_for_me, name="home_for_me"),
    # The applicant
    path("my/", mine.my_cases, name="my_cases"),
    path("my/new/", mine.new, name="new_application"),
    path("my/<reference>/", mine.my_case, name="my_case"),
    path("my/<reference>/withdrawal/", mine.withdrawal, name="withdrawal"),
    path("my/<reference>/form/", form.task_list, name="task_list"),
    path("my/<reference>/form/check/", form.check, name="check_answers"),
    path("my/<reference>/form/papers/", papers.papers, name="papers"),
    path("my/<reference>/form/papers/<int:pk>/removal/", papers.removal, name="paper_removal"),
    path("my/<reference>/form/<slug:slug>/", form.section, name="section"),
    path("my/<reference>/papers/<int:pk>/", papers.paper, name="my_paper"),
    path("my/<reference>/offer/", offer.offer, name="offer"),
    path("my/<reference>/offer/agreement.pdf", offer.agreement, name="agreement"),
    path("my/<reference>/offer/code/", offer.code, name="signing_code"),
    path("my/<reference>/offer/signature/", offer.signature, name="signature"),
    path("my/<reference>/offer/refusal/", offer.refusal, name="offer_refusal"),
    path("my/<reference>/loan/", my_loan.my_loan, name="my_loan"),
    # The loan office
    path("desk/", desk.desk, name="desk"),
    path("cases/<reference>/", case.case, name="case"),
    path("cases/<reference>/papers/<int:pk>/", case_papers.paper, name="case_paper"),
    path("cases/<reference>/papers/<int:pk>/acceptance/", case_papers.acceptance, name="paper_acceptance"),
    path("cases/<reference>/papers/<int:pk>/refusal/", case_papers.refusal, name="paper_refusal"),
    path("cases/<reference>/review/", case.review, name="review"),
    path("cases/<reference>/questions/", case.questions, name="questions"),
    path("cases/<reference>/notes/", case.notes, name="notes"),
    path("cases/<reference>/reopening/", case.reopening, name="reopening"),
    path("cases/<reference>/recommendation/", case.recommendation, name="recommendation"),
    path("cases/<reference>/return/", case.sending_back, name="sending_back"),
    path("cases/<reference>/approval/", case.approval, name="approval"),
    path("cases/<reference>/refusal/", case.refusal, name="refusal"),
    path("loans/", loan_desk.loans, name="loans"),
    path("loans/<number>/", loan_desk.loan, name="loan"),
    path("loans/<number>/agreement/<language>.pdf", loan_desk.agreement, name="loan_agreement"),
    path("loans/<number>/cancellation/", loan_desk.cancellation, name="cancellation"),
    path("loans/<number>/advances/<int:count>/release/", loan_desk.release, name="advance_release"),
    path("loans/<number>/advances/<int:count>/sending/", loan_desk.sending, name="advance_sending"),
    path("loans/<number>/payments/", loan_desk.payments, name="payments"),
    path("loans/<number>/payments/<int:count>/reversal/", loan_desk.reversal, name="payment_reversal"),
]

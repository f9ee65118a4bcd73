"""The pages for everybody, signed in or not."""

from django.urls import path

from accounts.limits import client, limited, typed_number
from loans.views.everybody import calculator, call_backs, complaint, fit, needed, public, told, verify

urlpatterns = [
    path("", public.home, name="home"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("is-this-for-me/", fit.fit, name="fit"),
    path("what-you-need/", needed.needed, name="needed"),
    path("call-me/", limited(call_backs.call_back, "call_back", per=typed_number), name="call_back"),
    path("call-me/thanks/", call_backs.asked, name="call_back_asked"),
    path("complaint/", limited(complaint.complaint, "complaint", per=typed_number), name="complaint"),
    path("complaint/thanks/", complaint.sent, name="complaint_sent"),
    path("verify/", limited(verify.verify, "verify", per=client, answers_typed=True), name="verify"),
    path("letters/told/", limited(told.letters_told, "letters_told", per=client), name="letters_told"),
    path("start/", public.home_for_me, name="home_for_me"),
]

"""Doors: signing up, in and out, and the second factor. The library's other pages are not opened."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.views.language import set_language

urlpatterns = [
    path("sign-in/", account.request_login_code, name="account_login"),
    path("sign-in/", account.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-up/", account.signup, name="account_signup"),
    path("sign-up/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("sign-out/", account.logout, name="account_logout"),
    # Where the library sends somebody signed in whose address is proven already.
    path("account/", RedirectView.as_view(pattern_name="home_for_me"), name="account_email"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("language/", set_language, name="set_language"),
]

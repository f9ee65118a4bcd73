"""Doors: signing up, in and out, and the second factor. The library's other pages are not opened."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.limits import limited, session, typed_address
from accounts.views.language import set_language

sign_in = limited(account.request_login_code, "sign_in", per=typed_address)

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="account_request_login_code"),
    path("sign-in/code/", limited(account.confirm_login_code, "code", per=session), name="account_confirm_login_code"),
    path("sign-up/", account.signup, name="account_signup"),
    path(
        "sign-up/code/",
        limited(account.email_verification_sent, "code", per=session),
        name="account_email_verification_sent",
    ),
    path("sign-out/", account.logout, name="account_logout"),
    # Where the library sends somebody signed in whose address is proven already.
    path("account/", RedirectView.as_view(pattern_name="home_for_me"), name="account_email"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("language/", set_language, name="set_language"),
]

"""Doors: signing up, in and out, my account and its ways in. The library's other pages are not opened."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.limits import client, limited, lost_address, session, typed_address, typed_number
from accounts.proof import strong_only
from accounts.views import lost_address as lost
from accounts.views import my_account, my_address, my_passkeys, phone, proof
from accounts.views.language import binding_language, set_language
from accounts.views.sign_in import SignIn, SignInCode, SignUp
from accounts.views.sign_out import sign_out
from letters.really_us import really_us

sign_in = limited(SignIn.as_view(), "sign_in", per=typed_address)
passkey_sign_in = limited(my_passkeys.passkey_sign_in, "passkey", per=session)
asked_for_help = limited(lost.lost_address, "lost_email", per=lost_address)
new_phone = strong_only(limited(phone.phone, "phone", per=typed_number), "reach")
phone_code = strong_only(limited(phone.phone_code, "phone_code", per=session), "reach")


def typing(view):
    """`view`, in which a code is typed."""
    return limited(view, "code", per=session)


urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="account_request_login_code"),
    path("sign-in/code/", typing(SignInCode.as_view()), name="account_confirm_login_code"),
    path("sign-in/passkey/", passkey_sign_in, name="passkey_sign_in"),
    path("lost-email/", asked_for_help, name="lost_address"),
    path("lost-email/<token>/", typing(lost.recovery_door), name="recovery_door"),
    path("lost-email/<token>/stop/", lost.recovery_stop, name="recovery_stop"),
    path("sign-up/", SignUp.as_view(), name="account_signup"),
    path("sign-up/code/", typing(account.email_verification_sent), name="account_email_verification_sent"),
    path("sign-out/", sign_out, name="account_logout"),
    path("account/", my_account.my_account, name="my_account"),
    # Where the library sends somebody signed in whose address is proven already.
    path("account/start/", RedirectView.as_view(pattern_name="home_for_me"), name="account_email"),
    path("account/proof/", typing(proof.proof), name="proof"),
    path("account/email/", my_address.my_address, name="my_address"),
    path("account/email/code/", typing(my_address.my_address_code), name="my_address_code"),
    path("account/email/keep/", my_account.my_recovery_stop, name="my_recovery_stop"),
    path("account/passkeys/", my_passkeys.my_passkeys, name="my_passkeys"),
    path("account/passkeys/new/", my_passkeys.my_passkey_new, name="my_passkey_new"),
    path("account/passkeys/<int:pk>/", my_passkeys.my_passkey, name="my_passkey"),
    path("account/sessions/", my_account.my_sessions, name="my_sessions"),
    path("account/sessions/end/", my_account.session_end, name="session_end"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("language/", set_language, name="set_language"),
    path("language/binding/", binding_language, name="binding_language"),
    path("account/reach/", phone.reach, name="reach"),
    path("account/reach/notices/", phone.notices, name="notices"),
    path("account/reach/phone/", new_phone, name="phone"),
    path("account/reach/phone/code/", phone_code, name="phone_code"),
    path("account/reach/phone/removal/", strong_only(phone.phone_removal, "reach"), name="phone_removal"),
    path("really-us/", limited(really_us, "really_us", per=client, answers_typed=True), name="really_us"),
]

"""Where the sign-in library meets the house: its mails go through the one door, its secrets through the vault."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from accounts import proof, second_factor, sessions
from accounts.models import User
from config import clock
from letters import texts
from letters.models import Lender
from letters.post import post

NOT_THE_DIGITS = gettext_lazy("These are not the digits we sent. Please look again.")
LETTERS = {
    "account/email/login_code": "sign_in_code",
    "account/email/email_confirmation": "sign_up_code",
    "account/email/email_confirmation_signup": "sign_up_code",
    "account/email/account_already_exists": "account_exists",
    "account/email/unknown_account": "no_account_here",
    "mfa/email/totp_activated": "second_factor_changed",
    "mfa/email/totp_deactivated": "second_factor_changed",
    "mfa/email/recovery_codes_generated": "second_factor_changed",
}


def phone_for_sign_in(user):
    """The hash of the number to which a code may open this account, or "". Staff never sign in by text."""
    phone = user.proven_phone
    return phone.number_hash if phone and texts.is_on() and not user.is_staff else ""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in by a code in an e-mail."""

    error_messages = {**DefaultAccountAdapter.error_messages, "incorrect_code": NOT_THE_DIGITS}

    def send_mail(self, template_prefix, email, context):
        """Post the letter that says what the library wants said."""
        user = User.objects.filter(email=email.lower()).first()
        facts = {"name": user.name if user else ""}
        if "code" in context:
            facts["code"] = context["code"]
        else:
            facts["url"] = settings.SITE_URL + reverse("account_login" if user else "account_signup")
        with transaction.atomic():
            post(
                LETTERS[template_prefix],
                to=user,
                address=email,
                facts=facts,
                language=get_language() or settings.LANGUAGE_CODE,
                occasion=f"{template_prefix}:{clock.now().isoformat()}",
            )

    def send_account_already_exists_mail(self, email):
        self.send_mail("account/email/account_already_exists", email, {})

    def save_user(self, request, user, form, commit=True):
        """A new person reads letters in the language of the page they signed up on."""
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def pre_login(self, request, user, **kwargs):
        """A code that went to an address or a number which is theirs no more lets nobody in."""
        sent_to = (get_authentication_records(request, user) or [{}])[-1]
        email, phone = sent_to.get("email"), sent_to.get("phone")
        if (email and email.lower() != user.email) or (phone and phone != phone_for_sign_in(user)):
            return HttpResponseRedirect(reverse("account_login"))
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        super().login(request, user)
        proof.opened(request, user)
        sessions.forget_over(user)

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        """The digits by text, to the number that is proven now; `phone` is only its hash."""
        with transaction.atomic():
            post(
                "text_sign_in_code",
                to=user,
                address=user.proven_phone.number_sealed,
                facts={"name": user.name, "code": code},
                occasion=f"text_sign_in_code:{clock.now().isoformat()}",
            )

    def generate_phone_verification_code(self, *, user, phone):
        return self.generate_login_code()

    def set_phone_verified(self, user, phone):
        """It was before: no other number is sent a code."""

    def add_message(self, *args, **kwargs):
        """The pages say themselves what happened; the library's flash messages stay away."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor of those who work here. Its secrets are sealed."""

    def encrypt(self, text):
        return second_factor.seal_secret(text)

    def decrypt(self, encrypted_text):
        return second_factor.open_secret(encrypted_text)

    def is_mfa_enabled(self, user, types=None):
        """A passkey is a way in, no second step: a lost one shuts nobody out, and staff still show their app."""
        known = set(types or Authenticator.Type) - {Authenticator.Type.WEBAUTHN}
        return super().is_mfa_enabled(user, types=known)

    def get_public_key_credential_rp_entity(self):
        return {**super().get_public_key_credential_rp_entity(), "name": Lender.objects.current().name or "Tremplin"}

    def can_delete_authenticator(self, authenticator):
        """Staff cannot take their second factor off themselves."""
        return not authenticator.user.is_staff

"""Where the sign-in library meets the house: its mails go through the one door, its secrets through the vault."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language

from accounts import second_factor
from accounts.models import User
from config import clock
from letters.post import post

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


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in by a code in an e-mail."""

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

    def add_message(self, *args, **kwargs):
        """The pages say themselves what happened; the library's flash messages stay away."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor of those who work here. Its secrets are sealed."""

    def encrypt(self, text):
        return second_factor.seal_secret(text)

    def decrypt(self, encrypted_text):
        return second_factor.open_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """Staff cannot take their second factor off themselves."""
        return not authenticator.user.is_staff

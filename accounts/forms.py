"""What is typed at the doors of an account. The pages draw the fields and their words themselves."""

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NO_ADDRESS = gettext_lazy("Please write an e-mail address, such as name@example.org.")
NO_DIGITS = gettext_lazy("Please type the six digits.")


def _missing(sentence):
    return {"required": sentence}


def _no_address(sentence=NO_ADDRESS):
    return {"required": sentence, "invalid": NO_ADDRESS}


class InOurWords:
    """A form of the sign-in library that says what is wrong as our own pages do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sentences = {"email": _no_address(), "code": _missing(NO_DIGITS)}
        for name in self.fields.keys() & sentences:
            self.fields[name].error_messages |= sentences[name]


class SignUpForm(InOurWords, library.SignupForm):
    """The address of somebody new."""


class SignInForm(InOurWords, library.RequestLoginCodeForm):
    """The address of somebody who comes back."""


class SignInCodeForm(InOurWords, library.ConfirmLoginCodeForm):
    """The six digits to come back in."""


class SignUpCodeForm(InOurWords, library.ConfirmEmailVerificationCodeForm):
    """The six digits that prove a new address."""


class AddressForm(forms.Form):
    """Another e-mail address for `user`."""

    email = forms.EmailField(
        max_length=254, error_messages=_no_address(gettext_lazy("Please write your new e-mail address."))
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self):
        """In small letters, as addresses are kept."""
        email = self.cleaned_data["email"].lower()
        if email == self.user.email:
            raise forms.ValidationError(_("This is the address you have now."))
        return email


class CodeForm(forms.Form):
    """Six digits that were sent."""

    code = forms.CharField(max_length=30, error_messages=_missing(NO_DIGITS))


class LostAddressForm(forms.Form):
    """Who cannot read which address any more, and how the office reaches them."""

    old_address = forms.EmailField(
        max_length=254, error_messages=_no_address(gettext_lazy("Please write the address you used with us."))
    )
    name = forms.CharField(max_length=150, error_messages=_missing(gettext_lazy("Please write your name.")))
    reach = forms.CharField(max_length=200, error_messages=_missing(gettext_lazy("Please write how we reach you.")))


class PasskeyNameForm(forms.Form):
    """What its owner calls a passkey."""

    name = forms.CharField(max_length=60, error_messages=_missing(gettext_lazy("Please write a name.")))


class PasskeyForm(forms.Form):
    """What a browser says when it has made or shown a passkey."""

    credential = forms.JSONField(error_messages={"invalid": "", "required": ""})

    def clean_credential(self):
        said = self.cleaned_data["credential"]
        if not isinstance(said, dict) or not isinstance(said.get("response"), dict):
            raise get_adapter().validation_error("incorrect_code")
        return said

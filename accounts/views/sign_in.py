"""Signing in by a code: to the e-mail address, or to the telephone that belongs to it.

Whoever types an address learns nothing about it: the page is the same whether it has an account, a telephone, or none.
"""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView, SignupView

from accounts.adapter import phone_for_sign_in
from letters import texts

NOBODY = "-"  # in the place of a number's hash, where no text is sent


class BegunAnew:
    """A door that stands open also for whoever waits for a code: perhaps the address was mistyped."""

    def _redirect_to_pending_stage(self, request, stage):
        return None


class SignUp(BegunAnew, SignupView):
    """The address of somebody new."""


class SignIn(BegunAnew, RequestLoginCodeView):
    """The address, and which way the code shall go."""

    def form_valid(self, form):
        if self.request.POST.get("to") != "phone":
            return super().form_valid(form)
        phone = phone_for_sign_in(form._user) if form._user else ""
        LoginCodeVerificationProcess.initiate(
            request=self.request, user=form._user if phone else None, phone=phone or NOBODY
        )
        return super(RequestLoginCodeView, self).form_valid(form)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "has_texts": texts.is_on()}


class SignInCode(ConfirmLoginCodeView):
    """The six digits."""

    def get_context_data(self, **kwargs):
        state = self._process.state
        return {**super().get_context_data(**kwargs), "email": state.get("email"), "by_text": "phone" in state}

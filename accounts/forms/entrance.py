"""How one comes in: an address with a password, a mailed code, and that code once more."""

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.login import perform_password_login
from allauth.core import context as current
from django import forms
from django.utils.translation import gettext_lazy as _


def remember_me() -> forms.BooleanField:
    """Never ticked beforehand."""
    words = {"label": _("Remember me on this device"), "help_text": _("Do not do this on a shared computer.")}
    return forms.BooleanField(required=False, **words)


class Asks(forms.Form):
    """Says what is still to be filled in, instead of that something is. The label stands above the box only."""

    asks = {
        "login": _("Fill in your e-mail address."),
        "email": _("Fill in your e-mail address."),
        "password": _("Fill in your password."),
        "oldpassword": _("Fill in the password you have now."),
        "password1": _("Fill in a new password."),
        "password2": _("Fill in the new password once more."),
        "code": _("Fill in the code of 6 digits."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & self.asks.keys():
            self.fields[name].error_messages["required"] = self.asks[name]
            self.fields[name].widget.attrs.pop("placeholder", None)
        if "password2" in self.fields:
            self.fields["password2"].label = _("The new password once more")


class LoginForm(Asks, allauth_forms.LoginForm):
    """An address with a password. How long someone stays signed in is asked here and kept by `stay`."""

    remember = None
    remember_me = remember_me()

    def login(self, request, redirect_url=None):
        request.session["remember_me"] = self.cleaned_data["remember_me"]
        self._login.redirect_url = redirect_url
        return perform_password_login(request, self.user_credentials(), self._login)


class RequestCodeForm(Asks, allauth_forms.RequestLoginCodeForm):
    """An address to mail a code to."""


class ForgotPasswordForm(Asks, allauth_forms.ResetPasswordForm):
    """An address to mail a link to."""


class NewPasswordForm(Asks, allauth_forms.ResetPasswordKeyForm):
    """Another password, after the link of a mail."""


class ChangePasswordForm(Asks, allauth_forms.ChangePasswordForm):
    """Another password, by who knows the one of now."""


class FirstPasswordForm(Asks, allauth_forms.SetPasswordForm):
    """A password for who had none."""


class ReauthenticateForm(Asks, allauth_forms.ReauthenticateForm):
    """The password once more, before something that asks for care."""


class NewAddressForm(Asks, allauth_forms.AddEmailForm):
    """Another address to sign in and be mailed at."""


class LoginCodeForm(Asks, allauth_forms.ConfirmLoginCodeForm):
    remember_me = remember_me()

    def clean(self) -> dict:
        found = super().clean() or self.cleaned_data
        if not self.errors:
            current.request.session["remember_me"] = found["remember_me"]
        return found


class StepUpForm(Asks, allauth_forms.BaseConfirmCodeForm):
    """The code that was just mailed, from who has nothing else to show who they are."""

"""allauth's forms in our words: its labels are written in title case and name "Email"."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from trustbook.accounts.models import User
from trustbook.accounts.models.session import SHARED_REST
from trustbook.accounts.sessions import SHARED

LABELS = {
    "Authenticator code": "The code that the app shows",
    "Current Password": "Your password until now",
    "Email": "E-mail address",
    "New Password": "New password",
    "New Password (again)": "New password once more",
    "Passwordless": "Sign in with this passkey alone",
    "Remember Me": "Keep me signed in on this device",
}
ERRORS = {
    "email_password_mismatch": "The e-mail address or the password is not right.",
    "incorrect_password": "This is not your password.",
    "enter_current_password": "Enter your password as it was until now.",
    "duplicate_email": "This is your e-mail address already.",
    "too_many_login_attempts": "There were too many tries. Wait a few minutes, then try again.",
}

SHARED_HELP = (
    f"You are signed out after {SHARED_REST} minutes without use, and when the browser is closed. "
    "Decline when the browser offers to keep the password."
)


class OurWords:
    """Gives the fields of a form our labels."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = LABELS.get(str(field.label), field.label)


class LoginForm(OurWords, account.LoginForm):
    """Sign in."""

    shared = forms.BooleanField(
        label="This is a shared device",
        help_text=SHARED_HELP,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """What was sent; a shared device keeps nobody signed in."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[no-untyped-call]
        if cleaned.get("shared"):
            cleaned["remember"] = False
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signs in, or leads to the second step."""
        request.session[SHARED] = self.cleaned_data["shared"]
        response: HttpResponse = super().login(request, redirect_url)
        return response


class AddEmailForm(OurWords, account.AddEmailForm):
    """Change the address. The one until now stays until the new one is confirmed."""

    def save(self, request: HttpRequest) -> EmailAddress:
        """Keeps the new address and sends it a mail.

        allauth at once drops a present address that was never confirmed, as without a mail
        server, and would leave an account that nobody can sign in to.
        """
        assert isinstance(self.user, User)  # noqa: S101 - for the type checker
        with transaction.atomic():
            EmailAddress.objects.filter(user=self.user, primary=False, verified=False).delete()
            address = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"])
            send_verification_email_to_address(request, address)
        return address


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """A new password by somebody who knows the present one."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """Ask for the mail that leads to a new password."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    """A new password by somebody who came with that mail."""


class ActivateTOTPForm(OurWords, AllauthActivateTOTPForm):
    """Set up an authenticator app."""


class AuthenticateForm(OurWords, mfa.AuthenticateForm):
    """The second step of signing in."""

"""allauth's passkey forms, made to refuse what it would stumble over."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from trustbook.accounts.sessions import SHARED
from trustbook.accounts.wording import OurWords

PASSKEY_ALONE = (
    "You then need no password: the device asks for a finger, a face or a PIN. "
    "Otherwise it is a second step after the password."
)


class Credential(forms.JSONField):
    """What a passkey answered, as JSON.

    Python's reader knows more ways to fail than Django expects: brackets nested too deep, numbers
    too long.
    """

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The answer. Raises ``ValidationError`` for all that is none."""
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> None:
        """Nothing: no passkey's answer is good for a second time."""


class AddWebAuthnForm(OurWords, webauthn.AddWebAuthnForm):
    """Add a passkey."""

    credential = Credential()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # allauth's own "Master key" would be taken for one that opens everything.
        had = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        self.initial["name"] = f"Passkey {had.count() + 1}"
        self.fields["passwordless"].help_text = PASSKEY_ALONE

    def clean_name(self) -> str:
        """The name, or the one that was offered."""
        return str(self.cleaned_data["name"] or self.initial["name"])

    def clean(self) -> dict[str, Any]:
        """What was sent; the library that reads a new passkey raises whatever it meets."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except (AttributeError, LookupError, TypeError, ValueError):
            raise get_adapter().validation_error("incorrect_code") from None
        return cleaned


class AuthenticateWebAuthnForm(webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in."""

    credential = Credential()


class LoginWebAuthnForm(webauthn.LoginWebAuthnForm):
    """Sign in with a passkey alone."""

    credential = Credential()
    shared = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """What was sent; whether the device is shared is kept until somebody is signed in."""
        cleaned: dict[str, Any] = super().clean() or {}
        context.request.session[SHARED] = bool(cleaned.get("shared"))
        return cleaned


class ReauthenticateWebAuthnForm(webauthn.ReauthenticateWebAuthnForm):
    """Fresh proof of who one is."""

    credential = Credential()

"""Sign-up and the settings of a person."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from trustbook.accounts.models import User
from trustbook.accounts.models.session import MONTH, RESTS, THERAPIST_REST
from trustbook.accounts.wording import OurWords


class SignupForm(OurWords, AllauthSignupForm):
    """Address, password, consent; a script fills in the time zone."""

    consent = forms.BooleanField(
        label="I am 18 or older, and I agree to the terms and to what is stored.",
        error_messages={
            "required": "Tick this box to go on: trustbook is for adults who agree to the terms."
        },
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    field_order = ["email", "password1", "consent", "time_zone"]

    def clean_time_zone(self) -> str:
        """The browser's time zone, UTC for one that is not known."""
        name = str(self.cleaned_data["time_zone"])
        return name if name in available_timezones() else "UTC"

    def save(self, request: HttpRequest) -> AbstractBaseUser:
        """The account with its address and its owner's consent, in one commit or not at all."""
        with transaction.atomic():
            user: AbstractBaseUser = super().save(request)
        return user

    def custom_signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Notes the consent and the time zone with the new account."""
        super().custom_signup(request, user)
        User.objects.filter(pk=user.pk).update(
            consented_at=timezone.now(), time_zone=self.cleaned_data["time_zone"]
        )


class RestForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """After how long without use a person is signed out."""

    class Meta:
        model = User
        fields = ["rest"]
        labels = {"rest": "Sign me out when nothing was done for"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_therapist:
            field = self.fields["rest"]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the type checker
            field.choices = therapists_rests(self.instance.rest)
            field.help_text = f"{THERAPIST_REST} minutes is the longest for a therapist."


def therapists_rests(chosen: int) -> list[tuple[int, str]]:
    """What a therapist can choose. What they had chosen before counts as the longest, and is theirs
    again when the role ends."""
    shorter = [(rest, name) for rest, name in RESTS.items() if rest < THERAPIST_REST]
    longest = chosen if chosen > THERAPIST_REST else MONTH
    return [*shorter, (longest, f"{THERAPIST_REST} minutes")]


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a person sets for themselves."""

    time_zone = forms.ChoiceField(label="Time zone")

    class Meta:
        model = User
        fields = ["display_name", "time_zone", "workbook_name"]
        labels = {
            "display_name": "What may we call you?",
            "workbook_name": "Another name for your private pages",
        }
        help_texts = {
            "display_name": "Optional. Only you see it.",
            "workbook_name": (
                "Optional. A word like “Notes” then stands in the top bar and in the title of the "
                "window instead of our name. The public pages and the address stay as they are."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(available_timezones())
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(zone, zone.replace("_", " ")) for zone in zones]

"""What a practice page may say."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator

from exercises.models import About

NOT_HTTPS = "The address has to begin with https://, so that nobody on the way can change it."
NO_ADDRESS = "Write the whole address, for example https://example.org/appointments."
WITH_NAME = "Leave out the name or password before the @: every client would see it."


class Lines(forms.CharField):
    """Several lines, counted as a browser counts them."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> Any:
        """The text with plain line ends."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class Https(forms.CharField):
    """An address that leads to a page over https, or nothing."""

    widget = forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"})
    valid = URLValidator(schemes=["https"])

    def to_python(self, value: Any) -> str:
        """The address; one without a scheme is taken for https. Raises ``ValidationError``."""
        text = str(super().to_python(value) or "")
        if not text:
            return ""
        if "://" not in text and not text.lower().startswith(("javascript:", "data:", "mailto:")):
            text = f"https://{text.removeprefix('//')}"
        try:
            parts = urlsplit(text)
            if parts.scheme.lower() not in ("https", "http"):
                raise forms.ValidationError(NO_ADDRESS, code="invalid")
            if parts.scheme.lower() == "http":
                raise forms.ValidationError(NOT_HTTPS, code="http")
            if "@" in parts.netloc:
                raise forms.ValidationError(WITH_NAME, code="name")
            self.valid(text)
        except ValueError:
            raise forms.ValidationError(NO_ADDRESS, code="invalid") from None
        except forms.ValidationError as error:
            known = error.code in ("http", "name")
            raise error if known else forms.ValidationError(NO_ADDRESS, code="invalid") from None
        return text


def too_long(what: str) -> dict[str, str]:
    """A message for a text that is longer than it may be."""
    return {"max_length": f"{what} may have %(limit_value)d characters; this has %(show_value)d."}


class PracticeForm(forms.Form):
    """What clients see of their therapist's practice."""

    name = forms.CharField(
        label="Your name, as your clients know it",
        max_length=80,
        error_messages={"required": "Write the name by which your clients know you."}
        | too_long("The name"),
    )
    credentials = forms.CharField(
        label="Credentials",
        max_length=200,
        required=False,
        help_text="For example: clinical psychologist, couples’ therapist (EFT).",
        error_messages=too_long("Credentials"),
    )
    licence = forms.CharField(
        label="Licence number",
        max_length=60,
        required=False,
        error_messages=too_long("The number"),
    )
    licensed_by = forms.CharField(
        label="Where the licence is held",
        max_length=120,
        required=False,
        help_text="The body that keeps the register, and the country or state.",
        error_messages=too_long("The place"),
    )
    languages = forms.CharField(
        label="Languages in which you work",
        max_length=120,
        required=False,
        error_messages=too_long("Languages"),
    )
    about = Lines(
        label="A few lines to your clients",
        max_length=1_200,
        required=False,
        help_text="How you work, when you can be reached. Plain text, up to 1,200 characters.",
        error_messages=too_long("The lines"),
    )
    booking = Https(
        label="Where appointments are booked",
        max_length=300,
        required=False,
        help_text="An address that begins with https://. It opens without telling that site where "
        "your client comes from.",
        error_messages=too_long("The address"),
    )

    @staticmethod
    def initial_of(about: About | None) -> dict[str, str]:
        """What stands in the form at first."""
        return asdict(about) if about else {}

    def about_page(self) -> About:
        """What was written."""
        return About(**self.cleaned_data)

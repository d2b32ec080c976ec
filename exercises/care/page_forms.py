"""The forms on the pages of one client."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from trustbook.accounts.models import User

EARLIEST = date(2000, 1, 1)
LATER = "That day is still to come. Enter the day of the last session."
EARLIER = "Enter a day of this century."


class Beside(forms.Form):
    """Whom to put beside a client."""

    other = forms.ChoiceField(
        label="Side by side with",
        error_messages={
            "required": "Choose a client.",
            "invalid_choice": "Choose one of these clients.",
        },
    )

    def __init__(self, others: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        assert isinstance(other, forms.ChoiceField)  # noqa: S101 - for the type checker
        other.choices = [("", "Choose a client"), *others]


class Met(forms.Form):
    """When the last session was held; the therapist's days."""

    day = forms.DateField(
        label="The session was held on",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        error_messages={
            "required": "Enter the day of the session.",
            "invalid": "Enter a day as year-month-day, such as 2026-05-03.",
        },
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    @classmethod
    def today_of(cls, therapist: User) -> date:
        """The therapist's own day."""
        return timezone.localdate(timezone=therapist.zone)

    @classmethod
    def blank(cls, therapist: User) -> "Met":
        """The form, with today in it."""
        today = cls.today_of(therapist)
        return cls(today, initial={"day": today})

    def clean_day(self) -> date:
        """Neither in the future nor before any session."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(LATER)
        if day < EARLIEST:
            raise forms.ValidationError(EARLIER)
        return day


class Day(forms.Form):
    """The day of a note."""

    day = forms.DateField(
        label="A note for another day",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        error_messages={
            "required": "Enter a day.",
            "invalid": "Enter a day as year-month-day, such as 2026-05-03.",
        },
    )

"""The form on which somebody says what they want to be told about, and when."""

from datetime import time
from typing import Any

from django import forms

from trustbook.lib.outbox import choosing, kinds
from trustbook.reminders.models import Schedule
from trustbook.reminders.weekly import WEEKLY

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class RemindersForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One box for each kind that this person can ask for; below the weekly one, day and time."""

    weekday = forms.TypedChoiceField(label="Day", choices=list(enumerate(DAYS)), coerce=int)
    at = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "invalid": "Write a time as hours and minutes, for example 18:30.",
            "required": "Write a time, for example 18:30.",
        },
    )

    class Meta:
        model = Schedule
        fields = ["weekday", "at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = choosing.chosen(self.instance.person)
        self.offered = kinds.offered_to(self.instance.person)
        when = {name: self.fields.pop(name) for name in self.Meta.fields}
        for kind in self.offered:
            self.fields[kind.name] = forms.BooleanField(
                label=kind.label,
                help_text=kind.help_text,
                required=False,
                initial=kind.name in chosen,
            )
            if kind == WEEKLY:
                self.fields |= when

    def clean_at(self) -> time:
        """Minutes are exact enough."""
        at: time = self.cleaned_data["at"]
        return at.replace(second=0, microsecond=0)

    def kinds(self) -> set[str]:
        """What is wanted."""
        return {kind.name for kind in self.offered if self.cleaned_data[kind.name]}

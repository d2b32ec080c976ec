"""The forms of the promise ledger."""

from datetime import date

from django import forms

from exercises.models.promise import State, Wording
from exercises.words import Words
from lessons.kinds.fields import MOST_IN_A_CELL

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
MOST_IN_UNTIL = 170
"""With a date beside it, an own list still has room for it (``MOST_IN_UNTIL`` there)."""
BY = {"me": "I", "them": "My partner"}
SAYS = {
    State.OPEN: "Still open",
    State.KEPT: "Kept",
    State.NOT_KEPT: "Not kept",
    State.CHANGED: "Changed before it was due",
    State.OTHERWISE: "I remember it otherwise",
}


class PromiseForm(forms.Form):
    """Who promised, what, and until when."""

    by = forms.ChoiceField(
        label="Who promised it?",
        choices=BY.items,
        widget=forms.RadioSelect(attrs={"autocomplete": "off"}),
        error_messages={"required": "Choose who promised it."},
    )
    what = Words(
        label="What was promised?",
        max_length=MOST_IN_A_CELL,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": "Write what was promised."},
    )
    until = Words(
        label="Until when, in words",
        help_text="If you like: each evening, or as long as the visit lasts.",
        max_length=MOST_IN_UNTIL,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due = forms.DateField(
        label="Or a day by which",
        help_text="If there is one.",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        error_messages={"invalid": "Choose a day, or write it as year, month and day: 2026-05-03."},
    )

    def clean_due(self) -> date | None:
        """A day of this age, or none."""
        due: date | None = self.cleaned_data["due"]
        if due and not EARLIEST <= due <= LATEST:
            raise forms.ValidationError("Choose a day from 2000 to 2199, or leave it out.")
        return due

    @property
    def by_me(self) -> bool:
        """Whether the one who writes it down promised it."""
        return bool(self.cleaned_data["by"] == "me")

    @property
    def wording(self) -> Wording:
        """What it says."""
        said = self.cleaned_data
        return Wording(said["what"], said["until"], said["due"])


class SayForm(forms.Form):
    """What one of the two says became of a promise."""

    state = forms.ChoiceField(
        label="What do you say?",
        help_text="Your partner sees it, and may see it differently. Both stand beside each other.",
        choices=[(state.value, label) for state, label in SAYS.items()],
        widget=forms.RadioSelect(attrs={"autocomplete": "off"}),
    )

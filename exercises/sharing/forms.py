"""What the pages of consent send."""

from typing import ClassVar

from django import forms

from exercises.models import Audience

LOOK, CONFIRM = "look", "confirm"


class ToWhom(forms.Form):
    """To whom something is shown, or is not any more."""

    audience = forms.TypedChoiceField(choices=Audience.choices, coerce=Audience)


class Showing(ToWhom):
    """One of the two steps: looking at exactly what will be seen, then confirming it."""

    step = forms.ChoiceField(choices=[(LOOK, LOOK), (CONFIRM, CONFIRM)])
    revision = forms.UUIDField()


class ShowingWeeks(ToWhom):
    """Confirming exactly the weeks that the page has shown."""

    digest = forms.CharField(max_length=64)


class TakingBack(ToWhom):
    """Takes effect at once; then one is where one pressed it."""

    BACK: ClassVar[dict[str, str]] = {
        "who": "sharing:who",
        "share": "sharing:share",
        "answers": "workbook:answers",
        "history": "workbook:history",
        "weeks": "sharing:weeks",
    }
    back = forms.ChoiceField(choices=[(name, name) for name in BACK], required=False)

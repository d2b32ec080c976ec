"""The fields of forms on which somebody invites or is invited."""

from typing import Any

from django import forms

from exercises.invitations import marks
from exercises.invitations.marks import Handed

WHOLE_ADDRESS = "Write a whole address, for example name@example.org."


class AddressField(forms.EmailField):
    """Where an invitation goes by mail."""

    def __init__(self, **named: Any) -> None:
        settings: dict[str, Any] = {
            "max_length": 254,
            "required": False,
            "widget": forms.EmailInput(attrs={"autocomplete": "off"}),
            "error_messages": {"invalid": WHOLE_ADDRESS},
        }
        super().__init__(**(settings | named))


class HandedField(forms.CharField):
    """What somebody was handed: a link, or a code."""

    def __init__(self) -> None:
        super().__init__(
            label="Link or code",
            max_length=500,
            help_text="The code has ten letters and digits. Capitals and hyphens do not matter.",
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
            ),
            error_messages={
                "required": "Type the code, or paste the whole link.",
                "max_length": "This is too long. Type the code, or paste the link alone.",
            },
        )

    def clean(self, value: Any) -> Handed:
        """The secret or the code; told apart by their looks, so this tells nothing."""
        handed = marks.read(super().clean(value))
        if handed is None:
            raise forms.ValidationError(
                "This is neither a link nor a code of ten letters and digits. Look once more at "
                "what you were given."
            )
        return handed

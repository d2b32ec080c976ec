"""The forms on which two people come together."""

from typing import Any

from django import forms

from exercises.together import marks
from exercises.together.marks import Handed

AGAIN = "This is also for somebody with whom I shared a workbook before"


class InviteForm(forms.Form):
    """Where an invitation goes."""

    email = forms.EmailField(
        label="Their e-mail address, if it should go by mail",
        max_length=254,
        required=False,
        help_text="The mail does not say who invites, and the address is not kept. "
        "Leave this empty to pass the invitation on yourself.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Write a whole address, for example name@example.org."},
    )
    again = forms.BooleanField(
        label=AGAIN,
        required=False,
        help_text="Two people who parted come together again only if both of them tick this.",
    )


class JoinForm(forms.Form):
    """What somebody was handed."""

    invitation = forms.CharField(
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
    again = forms.BooleanField(label=AGAIN, required=False, help_text="If so, both of you tick it.")

    def clean_invitation(self) -> Handed:
        """The secret or the code; told apart by their looks, so this tells nothing."""
        handed = marks.read(self.cleaned_data["invitation"])
        if handed is None:
            raise forms.ValidationError(
                "This is neither a link nor a code of ten letters and digits. Look once more at "
                "what you were given."
            )
        return handed

    def as_hidden_fields(self) -> dict[str, Any]:
        """The same once more, for the page that asks whether to go on."""
        again = {"again": "on"} if self.cleaned_data["again"] else {}
        return {"invitation": self.cleaned_data["invitation"].text} | again

"""The forms on which two people come together."""

from typing import Any

from django import forms

from exercises.invitations.fields import AddressField, HandedField

AGAIN = "This is also for somebody with whom I shared a workbook before"


class InviteForm(forms.Form):
    """Where an invitation goes."""

    email = AddressField(
        label="Their e-mail address, if it should go by mail",
        help_text="The mail does not say who invites, and the address is not kept. "
        "Leave this empty to pass the invitation on yourself.",
    )
    again = forms.BooleanField(
        label=AGAIN,
        required=False,
        help_text="Two people who parted come together again only if both of them tick this.",
    )


class JoinForm(forms.Form):
    """What somebody was handed."""

    invitation = HandedField()
    again = forms.BooleanField(label=AGAIN, required=False, help_text="If so, both of you tick it.")

    def as_hidden_fields(self) -> dict[str, Any]:
        """The same once more, for the page that asks whether to go on."""
        again = {"again": "on"} if self.cleaned_data["again"] else {}
        return {"invitation": self.cleaned_data["invitation"].text} | again

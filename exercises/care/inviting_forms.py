"""The forms on which a therapist invites clients and names them."""

import secrets
import uuid
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from exercises import clientfiles
from exercises.care import invitations
from exercises.care.invitations import Draft
from exercises.care.pasted import MOST_LINES
from exercises.invitations.fields import AddressField
from trustbook.accounts.models import User

YOURSELF = "This is your own address. Nobody can be their own client: write your client’s, or none."
INCOMPLETE = "A part of this page was missing, so nothing was made. Try again from here."
NOTHING = "Paste or type at least one line."
BY_MAIL = (
    "The mail names neither you nor anybody, and the address is not kept. "
    "Leave this empty to pass the invitation on yourself."
)


def new_token() -> str:
    """128 bits, from which an invitation follows; a page that keeps what was typed shows none."""
    return secrets.token_hex(16)


class TypedField(forms.CharField):
    """Text whose odd characters are told in our own words."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.validators = [
            one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)
        ]


class LabelField(TypedField):
    """A therapist's own name for a client."""

    def __init__(self) -> None:
        super().__init__(
            label="Your label for this client",
            help_text=f"Up to {clientfiles.LONGEST} characters; initials or a time are enough. "
            "It is encrypted, and only you see it.",
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": clientfiles.NO_LABEL},
        )

    def clean(self, value: Any) -> str:
        """One that can be kept."""
        label: str = super().clean(value)
        if wrong := clientfiles.wrong_with(label):
            raise forms.ValidationError(wrong)
        return label


class TokenField(forms.CharField):
    """Stands in the page and tells a form that is sent twice from two forms."""

    def __init__(self) -> None:
        super().__init__(
            widget=forms.HiddenInput,
            min_length=32,
            max_length=32,
            initial=new_token,
            error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
        )


class TherapistForm(forms.Form):
    """A form of one therapist."""

    def __init__(self, therapist: User, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.therapist = therapist

    def clean_email(self) -> str:
        """An address of somebody else."""
        email: str = self.cleaned_data["email"]
        if email.lower() == self.therapist.email.lower():
            raise forms.ValidationError(YOURSELF)
        return email


class InviteForm(TherapistForm):
    """A new client."""

    label = LabelField()
    email = AddressField(label="Their e-mail address, if it should go by mail", help_text=BY_MAIL)
    token = TokenField()

    draft: Draft
    made_before: bool

    def clean(self) -> dict[str, Any]:
        """What would be made; what this form has made already is not known too well."""
        said = self.cleaned_data
        if not self.errors:
            self.draft = invitations.drafted(
                self.therapist, said["token"], said["label"], said["email"]
            )
            self.made_before = bool(invitations.already(self.therapist, [self.draft]))
            known = not self.made_before and clientfiles.known_labels(self.therapist)
            if known and clientfiles.same(said["label"]) in known:
                self.add_error("label", clientfiles.KNOWN)
        return said


class AgainForm(TherapistForm):
    """A client who is known, and for whom there is no link."""

    email = AddressField(label="Their e-mail address, if it should go by mail", help_text=BY_MAIL)
    token = TokenField()


class LabelForm(forms.Form):
    """Another label."""

    label = LabelField()

    def __init__(self, therapist: User, file: uuid.UUID, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.therapist, self.file = therapist, file

    def clean_label(self) -> str:
        """One that no other client has."""
        label: str = self.cleaned_data["label"]
        if clientfiles.same(label) in clientfiles.known_labels(self.therapist, but=[self.file]):
            raise forms.ValidationError(clientfiles.KNOWN)
        return label


class ManyForm(forms.Form):
    """Several clients at once."""

    lines = TypedField(
        label="One client a line",
        strip=False,
        help_text="A label of your own for the client and, if the invitation should go by mail, an "
        "e-mail address: separated by a comma, a semicolon or a tab. A label with one of these in "
        f"it stands in quotation marks. At most {MOST_LINES} lines.",
        widget=forms.Textarea(
            attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false", "wrap": "off"}
        ),
        error_messages={"required": NOTHING},
    )
    token = TokenField()

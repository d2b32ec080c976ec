"""The form on which a client takes up an invitation."""

from django import forms

from exercises.invitations.fields import HandedField


class AcceptForm(forms.Form):
    """What a client was handed."""

    invitation = HandedField()

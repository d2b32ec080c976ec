"""What may be asked of the public pages."""

from django import forms

LONGEST_QUERY = 200


class SearchForm(forms.Form):
    """The words to search for; none at all is the page as it is opened."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={
            "max_length": f"That is longer than {LONGEST_QUERY} characters. A few words are enough."
        },
    )

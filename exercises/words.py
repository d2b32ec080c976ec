"""A text in a form of ours that is kept as it was typed."""

from typing import Any

from django import forms


class Words(forms.CharField):
    """A text with line ends as ``\\n``."""

    def to_python(self, value: Any) -> str:
        """``value``, cleaned."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class Day(forms.DateField):
    """A day, as ``<input type=date>`` sends it; nobody must name one unless it is ``required``."""

    def __init__(self, **options: Any) -> None:
        widget: Any = forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off", "class": "day"}
        )
        said = {
            "invalid": "Choose a day, or write it as year, month and day: 2026-05-03.",
            "required": "Choose a day.",
        }
        options = {
            "input_formats": ["%Y-%m-%d"],
            "required": False,
            "widget": widget,
            "error_messages": said,
        } | options
        super().__init__(**options)

"""``text``: a few lines or a page in one's own words. Value: the text."""

from typing import ClassVar, Literal

from django.utils.html import linebreaks
from django.utils.safestring import SafeString

from lessons.kinds.base import BasePrompt
from lessons.kinds.fields import MOST_CHARACTERS, Fields
from lessons.kinds.pattern import hole


class Text(BasePrompt):
    """A text field, ``short`` (two lines) or ``long``."""

    kind: Literal["text"]
    size: Literal["short", "long"] = "long"

    grouped: ClassVar[bool] = False

    def empty(self) -> str:
        """No text."""
        return ""

    def read(self, fields: Fields) -> str:
        """The text with line ends as ``\\n``."""
        return fields.text()

    def form(self, value: str) -> SafeString:
        """A text area."""
        return self.pattern.fill({"value": value})

    def show(self, value: str) -> SafeString:
        """The text in paragraphs."""
        return SafeString(linebreaks(value.strip(), autoescape=True) if value.strip() else "")

    def as_text(self, value: str) -> str:
        """The text itself."""
        return value

    def holes(self) -> dict[str, object]:
        """The text area's size and the hole for its text."""
        return super().holes() | {
            "rows": 2 if self.size == "short" else 5,
            "most": MOST_CHARACTERS,
            "value": hole("value"),
        }

"""``choice``: one of several options. Value: the option's id, or None."""

from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lessons.kinds.base import BasePrompt, Labels, Value
from lessons.kinds.fields import Fields, Refused
from lessons.kinds.options import json_bytes, option_holes
from lessons.kinds.pattern import CHECKED


class Choice(BasePrompt):
    """Radio buttons, the last of them a quiet “No answer”."""

    kind: Literal["choice"]
    options: Labels
    """Permanent ids with their labels."""

    def empty(self) -> str | None:
        """No option."""
        return None

    def read(self, fields: Fields) -> str | None:
        """The option that was chosen."""
        chosen = fields.chosen(self.options)
        if len(chosen) > 1:
            raise Refused("Only one of these can be kept. Choose the one that fits best.")
        return chosen[0] if chosen else None

    def form(self, value: str | None) -> SafeString:
        """Radio buttons."""
        return self.pattern.fill({value: CHECKED} if value else {})

    def show(self, value: str | None) -> SafeString:
        """The option's label."""
        return format_html("<p>{}</p>", self.options[value]) if value else SafeString("")

    def as_text(self, value: str | None) -> str:
        """The option's label."""
        return self.options[value] if value else ""

    def fits(self, value: Value) -> bool:
        """Whether the option is still offered."""
        return value is None or (isinstance(value, str) and value in self.options)

    def room(self) -> int:
        """The longest id, or ``null``."""
        return max(json_bytes(value) for value in (None, *self.options))

    def holes(self) -> dict[str, object]:
        """The options, each with a hole for being chosen."""
        return super().holes() | {"options": option_holes(self.options, self.input_id)}

"""``scale``: a number between two ends. Value: from 1 to ``steps``, or None."""

from functools import cached_property
from typing import Annotated, Any, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from pydantic import Field

from lessons.kinds.base import BasePrompt, Line, Value
from lessons.kinds.fields import Fields
from lessons.kinds.options import is_step, json_bytes, scale_holes
from lessons.kinds.pattern import CHECKED


class Scale(BasePrompt):
    """Radio buttons in a row, words at both ends, and a quiet “No answer”."""

    kind: Literal["scale"]
    steps: Annotated[int, Field(ge=2, le=11)]
    """How many numbers, 2 to 11."""
    low: Line
    """What 1 means."""
    high: Line
    """What the highest number means."""

    def empty(self) -> int | None:
        """No number."""
        return None

    def read(self, fields: Fields) -> int | None:
        """The number that was chosen."""
        return fields.number(self.steps)

    def form(self, value: int | None) -> SafeString:
        """Radio buttons."""
        return self.pattern.fill({str(value): CHECKED})

    def show(self, value: int | None) -> SafeString:
        """The number and what the ends mean."""
        if value is None:
            return SafeString("")
        return format_html(
            '<p class="scale-answer"><b>{}</b> of {} <span class="meta">(1: {}, {}: {})</span></p>',
            *(value, self.steps, self.low, self.steps, self.high),
        )

    def as_text(self, value: int | None) -> str:
        """The number of how many."""
        return "" if value is None else f"{value} of {self.steps}"

    def fits(self, value: Value) -> bool:
        """Whether there is such a number."""
        return is_step(value, self.steps)

    @cached_property
    def question(self) -> dict[str, Any]:
        """A number means something else between other ends."""
        return super().question | {"steps": self.steps, "low": self.low, "high": self.high}

    def room(self) -> int:
        """``null``, longer than any number."""
        return json_bytes(None)

    def holes(self) -> dict[str, object]:
        """The numbers, each with a hole for being chosen."""
        return super().holes() | scale_holes(
            self.id, self.steps, self.low, self.high, input_id=self.input_id
        )

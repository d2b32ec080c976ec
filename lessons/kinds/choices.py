"""``choices``: any of several options. Value: the ids, in the order offered."""

from typing import Annotated, Literal

from django.utils.safestring import SafeString
from pydantic import Field, model_validator

from lessons.kinds.base import BasePrompt, Labels, Value
from lessons.kinds.fields import Fields, Refused
from lessons.kinds.options import are_options, json_bytes, option_holes
from lessons.kinds.pattern import CHECKED
from lessons.kinds.reading import item_list


class Choices(BasePrompt):
    """Checkboxes, of which at most ``most`` may be ticked."""

    kind: Literal["choices"]
    options: Labels
    """Permanent ids with their labels."""
    most: Annotated[int, Field(ge=1)] | None = None
    """How many may be ticked; without it, all."""

    @model_validator(mode="after")
    def _most_is_a_limit(self) -> "Choices":
        if self.most and self.most > len(self.options):
            raise ValueError(
                f"most is {self.most}, but only {len(self.options)} options are offered; "
                "leave most out"
            )
        return self

    @property
    def limit(self) -> int:
        """How many may be ticked."""
        return self.most or len(self.options)

    def empty(self) -> list[str]:
        """Nothing ticked."""
        return []

    def read(self, fields: Fields) -> list[str]:
        """The options that were ticked."""
        chosen = fields.chosen(self.options)
        if len(chosen) > self.limit:
            raise Refused(
                f"{len(chosen)} are ticked; at most {self.limit} can be kept. Untick some."
            )
        return chosen

    def form(self, value: list[str]) -> SafeString:
        """Checkboxes."""
        return self.pattern.fill(dict.fromkeys(value, CHECKED))

    def show(self, value: list[str]) -> SafeString:
        """The labels as a list."""
        return item_list((self.options[option] for option in value), "ul", "chosen")

    def as_text(self, value: list[str]) -> str:
        """The labels, one a line."""
        return "\n".join(self.options[option] for option in value)

    def fits(self, value: Value) -> bool:
        """Whether all are still offered and as many as may be ticked."""
        return are_options(value, self.options) and len(value) <= self.limit

    def posted(self, value: list[str]) -> dict[str, list[str]]:
        """All that are ticked."""
        return {"": value}

    def room(self) -> int:
        """As many of the longest ids as may be ticked."""
        return json_bytes(sorted(self.options, key=len)[-self.limit :])

    def holes(self) -> dict[str, object]:
        """The options, each with a hole for being ticked."""
        return super().holes() | {"options": option_holes(self.options, self.input_id)}

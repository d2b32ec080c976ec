"""``letter``: steps to write and a checklist.

Value: ``{"steps": {step id: text}, "checked": [checklist ids]}``.
"""

from typing import Any, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from pydantic import model_validator

from lessons.kinds.base import Labels, Value
from lessons.kinds.fields import Fields
from lessons.kinds.options import are_options, has_texts, option_holes
from lessons.kinds.pattern import CHECKED
from lessons.kinds.reading import definitions, item_list, paragraphs_of
from lessons.kinds.sequence import StepsPrompt

CHECKED_FIELD = "checked"
TICK = "Tick what the letter says by now"
TICKED = "The letter says:"


class Letter(StepsPrompt):
    """A letter written step by step, looked over with a checklist."""

    kind: Literal["letter"]
    checklist: Labels
    """Permanent ids with what the letter should say."""

    @model_validator(mode="after")
    def _fields_are_apart(self) -> "Letter":
        if CHECKED_FIELD in self.steps:
            raise ValueError(
                f"the checklist is sent as “{CHECKED_FIELD}”; choose another id for that step"
            )
        return self

    def empty(self) -> dict[str, Any]:
        """Each step blank, nothing ticked."""
        return {"steps": dict.fromkeys(self.steps, ""), "checked": []}

    def read(self, fields: Fields) -> dict[str, Any]:
        """The text of each step and what was ticked."""
        return {
            "steps": fields.texts(self.steps),
            "checked": fields.chosen(self.checklist, CHECKED_FIELD),
        }

    def form(self, value: dict[str, Any]) -> SafeString:
        """A text area a step, then checkboxes."""
        ticks = {f"check:{item}": CHECKED for item in value["checked"]}
        return self.pattern.fill(value["steps"] | ticks)

    def show(self, value: dict[str, Any]) -> SafeString:
        """Each step's label with its text, then what was ticked."""
        ticked = item_list(self._ticked(value), "ul", "chosen")
        heading = format_html('<p class="meta">{}</p>', TICKED) if ticked else ""
        return SafeString(definitions(self.written(value["steps"])) + heading + ticked)

    def as_text(self, value: dict[str, Any]) -> str:
        """Each step's label with its text, then what was ticked."""
        ticked = "\n".join(f"- {label}" for label in self._ticked(value))
        return paragraphs_of([*self.written(value["steps"]), (TICKED, ticked)])

    def _ticked(self, value: dict[str, Any]) -> list[str]:
        return [self.checklist[item] for item in value["checked"]]

    def fits(self, value: Value) -> bool:
        """Whether the steps are today's and all that was ticked still stands in the checklist."""
        return (
            isinstance(value, dict)
            and value.keys() == {"steps", "checked"}
            and has_texts(value["steps"], self.steps)
            and are_options(value["checked"], self.checklist)
        )

    def posted(self, value: dict[str, Any]) -> dict[str, list[str]]:
        """The steps, and all that is ticked."""
        return super().posted(value["steps"]) | {CHECKED_FIELD: value["checked"]}

    def holes(self) -> dict[str, object]:
        """The steps, then the checklist with holes for being ticked."""
        return super().holes() | {
            "tick": TICK,
            "tick_id": self.part_id("tick--heading"),
            "checked_field": f"{self.id}.{CHECKED_FIELD}",
            "checklist": option_holes(self.checklist, prefix="check:"),
        }

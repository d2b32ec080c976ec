"""``sequence``: one thing after the other. Value: a dict of step id to text."""

from typing import Literal

from django.utils.safestring import SafeString

from lessons.kinds.base import BasePrompt, Labels, Value
from lessons.kinds.fields import MOST_CHARACTERS, Fields
from lessons.kinds.options import has_texts
from lessons.kinds.pattern import hole
from lessons.kinds.reading import definitions, paragraphs_of


class StepsPrompt(BasePrompt):
    """Text fields in an order; a script may open them one by one."""

    steps: Labels
    """Permanent ids with what is asked at each step."""

    def holes(self) -> dict[str, object]:
        """The steps with the holes for their texts."""
        steps = [
            {
                "id": step,
                "label": label,
                "text": hole(step),
                "input_id": self.part_id(step) if number else self.input_id,
            }
            for number, (step, label) in enumerate(self.steps.items())
        ]
        return super().holes() | {"steps": steps, "most": MOST_CHARACTERS}

    def written(self, texts: dict[str, str]) -> list[tuple[str, str]]:
        """Each step's label with its text."""
        return [(label, texts[step]) for step, label in self.steps.items()]


class Sequence(StepsPrompt):
    """Steps, for instance “when …” and “then I will …”."""

    kind: Literal["sequence"]

    def empty(self) -> dict[str, str]:
        """Each step blank."""
        return dict.fromkeys(self.steps, "")

    def read(self, fields: Fields) -> dict[str, str]:
        """The text of each step."""
        return fields.texts(self.steps)

    def form(self, value: dict[str, str]) -> SafeString:
        """A text area a step."""
        return self.pattern.fill(value)

    def show(self, value: dict[str, str]) -> SafeString:
        """Each step's label with its text."""
        return definitions(self.written(value))

    def as_text(self, value: dict[str, str]) -> str:
        """Each step's label with its text."""
        return paragraphs_of(self.written(value))

    def fits(self, value: Value) -> bool:
        """Whether the steps are today's."""
        return has_texts(value, self.steps)

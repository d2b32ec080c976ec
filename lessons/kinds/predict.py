"""``predict``: my own answer and a private guess at the other's.

Value: ``{"mine": text, "guess": text}``.
"""

from functools import cached_property
from typing import Any, ClassVar, Literal

from django.utils.html import linebreaks
from django.utils.safestring import SafeString

from lessons.kinds.base import BasePrompt, Line, Value
from lessons.kinds.fields import MOST_CHARACTERS, Fields
from lessons.kinds.options import has_texts
from lessons.kinds.pattern import hole
from lessons.kinds.reading import definitions, paragraphs_of


class Predict(BasePrompt):
    """Two text fields: ``ask`` is the label of my answer, ``guess`` that of my guess."""

    kind: Literal["predict"]
    guess: Line
    """The label of my guess."""
    of: Literal["text"] = "text"
    """What is answered and guessed."""

    # Each field has a label of its own, the first one from ``ask``.
    grouped: ClassVar[bool] = False

    @property
    def opens_together(self) -> bool:
        """Always: a guess waits for the answer that it is about."""
        return True

    def says(self, value: dict[str, str]) -> bool:
        """Whether there is an answer; a guess alone shows nothing of the one who guesses."""
        return bool(value["mine"].strip())

    @property
    def _labels(self) -> dict[str, str]:
        return {"mine": self.ask, "guess": self.guess}

    @cached_property
    def question(self) -> dict[str, Any]:
        """Both questions."""
        return super().question | {"guess": self.guess}

    def empty(self) -> dict[str, str]:
        """Neither answer nor guess."""
        return {"mine": "", "guess": ""}

    def read(self, fields: Fields) -> dict[str, str]:
        """Answer and guess."""
        return fields.texts(self._labels)

    def form(self, value: dict[str, str]) -> SafeString:
        """Two text areas."""
        return self.pattern.fill(value)

    def show(self, value: dict[str, str]) -> SafeString:
        """Answer and guess under their labels."""
        return definitions(self._written(value))

    def sides(self, value: dict[str, str]) -> tuple[SafeString, SafeString]:
        """Answer and guess apart, to be put beside those of somebody else."""
        return _paragraphs(value["mine"]), _paragraphs(value["guess"])

    def as_text(self, value: dict[str, str]) -> str:
        """Answer and guess under their labels."""
        return paragraphs_of(self._written(value))

    def _written(self, value: dict[str, str]) -> list[tuple[str, str]]:
        return [(label, value[part]) for part, label in self._labels.items()]

    def fits(self, value: Value) -> bool:
        """Whether it is an answer and a guess."""
        return has_texts(value, self._labels)

    def holes(self) -> dict[str, object]:
        """The holes for answer and guess."""
        return super().holes() | {
            "mine": hole("mine"),
            "guess": hole("guess"),
            "guess_id": self.part_id("guess"),
            "most": MOST_CHARACTERS,
        }


def _paragraphs(text: str) -> SafeString:
    return SafeString(linebreaks(text.strip(), autoescape=True) if text.strip() else "")

"""The kinds of prompt that an exercise can ask; one module each."""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from lessons.kinds.base import BasePrompt, Value
from lessons.kinds.choice import Choice
from lessons.kinds.choices import Choices
from lessons.kinds.fields import Fields, Refused
from lessons.kinds.letter import Letter
from lessons.kinds.listing import Listing
from lessons.kinds.predict import Predict
from lessons.kinds.promises import Promises
from lessons.kinds.pulse import Pulse
from lessons.kinds.recall import Recall
from lessons.kinds.rows import RowsPrompt
from lessons.kinds.scale import Scale
from lessons.kinds.sequence import Sequence
from lessons.kinds.table import Table
from lessons.kinds.text import Text

AnyKind = (
    Text
    | Choice
    | Choices
    | Scale
    | Listing
    | Table
    | Sequence
    | Letter
    | Recall
    | Pulse
    | Predict
    | Promises
)
Prompt = Annotated[AnyKind, Field(discriminator="kind")]
_prompt: TypeAdapter[BasePrompt] = TypeAdapter(Prompt)


def prompt_from(snapshot: dict[str, Any]) -> BasePrompt:
    """The prompt as it was asked when ``snapshot`` was taken.

    Snapshots are kept as long as answers are: what a kind allows may grow, never shrink, or
    an old answer could not be read any more. Raises ``pydantic.ValidationError`` for what is
    no snapshot.
    """
    return _prompt.validate_python(snapshot)


__all__ = [
    "BasePrompt",
    "Fields",
    "Predict",
    "Prompt",
    "Pulse",
    "Recall",
    "Refused",
    "RowsPrompt",
    "Text",
    "Value",
    "prompt_from",
]

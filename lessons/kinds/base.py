"""What every kind of prompt is: words from a lesson file, and how an answer is asked and read."""

import re
from abc import abstractmethod
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from django.utils.safestring import SafeString
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from lessons.kinds.fields import Fields
from lessons.kinds.pattern import Pattern

Value = Any
"""An answer as JSON can say it; each kind documents its own shape."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FORM_NAMES = frozenset({"csrfmiddlewaretoken", "finish", "more", "next", "owner", "save"})
"""Names that the form around the prompts uses for fields and buttons of its own."""


def _free(name: str) -> str:
    if name in FORM_NAMES:
        raise ValueError(f"“{name}” is a name that the form uses itself; choose another id")
    return name


def _printable(text: str) -> str:
    """``text``; a pattern marks its holes with control characters."""
    if CONTROL.search(text):
        raise ValueError("the text holds an invisible control character; type it anew")
    return text


class Given(NamedTuple):
    """A promise in somebody's answer."""

    mark: str
    """What tells it from the others of this answer; permanent for as long as it says the same."""
    what: str
    until: str = ""
    by: str = ""
    """``me`` or ``them``; empty where the answer does not say."""


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
PromptId = Annotated[Id, AfterValidator(_free)]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=600),
    AfterValidator(_printable),
]
Labels = Annotated[dict[Id, Line], Field(min_length=1, max_length=20)]
"""Permanent ids with the words shown for them, in the order shown."""
# A tuple, because a prompt is frozen; YAML has only lists, so this one type is not exact.
Questions = Annotated[tuple[Line, ...], Field(strict=False, min_length=2, max_length=3)]


class BasePrompt(BaseModel):
    """One question of an exercise. ``id`` is permanent; the words may change."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )

    id: PromptId
    """Permanent; never reused for another question."""
    ask: Line
    """The question."""
    help: Line | None = None
    """A second, quieter line under the question."""
    joint: bool = False
    """A couple's common answer; for one person alone, their own."""
    reveal: Literal["together"] | None = None
    """``together``: two answers are shown to each other at the same moment."""
    talk: Questions | None = None
    """Two or three questions to talk about, where two answers can be opened together."""

    grouped: ClassVar[bool] = True
    """Several inputs, asked as a fieldset with a legend; one input has a label."""
    answered: ClassVar[bool] = True
    """Whether an answer is kept; ``recall`` only shows one."""

    @abstractmethod
    def read(self, fields: Fields) -> Value:
        """The value that was posted. Raises ``Refused`` with what the writer should do."""

    @abstractmethod
    def form(self, value: Value) -> SafeString:
        """The inputs, filled with ``value`` (``self.empty()`` for none)."""

    @abstractmethod
    def show(self, value: Value) -> SafeString:
        """The answer to read: in the history, among one's answers, recalled in a later lesson.

        Blank parts are left out, so nothing is left of a blank answer.
        """

    @abstractmethod
    def as_text(self, value: Value) -> str:
        """The answer in plain text: for search, comparison and export."""

    @abstractmethod
    def empty(self) -> Value:
        """The value of an exercise that nobody has touched."""

    def fits(self, value: Value) -> bool:
        """Whether an answer saved earlier can be edited with the inputs of today.

        Any JSON may be asked about; whatever fits can be given to ``form`` and ``show``.
        """
        return isinstance(value, type(self.empty()))

    def posted(self, value: Value) -> dict[str, list[str]]:
        """What a browser would post for ``value``, which must fit; by part, "" for the whole.

        So an answer that comes from elsewhere is read by ``read``, like one that was typed.
        """
        parts = value if isinstance(value, dict) else {"": value}
        return {part: [str(said)] for part, said in parts.items() if said is not None}

    @property
    def gives(self) -> bool:
        """Whether answers may hold promises, which two people can take into their ledger."""
        return False

    def given(self, value: Value) -> list[Given]:
        """The promises in an answer, which must fit."""
        return []

    def room(self) -> int:
        """Bytes to set aside for any value of a closed kind, so that its length tells nothing.

        Counted as compact UTF-8 JSON. 0 for open kinds, whose length is only hidden by padding.
        """
        return 0

    @cached_property
    def pattern(self) -> Pattern:
        """The inputs, rendered once."""
        return Pattern.of(f"kinds/{self.kind}.html", self.holes())

    def holes(self) -> dict[str, object]:
        """What the kind's template is rendered with."""
        return {"prompt": self, "input_id": self.input_id}

    @property
    def opens_together(self) -> bool:
        """Whether two people can open their answers to it together."""
        return self.answered and self.reveal is not None

    def says(self, value: Value) -> bool:
        """Whether there is anything in ``value`` to show to somebody else."""
        return bool(self.show(value))

    @property
    def input_id(self) -> str:
        """The HTML id of the first input; apart from the ids of the lesson's headings."""
        return f"q-{self.id}"

    @property
    def described_by(self) -> str:
        """The HTML id of the help line, empty without one."""
        return self.part_id("help") if self.help else ""

    def part_id(self, part: str) -> str:
        """The HTML id of a part. No prompt id has two hyphens, so none can be equal to it."""
        return f"q-{self.id}--{part}"

    @cached_property
    def question(self) -> dict[str, Any]:
        """The part of a snapshot that makes it this question: changed, it is asked anew.

        Labels of options, columns and steps may be reworded; their ids are the answer's.
        """
        return {"kind": self.kind, "ask": self.ask}

    def snapshot(self) -> dict[str, Any]:
        """The wording as it was asked; ``lessons.kinds.prompt_from`` makes a prompt of it.

        What to talk about afterwards is no part of the question: it is read from the lesson.
        """
        asked = self.model_dump(exclude_defaults=True, exclude={"talk"})
        return asked | {"kind": self.kind, "ask": self.ask}

    kind: str

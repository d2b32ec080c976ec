"""``pulse``: the trust pulse, five statements about the last week and oneself.

Value: a number from 1 to 7, or None, for each id in ``STATEMENTS``. Our own wording; it is no
validated scale, has no total and says so (content outline, “The trust pulse”).
"""

from typing import Annotated, Literal

from django.utils.safestring import SafeString
from pydantic import AfterValidator

from lessons.kinds.base import BasePrompt, Id, Line, Value
from lessons.kinds.fields import Fields, Refused
from lessons.kinds.options import is_step, json_bytes, scale_holes
from lessons.kinds.pattern import CHECKED
from lessons.kinds.reading import definitions

STATEMENTS = {
    "openness": "I was open about what I felt, did and meant to do.",
    "reliability": "I did what I had said I would do.",
    "boundaries": "I could say where my limits were.",
    "support": "I felt that I had someone beside me.",
    "safety": "I felt safe to say what was on my mind.",
}
"""The statements, by permanent ids, in the order asked."""
NAMES = {
    "openness": "Openness",
    "reliability": "Reliability",
    "boundaries": "Boundaries",
    "support": "Support",
    "safety": "Safety to speak",
}
"""One word or three for each statement, for plots and tables."""
STEPS = 7
LOW = "Not at all"
HIGH = "Completely"
ASK = "Looking back on the last week: how true was each of these for you?"
LIMITS = "A look at your own week. It is no tested scale, and there is no total."

Numbers = dict[str, int | None]


def _all_five(statements: dict[str, str]) -> dict[str, str]:
    if statements.keys() != STATEMENTS.keys():
        raise ValueError(
            f"the pulse has the statements {', '.join(STATEMENTS)}; leave this key out"
        )
    return statements


class Pulse(BasePrompt):
    """Five scales from 1 to 7. A lesson needs to give nothing but an id."""

    kind: Literal["pulse"]
    ask: Line = ASK
    """The question above the statements; leave it out."""
    statements: Annotated[dict[Id, Line], AfterValidator(_all_five)] = STATEMENTS
    """Kept with each answer, so that it stays readable as asked; leave it out of a lesson."""

    @property
    def opens_together(self) -> bool:
        """Not as an answer to a lesson: it is a week that two people open."""
        return False

    def empty(self) -> Numbers:
        """No number."""
        return dict.fromkeys(self.statements)

    def read(self, fields: Fields) -> Numbers:
        """The number chosen for each statement."""
        return {part: self._number(fields, part) for part in self.statements}

    def _number(self, fields: Fields, part: str) -> int | None:
        try:
            return fields.number(STEPS, part)
        except Refused as refusal:
            raise Refused(f"“{self.statements[part]}”: {refusal}") from None

    def form(self, value: Numbers) -> SafeString:
        """Five rows of radio buttons."""
        return self.pattern.fill({f"{part}:{number}": CHECKED for part, number in value.items()})

    def show(self, value: Numbers) -> SafeString:
        """Each statement with its number."""
        return definitions(self._numbered(value))

    def as_text(self, value: Numbers) -> str:
        """Each statement with its number, one a line."""
        return "\n".join(f"{statement} {number}" for statement, number in self._numbered(value))

    def _numbered(self, value: Numbers) -> list[tuple[str, str]]:
        return [
            (statement, f"{value[part]} of {STEPS}")
            for part, statement in self.statements.items()
            if value[part] is not None
        ]

    def fits(self, value: Value) -> bool:
        """Whether each statement has a number or none."""
        return (
            isinstance(value, dict)
            and value.keys() == self.statements.keys()
            and all(is_step(number, STEPS) for number in value.values())
        )

    def room(self) -> int:
        """``null`` five times, longer than any numbers."""
        return json_bytes(self.empty())

    def snapshot(self) -> dict[str, object]:
        """Also the statements: their wording may change in a later release."""
        return super().snapshot() | {"statements": dict(self.statements)}

    def holes(self) -> dict[str, object]:
        """A scale for each statement."""
        scales = [
            {"statement": statement, "heading_id": self.part_id(part)}
            | scale_holes(
                f"{self.id}.{part}",
                *(STEPS, LOW, HIGH),
                input_id="" if number else self.input_id,
                prefix=f"{part}:",
            )
            for number, (part, statement) in enumerate(self.statements.items())
        ]
        return super().holes() | {"scales": scales, "limits": LIMITS}

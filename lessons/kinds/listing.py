"""``list``: short lines, one below the other. Value: the lines."""

from typing import Literal

from django.utils.safestring import SafeString

from lessons.kinds.base import Value
from lessons.kinds.fields import MOST_IN_A_CELL, Fields
from lessons.kinds.pattern import hole
from lessons.kinds.reading import item_list
from lessons.kinds.rows import Rows, RowsPrompt


class Listing(RowsPrompt):
    """A numbered list of lines."""

    kind: Literal["list"]
    rows: Rows = 10
    """The most lines offered."""

    @property
    def most_rows(self) -> int:
        """As the lesson says."""
        return self.rows

    def empty(self) -> list[str]:
        """No line."""
        return []

    def read(self, fields: Fields) -> list[str]:
        """The lines that are not blank."""
        return [row["line"] for row in fields.rows(["line"])]

    def cells(self, row: str) -> dict[str, str]:
        """The line."""
        return {"line": row}

    def show(self, value: list[str]) -> SafeString:
        """A numbered list."""
        return item_list(value, "ol", "answer-lines")

    def as_text(self, value: list[str]) -> str:
        """One line below the other."""
        return "\n".join(value)

    def fits(self, value: Value) -> bool:
        """Whether it is a list of texts."""
        return isinstance(value, list) and all(isinstance(line, str) for line in value)

    def row_holes(self) -> dict[str, object]:
        """The hole for the line."""
        return super().row_holes() | {"line": hole("line"), "most": MOST_IN_A_CELL}

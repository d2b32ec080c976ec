"""What the kinds whose answer grows row by row have in common."""

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from django.utils.safestring import SafeString
from pydantic import Field

from lessons.kinds.base import BasePrompt
from lessons.kinds.fields import MOST_ROWS
from lessons.kinds.pattern import Pattern, hole

Rows = Annotated[int, Field(ge=1, le=MOST_ROWS)]

ROW = "#"
"""The hole for the row's number; no column's id can be this."""
PLACEHOLDER = "__row__"
"""What a script replaces by the number of the row that it adds."""
HIDDEN = SafeString(" hidden")


class RowsPrompt(BasePrompt):
    """An answer of rows. A row without text is left out when the form is read."""

    @property
    @abstractmethod
    def most_rows(self) -> int:
        """The most rows offered; an earlier answer with more keeps them."""

    @abstractmethod
    def cells(self, row: Any) -> Mapping[str, str]:
        """What fills the holes of one row."""

    def form(self, value: list[Any], extra: int = 0) -> SafeString:
        """The rows filled in, some blank ones and ``extra``, what the writer asked for."""
        filled = len(value)
        offered = min(self.most_rows, max(3, filled + 2) + extra)
        rows = [self.row(n).fill(self.cells(row)) for n, row in enumerate(value, start=1)]
        rows += [self.row(n).fill({}) for n in range(filled + 1, offered + 1)]
        full = HIDDEN if offered >= self.most_rows else ""
        return self.pattern.fill({"rows": SafeString("".join(rows)), "full": full})

    def posted(self, value: list[Any]) -> dict[str, list[str]]:
        """Each cell under the number of its row."""
        return {
            f"{number}.{column}": [text]
            for number, row in enumerate(value, start=1)
            for column, text in self.texts(row).items()
        }

    def texts(self, row: Any) -> Mapping[str, str]:
        """The text in each column of one row."""
        return self.cells(row)

    def row(self, number: int) -> Pattern:
        """The inputs of one row; its number, which stands in every name, is filled in once."""
        if number not in self._numbered_rows:
            self._numbered_rows[number] = self._row_pattern.with_fixed(ROW, str(number))
        return self._numbered_rows[number]

    @property
    def input_id(self) -> str:
        """The HTML id of the first row's first input."""
        return self.part_id("1")

    def holes(self) -> dict[str, object]:
        """The rows, the row that a script adds, and whether all rows are there."""
        return super().holes() | {
            "rows": hole("rows"),
            "full": hole("full"),
            "most_rows": self.most_rows,
            "added_row": self._row_pattern.with_fixed(ROW, PLACEHOLDER).fill({}),
        }

    def row_holes(self) -> dict[str, object]:
        """What the template of one row is rendered with."""
        return {"prompt": self, "row": hole(ROW), "row_id": self.part_id("") + hole(ROW)}

    @cached_property
    def _row_pattern(self) -> Pattern:
        return Pattern.of(f"kinds/{self.kind}_row.html", self.row_holes())

    @cached_property
    def _numbered_rows(self) -> dict[int, Pattern]:
        return {}

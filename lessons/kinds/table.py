"""``table``: rows of short texts under headings. Value: a dict of column id to text a row."""

from html import escape
from typing import Annotated, Literal, Self

from django.utils.safestring import SafeString
from pydantic import Field, model_validator

from lessons.kinds.base import Given, Id, Line, Value
from lessons.kinds.fields import MOST_IN_A_CELL, Fields
from lessons.kinds.options import has_texts
from lessons.kinds.pattern import hole
from lessons.kinds.reading import lines
from lessons.kinds.rows import Rows, RowsPrompt

Row = dict[str, str]


class Table(RowsPrompt):
    """A table to be filled in, two to six columns wide."""

    kind: Literal["table"]
    columns: Annotated[dict[Id, Line], Field(min_length=2, max_length=6)]
    """Permanent ids with the headings."""
    rows: Rows = 10
    """The most rows offered."""
    promise: Id | None = None
    """The column that says what is promised: two people can take its rows into their ledger."""

    @model_validator(mode="after")
    def _promises_in_a_column(self) -> Self:
        if self.promise is not None and self.promise not in self.columns:
            raise ValueError(f"promise names “{self.promise}”, which is no column of this table")
        return self

    @property
    def most_rows(self) -> int:
        """As the lesson says."""
        return self.rows

    def empty(self) -> list[Row]:
        """No row."""
        return []

    def read(self, fields: Fields) -> list[Row]:
        """The rows in which anything is written."""
        return fields.rows(tuple(self.columns))

    def cells(self, row: Row) -> Row:
        """The cells."""
        return row

    def show(self, value: list[Row]) -> SafeString:
        """A table."""
        if not value:
            return SafeString("")
        head = "".join(f'<th scope="col">{escape(label)}</th>' for label in self.columns.values())
        body = "".join(f"<tr>{self._shown_row(row)}</tr>" for row in value)
        return SafeString(
            f'<table class="cells answer"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )

    def _shown_row(self, row: Row) -> str:
        return "".join(
            f'<td data-label="{escape(label)}">{lines(row[column])}</td>'
            for column, label in self.columns.items()
        )

    def as_text(self, value: list[Row]) -> str:
        """Heading and text, cell by cell, with a blank line between rows."""
        return "\n\n".join(
            "\n".join(
                f"{label}: {row[column].strip()}"
                for column, label in self.columns.items()
                if row[column].strip()
            )
            for row in value
        )

    def fits(self, value: Value) -> bool:
        """Whether each row has a text in each of today's columns, and no other."""
        return isinstance(value, list) and all(has_texts(row, self.columns) for row in value)

    @property
    def gives(self) -> bool:
        """Whether one of the columns holds promises."""
        return self.promise is not None

    def given(self, value: list[Row]) -> list[Given]:
        """Each row that says what is promised; its words are all that tells it from the others."""
        column = self.promise
        said = [row[column].strip() for row in value] if column else []
        return [Given(mark=what, what=what) for what in dict.fromkeys(said) if what]

    def row_holes(self) -> dict[str, object]:
        """The columns with the holes for their texts."""
        columns = [
            {"id": column, "label": label, "text": hole(column)}
            for column, label in self.columns.items()
        ]
        return super().row_holes() | {"columns": columns, "most": MOST_IN_A_CELL}

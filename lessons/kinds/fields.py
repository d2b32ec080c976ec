"""What a browser posted for one prompt, cleaned or refused with a message for its writer."""

from collections.abc import Collection, Mapping, Sequence

from django.http import QueryDict

MOST_CHARACTERS = 20_000
"""Characters in one text."""
MOST_IN_A_CELL = 2_000
"""Characters in one line of a list or one cell of a table."""
MOST_ROWS = 200


class Refused(ValueError):
    """What was sent can't be kept as it is; the message tells the writer what to do."""


def clean_text(raw: object, most: int = MOST_CHARACTERS) -> str:
    """``raw`` with line ends as ``\\n``; raises ``Refused`` for what can't be stored whole."""
    text = str(raw).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise Refused(
            "The text contains an invisible character (NUL) that cannot be saved. "
            "Remove what was pasted last and try again."
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused(
            "The text contains half of a character, often a broken emoji, that cannot be saved. "
            "Remove it and try again."
        ) from None
    if len(text) > most:
        raise Refused(
            f"This is {len(text):,} characters long; {most:,} can be kept in one field. "
            "Shorten it, or go on in another answer."
        )
    return text


class Fields:
    """The posted fields of one prompt: ``name``, ``name.part`` and ``name.<row>.<column>``."""

    def __init__(self, post: QueryDict, name: str) -> None:
        self.post = post
        self.name = name
        self._read: set[str] = set()

    def text(self, part: str = "", most: int = MOST_CHARACTERS) -> str:
        """The text of one field, empty when it was not posted."""
        return clean_text(self.post.get(self._field(part), ""), most)

    def texts(self, labels: Mapping[str, str]) -> dict[str, str]:
        """The text of each part; a refusal names the part by its label."""
        texts = {}
        for part, label in labels.items():
            try:
                texts[part] = self.text(part)
            except Refused as refusal:
                raise Refused(f"“{label}”: {refusal}") from None
        return texts

    def chosen(self, options: Collection[str], part: str = "") -> list[str]:
        """The ids that were ticked, in the order in which they are offered."""
        ticked = [str(raw) for raw in self.post.getlist(self._field(part)) if raw]
        if any(option not in options for option in ticked):
            raise Refused(
                "One of the choices sent is not offered here. Reload the page and choose again."
            )
        if len(ticked) > len(set(ticked)):
            raise Refused("The same choice was sent twice. Reload the page and choose again.")
        return [option for option in options if option in ticked]

    def number(self, steps: int, part: str = "") -> int | None:
        """A step from 1 to ``steps``; none when nothing was posted."""
        raw = str(self.post.get(self._field(part), ""))
        if not raw:
            return None
        if raw not in {str(step) for step in range(1, steps + 1)}:
            raise Refused(f"Choose a number from 1 to {steps}, or “No answer”.")
        return int(raw)

    def rows(
        self, columns: Sequence[str], most: int = MOST_IN_A_CELL, written: Sequence[str] = ()
    ) -> list[dict[str, str]]:
        """The rows in the order of their numbers, without those that are blank.

        A row is blank when its ``written`` columns are: by default, all of them.
        """
        numbers = sorted({number for name in self.post if (number := self._row_of(name)) >= 0})
        rows = [self._row(number, columns, most) for number in numbers]
        rows = [row for row in rows if any(row[column].strip() for column in written or columns)]
        if len(rows) > MOST_ROWS:
            raise Refused(
                f"There are {len(rows)} rows; {MOST_ROWS} can be kept. "
                "Join some of them, or empty those that you no longer need."
            )
        return rows

    def unread(self) -> list[str]:
        """The fields in which something was sent and that were not read.

        A page that was opened before its question changed may send such: parts, columns or a
        kind that are gone.
        """
        sent = [name for name in self.post if name.partition(".")[0] == self.name]
        unread = [name for name in sent if name not in self._read]
        return [name for name in unread if any(raw.strip() for raw in self.post.getlist(name))]

    def _row(self, number: int, columns: Sequence[str], most: int) -> dict[str, str]:
        try:
            return {column: self.text(f"{number}.{column}", most) for column in columns}
        except Refused as refusal:
            raise Refused(f"Row {number}: {refusal}") from None

    def _field(self, part: str) -> str:
        field = f"{self.name}.{part}" if part else self.name
        self._read.add(field)
        return field

    def _row_of(self, field: str) -> int:
        """The row number in ``name.<row>.<column>``, -1 for any other field."""
        name, dot, rest = field.partition(".")
        number = rest.partition(".")[0]
        if name != self.name or not dot or not number.isascii() or not number.isdigit():
            return -1
        return int(number) if len(number) <= 4 else -1

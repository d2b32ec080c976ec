"""A pasted list of clients, or a table from a spreadsheet: a label and perhaps an address a line.

What separates the two is what most lines have: a tab, a semicolon or a comma. Each line is read by
itself, so that a quote that is not closed spoils no other line.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from exercises import clientfiles

MOST_LINES = 200
LONGEST_LINE = 1_000
SEPARATORS = ("\t", ";", ",")
"""Asked in this order; a comma may well stand in a label of a list that has tabs."""
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
HEADINGS = {"label", "labels", "client", "clients", "name", "names"}
ADDRESS_HEADINGS = {"", "email", "e-mail", "mail", "address", "e-mail address", "email address"}

EMPTY = "An empty line"
HEADING = "A heading"
TOO_LONG = f"This line is longer than {LONGEST_LINE} characters."
QUOTES = "A quotation mark is opened and not closed, or stands where none can."
MORE = "There is more in this line than a label and an address."
NO_ADDRESS = "is no whole e-mail address."


class TooManyLines(Exception):
    """How many there are."""

    says_nothing_private = True

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines


@dataclass(frozen=True)
class Line:
    """One line that says something, or should: ``left_out`` and ``wrong`` are told in words."""

    number: int
    text: str
    """As it was typed."""
    label: str = ""
    email: str = ""
    wrong: str = ""
    left_out: str = ""


def read(text: str) -> list[Line]:
    """All lines but the empty ones at the end, if any says something. Raises ``TooManyLines``."""
    lines = text.replace(MARK, "").replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")
    said = sum(1 for line in lines if line.strip())
    if said > MOST_LINES or len(lines) > 10 * MOST_LINES:
        raise TooManyLines(max(said, len(lines) // 10))
    if not said:
        return []
    separator = max(SEPARATORS, key=lambda sign: sum(sign in line for line in lines))
    return list(_lines(lines, separator))


def _lines(lines: list[str], separator: str) -> Iterator[Line]:
    """Of two that cannot be told apart, the second one says which was first."""
    first: dict[str, int] = {}
    for number, text in enumerate(lines, 1):
        line = _line(number, text, separator, heading=not first)
        if not (line.wrong or line.left_out):
            for what, key in (("label", clientfiles.same(line.label)), ("address", line.email)):
                key = f"{what} {key.lower()}"
                earlier = first.setdefault(key, number)
                if earlier != number and (what == "label" or line.email):
                    said = f"The same {what} as in line {earlier}."
                    line = Line(number, text, line.label, line.email, wrong=said)
                    break
        yield line


def _line(number: int, text: str, separator: str, *, heading: bool) -> Line:
    if not text.strip():
        return Line(number, text, left_out=EMPTY)
    if len(text) > LONGEST_LINE:
        return Line(number, text, text[:60], wrong=TOO_LONG)
    try:
        [cells] = csv.reader([text], delimiter=separator, skipinitialspace=True, strict=True)
    except (csv.Error, ValueError):
        return Line(number, text, text, wrong=QUOTES)
    label, email, *more = [*(cell.strip() for cell in cells), "", ""][: max(len(cells), 2)]
    if heading and label.lower() in HEADINGS and email.lower() in ADDRESS_HEADINGS:
        return Line(number, text, label, email, left_out=HEADING)
    return Line(number, text, label, email, wrong=_wrong(label, email, more))


def _wrong(label: str, email: str, more: list[str]) -> str:
    if wrong := clientfiles.wrong_with(label):
        return wrong
    if any(more):
        return MORE
    if email and not _is_address(email):
        return f"“{email}” {NO_ADDRESS}"
    return ""


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254

"""Tables for spreadsheets, in which no cell is ever calculated.

A spreadsheet that opens a CSV takes a cell for a formula if it begins with one of a few characters;
a label such as `=HYPERLINK(…)` would then send away what stands beside it. An apostrophe before it
makes it text (OWASP, “CSV Injection”). Quotes alone do not: they are gone once the file is read.
"""

import csv
import io
from collections.abc import Iterable

# Tab, carriage return and line feed are dropped by some programs, which then see what follows them;
# the wide forms are what a Japanese or Chinese Excel reads as the narrow ones.
_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")

# By this mark Excel knows that the file is UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def inert(cell: str) -> str:
    """`cell` as it may stand in a table: after an apostrophe, if it would begin a formula."""
    begins = cell.lstrip(" \N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\0")[:1] or cell[:1]
    return f"'{cell}" if begins in _BEGINS_A_FORMULA else cell


def table(rows: Iterable[Iterable[str]]) -> bytes:
    """`rows` as a CSV of RFC 4180 (commas, CRLF) in UTF-8 with a byte order mark, each cell inert.

    Every cell is quoted: no label with a comma or semicolon in it makes a cell of its own,
    whichever of the two a program takes for the separator.
    """
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return file.getvalue().encode()
